import type { LiveEvent } from '../api/live.ts';
import type { Row } from './model.ts';

/** What the event stream and later answers make of the queue. */

/** Which incident an event is about. */
export function concerns({ type, subject, data }: LiveEvent): string | undefined {
  if (type.startsWith('baiying.incident.')) return subject.slice('incidents/'.length);
  const id = data['incidentId'];
  return /^baiying\.(order|broadcast)\./.test(type) && typeof id === 'string' ? id : undefined;
}

/** The queue with what was just fetched; what was closed leaves it. */
export function merged(rows: readonly Row[], fresh: readonly Row[]): readonly Row[] {
  const by = new Map(rows.map((row) => [row.id, row]));
  for (const row of fresh) {
    if (row.state === 'closed') by.delete(row.id);
    else by.set(row.id, row);
  }
  return [...by.values()];
}

/** What an event says of an incident, as far as a row shows it. */
const told = [
  'id',
  'number',
  'kind',
  'priority',
  'state',
  'silent',
  'confirmed',
  'exercise',
  'siteId',
  'stationId',
  'gridId',
  'holder',
  'soundedAgainAt',
] as const;

/** What the event itself tells: an operator must see and hear a call without waiting for another question. */
export function atOnce(rows: readonly Row[], { type, time, data }: LiveEvent): readonly Row[] {
  if (!type.startsWith('baiying.incident.')) return rows;
  const face = Object.fromEntries(told.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]]))) as Partial<Row>;
  if (face.state === 'closed') return rows.filter(({ id }) => id !== face.id);
  // Each event says whether it waits for another answer; only the first answer has its time.
  const known = ({ soundedAgainAt: _before, ...row }: Row): Row => ({
    ...(type === 'baiying.incident.acknowledged.v1' ? { acknowledgedAt: time } : {}),
    ...row,
    ...face,
  });
  if (rows.some(({ id }) => id === face.id)) return rows.map((row) => (row.id === face.id ? known(row) : row));
  if (type !== 'baiying.incident.opened.v1') return rows;
  const opened = { openedAt: time, lastSignalAt: time, signalCount: 1, orderStates: {} };
  return [...rows, { ...opened, ...face } as Row];
}
