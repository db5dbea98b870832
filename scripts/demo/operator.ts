import { z } from 'zod';
import { type Duration, type Instant, incidentStates, minutes, seconds } from '../../services/alarm/index.ts';
import type { Clock, Log, Timer } from '../../services/ports.ts';
import { ofDemo } from './figures.ts';
import { type Chance, chance } from './random.ts';
import { operatorName } from './secrets.ts';

export interface DeskDeps {
  /** `http://host:port` */
  readonly http: string;
  readonly key: string;
  readonly seed: number;
  readonly clock: Clock;
  readonly log: Log;
}

const lookEvery = seconds(4);
/** So many at once are left for the person who watches. */
const mostLeft = 5;
const leftPercent = 20;
/** What nobody took by then is put away, or an unwatched demo would drown. */
const putAwayAfter = minutes(20);
/** With officers arrived the end comes soon; without, not before this. */
const patience = minutes(8);

const seen = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(incidentStates),
  silent: z.boolean(),
  exercise: z.boolean(),
  openedAt: z.string(),
  arrivedAt: z.string().optional(),
  acknowledgedBy: z.string().optional(),
  siteId: z.string().optional(),
  deviceId: z.string().optional(),
});
type Seen = z.infer<typeof seen>;
const answer = z.object({ items: z.array(seen) });

/** What the operator means to do with one incident; drawn once, when it is first seen. */
interface Intent {
  readonly leaves: boolean;
  readonly acknowledgesAt: Instant;
  /** After the officers arrived, or after the acknowledgement where nobody was sent. */
  readonly closesAfter: Duration;
  readonly announces: boolean;
  readonly sends: boolean;
  readonly disposition: string;
}

/**
 * A colleague at the next desk, through the HTTP API like everybody: acknowledges and closes most incidents of the
 * demo, leaves some, and keeps off those that somebody else acknowledged.
 */
export function startOperator(deps: DeskDeps): Timer {
  const { clock, log, seed } = deps;
  const draw = chance(seed, 'operator');
  const intents = new Map<string, Intent>();
  const abort = new AbortController();
  const ask = client(deps, abort.signal);

  const look = async (): Promise<void> => {
    const { items } = answer.parse(
      await ask('GET', `/incidents?limit=500&state=${incidentStates.filter((state) => state !== 'closed').join(',')}`),
    );
    const open = new Set(items.map(({ id }) => id));
    for (const id of intents.keys()) if (!open.has(id)) intents.delete(id);
    const left = () => [...intents.values()].filter(({ leaves }) => leaves).length;
    for (const incident of items.filter(isOurs)) {
      const intent = intents.get(incident.id) ?? intend(incident, draw, left() < mostLeft, clock.now());
      intents.set(incident.id, intent);
      await carryOut(incident, intent, ask, clock.now());
    }
  };
  const timer = clock.every('demo: operator', lookEvery, () =>
    look().catch((error: unknown) => {
      if (!abort.signal.aborted) log.warn({ err: error }, 'the operator of the demo could not do its work; it tries again');
    }),
  );
  return {
    stop() {
      timer.stop();
      abort.abort();
    },
  };
}

const isOurs = ({ exercise, siteId, deviceId, acknowledgedBy }: Seen): boolean =>
  exercise && (ofDemo(siteId) || ofDemo(deviceId)) && (acknowledgedBy === undefined || acknowledgedBy === operatorName);

function intend({ kind }: Seen, draw: Chance, mayLeave: boolean, now: Instant): Intent {
  const pressed = ['emergency', 'assist', 'duress', 'unparsed', 'officer-emergency'].includes(kind);
  return {
    leaves: draw.percent(leftPercent) && mayLeave,
    acknowledgesAt: now + seconds(draw.between(3, kind === 'assist' ? 35 : 14)),
    closesAfter: seconds(draw.between(30, 100)),
    announces: pressed && draw.percent(35),
    sends: !pressed && draw.percent(40),
    disposition: draw.weighted([
      ['genuine', pressed ? 55 : 15],
      ['false', pressed ? 25 : 65],
      ['test', 10],
      ['non-police', pressed ? 10 : 0],
    ]),
  };
}

type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>;

async function carryOut(incident: Seen, intent: Intent, ask: Ask, now: Instant): Promise<void> {
  const age = now - Date.parse(incident.openedAt);
  if (intent.leaves)
    return age > putAwayAfter ? close(incident, { disposition: 'duplicate', note: '演示：超时无人处置，自动归档' }, ask) : undefined;
  if (incident.acknowledgedBy === undefined) return now >= intent.acknowledgesAt ? acknowledge(incident, intent, ask) : undefined;
  const settledAt =
    incident.arrivedAt !== undefined
      ? Date.parse(incident.arrivedAt)
      : intent.sends || incident.state !== 'acknowledged'
        ? Number.POSITIVE_INFINITY
        : intent.acknowledgesAt;
  if (now > settledAt + intent.closesAfter || age > patience) await close(incident, { disposition: intent.disposition }, ask);
}

async function acknowledge({ id, silent }: Seen, { announces, sends }: Intent, ask: Ask): Promise<void> {
  await ask('POST', `/incidents/${id}/acknowledge`, {});
  if (sends) await ask('POST', `/incidents/${id}/orders`, { nearest: 1 });
  if (announces && !silent) await ask('POST', `/incidents/${id}/broadcasts`, { phraseId: 'police-on-the-way', lang: 'zh', repeat: 2 });
}

async function close({ id }: Seen, how: { disposition: string; note?: string }, ask: Ask): Promise<void> {
  await ask('POST', `/incidents/${id}/close`, how);
}

/** Refusals (422, 409) are what people get too: somebody was quicker, or a place has no loudspeaker. */
function client({ http, key, log }: DeskDeps, stopped: AbortSignal): Ask {
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(seconds(10))]);
    const response = await fetch(`${http}/api/v1${path}`, {
      method,
      headers,
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    if (response.status !== 409 && response.status !== 422) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    log.debug({ path, status: response.status, answer: text }, 'the operator of the demo was refused');
    return undefined;
  };
}
