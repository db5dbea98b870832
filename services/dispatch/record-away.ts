import { type Instant, rfc3339, seconds } from '../alarm/index.ts';
import type { Clock, RecordAway, Timer } from '../ports.ts';
import type { Register } from '../store/register-view.ts';
import type { Live } from './live.ts';

/** Words for the health page; undefined while nothing is wrong. */
export function degraded(away: RecordAway | undefined, now: Instant): string | undefined {
  if (away === undefined || (away.since === undefined && away.waiting === 0)) return undefined;
  const since = away.since === undefined ? 'is back' : `has been away for ${Math.round((now - away.since) / 1000)} s`;
  return `degraded: the record ${since}; ${away.waiting} signals wait for it on the disk of this machine`;
}

export interface TellAwayDeps {
  readonly away?: RecordAway;
  readonly live: Pick<Live, 'pass'>;
  readonly register: Pick<Register, 'device' | 'site' | 'unit'>;
  readonly clock: Clock;
}

/** Newest of those for whom units were sent that a console is told of. */
const mostTold = 20;

/**
 * Tells the consoles of this process each second that the record is away and whom the product sent meanwhile, and once that
 * it is back. Nothing of this can be read from the record: the event says it all.
 */
export function tellAway({ away, live, register, clock }: TellAwayDeps): Timer {
  let was = false;
  return clock.every('record away', seconds(1), () => {
    const since = away?.since;
    if (since === undefined && !was) return;
    was = since !== undefined;
    const nameOf = (found: { readonly name: string } | undefined, id: string) => found?.name ?? id;
    const sentFor = (away?.sentFor ?? []).slice(-mostTold).map(({ deviceId, at, unitIds }) => {
      const device = register.device(deviceId);
      const site = device?.siteId === undefined ? undefined : register.site(device.siteId);
      return {
        at: rfc3339(at),
        device: nameOf(device, deviceId),
        ...(site === undefined ? {} : { site: site.name }),
        units: unitIds.map((id) => nameOf(register.unit(id), id)),
      };
    });
    const data = since === undefined ? {} : { since: rfc3339(since), waiting: away?.waiting, sentFor };
    live.pass({ type: `baiying.record.${since === undefined ? 'back' : 'away'}.v1`, subject: 'record', data });
  });
}
