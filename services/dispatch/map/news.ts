import { type Duration, type Instant, metresBetween, minutes, seconds } from '../../alarm/index.ts';
import type { Clock, Hub, Log, Timer } from '../../ports.ts';
import type { Position, Register } from '../../store/register-view.ts';
import type { Live } from '../live.ts';
import { shownPlace } from './state.ts';

export interface MapNewsDeps {
  readonly register: Pick<Register, 'units' | 'unitPosition' | 'touch'>;
  readonly live: Pick<Live, 'pass'>;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Log;
}

const round: Duration = seconds(2);
/** A radio that lies on a desk reports a place that trembles; metres. */
const tremor = 5;
/** A unit that stands still is told this often nevertheless, so that its place is known to be fresh. */
const standing: Duration = minutes(1);
/** Past this many, readers look at everything again. */
const mostNamed = 200;

/**
 * Tells the consoles of this process where units are and what changed in the register. Both go past and are not kept: the
 * record holds where a unit is, not where officers have been.
 */
export function startMapNews({ register, live, hub, clock, log }: MapNewsDeps): Timer {
  const told = new Map<string, Position & { readonly toldAt: Instant }>();
  let changed = new Set<string>();
  const hearing = hub.listen('register', (about) => changed.add(about));

  function tellMoves(): void {
    const now = clock.now();
    const positions = register.units().flatMap(({ id }) => {
      const position = register.unitPosition(id);
      const before = told.get(id);
      if (!position || (before && !isNews(before, position, now))) return [];
      told.set(id, { ...position, toldAt: now });
      return [{ unitId: id, ...shownPlace(position) }];
    });
    if (positions.length > 0) live.pass({ type: 'baiying.unit.moved.v1', subject: 'units', data: { positions } });
  }

  async function tellChanges(): Promise<void> {
    if (changed.size === 0) return;
    const about = [...changed];
    changed = new Set();
    try {
      // Whoever hears of it asks at once, and must get what is new.
      await register.touch(...about);
      const named = about.length > mostNamed || about.includes('all') ? ['all'] : about;
      live.pass({ type: 'baiying.register.changed.v1', subject: 'register', data: { about: named } });
    } catch (error) {
      log.warn({ err: error }, 'consoles hear of changes of the register later: it could not be read');
      for (const each of about) changed.add(each);
    }
  }

  const rounds = clock.every('news for the map', round, () => {
    tellMoves();
    return tellChanges();
  });
  return {
    stop() {
      hearing.stop();
      rounds.stop();
    },
  };
}

const isNews = (before: Position & { readonly toldAt: Instant }, now: Position, instant: Instant): boolean =>
  now.receivedAt > before.receivedAt && (metresBetween(before, now) > tremor || instant - before.toldAt >= standing);
