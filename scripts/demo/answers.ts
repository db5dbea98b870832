import type { ReportState } from '../../devices/radios/mqtt/payload.ts';
import { type Instant, seconds } from '../../services/alarm/index.ts';
import type { Chance } from './random.ts';

/** What an officer does with an order. */
export type Manner = 'goes' | 'declines' | 'hears-only' | 'silent';

/** What the radio is to say, and when. */
export interface Report {
  readonly due: Instant;
  readonly orderId: string;
  readonly state: ReportState;
  readonly note?: string;
}

const usual: readonly (readonly [Manner, number])[] = [
  ['goes', 80],
  ['declines', 7],
  ['hears-only', 7],
  ['silent', 6],
];
const busyNote = '正在处置另一起警情';
const otherNotes = ['正在处理群众求助', '车辆故障', '正在护送群众就医'] as const;

/** A duty leader never declines and never stays silent; whoever is on a call already declines another. */
export function mannerOf(draw: Chance, { leads, busy }: { readonly leads: boolean; readonly busy: boolean }): Manner {
  if (leads) return busy ? 'hears-only' : 'goes';
  return busy ? 'declines' : draw.weighted(usual);
}

/** The answers up to setting out, each after the time that people take for it. The last one of `goes` is `en-route`. */
export function answersTo(orderId: string, manner: Manner, busy: boolean, now: Instant, draw: Chance): Report[] {
  if (manner === 'silent') return [];
  const later = (from: Instant, least: number, most: number): Instant => from + seconds(draw.between(least, most));
  const delivered = later(now, 0.3, 1.5);
  const read = later(delivered, 1.5, 7);
  const decided = later(read, 2, 12);
  const heard: Report = { due: delivered, orderId, state: 'delivered' };
  if (manner === 'hears-only') return [heard];
  const seen: Report = { due: read, orderId, state: 'read' };
  if (manner === 'declines')
    return [heard, seen, { due: decided, orderId, state: 'declined', note: busy ? busyNote : draw.pick(otherNotes) }];
  return [heard, seen, { due: decided, orderId, state: 'accepted' }, { due: later(decided, 3, 15), orderId, state: 'en-route' }];
}
