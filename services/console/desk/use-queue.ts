import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../api/client.ts';
import { type LiveEvent, live } from '../api/live.ts';
import type { Row } from './model.ts';

const open = 'open,acknowledged,dispatched,arrived';
/** As many as one answer brings, and as many as one address can name. */
const page = 500;
const named = 100;
/** Changes that come within this time are one question, milliseconds. */
const together = 60;

/** Everything that is open, however much it is. */
async function allOpen(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const query = { state: open, limit: page, ...(cursor === undefined ? {} : { cursor }) };
    const { items, nextCursor } = await answer(api.GET('/api/v1/incidents', { params: { query } }));
    rows.push(...items);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return rows;
}

export const queueQuery = queryOptions({ queryKey: ['incidents', 'queue'], queryFn: allOpen, staleTime: Number.POSITIVE_INFINITY });

/** The open incidents, kept to the present by the event stream: a new one is there with its event, its names a moment later. */
export function useQueue(): { readonly rows: readonly Row[] | undefined; readonly error: unknown; readonly retry: () => void } {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(queueQuery);
  useEffect(() => follow(client), [client]);
  return { rows: data, error, retry: () => void refetch() };
}

function follow(client: QueryClient): () => void {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    timer = undefined;
    const ids = [...changed];
    changed.clear();
    for (let start = 0; start < ids.length; start += named) void fetchRows(client, ids.slice(start, start + named));
  };
  const stop = live.hear((event) => {
    const id = concerns(event);
    if (id === undefined) return;
    client.setQueryData(queueQuery.queryKey, (rows) => rows && atOnce(rows, event));
    changed.add(id);
    timer ??= setTimeout(ask, together);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

async function fetchRows(client: QueryClient, ids: readonly string[]): Promise<void> {
  try {
    const { items } = await answer(api.GET('/api/v1/incidents', { params: { query: { ids: ids.join(','), limit: named } } }));
    client.setQueryData(queueQuery.queryKey, (rows) => rows && merged(rows, items));
  } catch (error) {
    console.info('the queue is asked for as a whole, since a part of it could not be had:', error);
    void client.invalidateQueries({ queryKey: queueQuery.queryKey, exact: true });
  }
}

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
] as const;

/** What the event itself tells: an operator must see and hear a call without waiting for another question. */
export function atOnce(rows: readonly Row[], { type, time, data }: LiveEvent): readonly Row[] {
  if (!type.startsWith('baiying.incident.')) return rows;
  const face = Object.fromEntries(told.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]]))) as Partial<Row>;
  const answered = type === 'baiying.incident.acknowledged.v1' ? { acknowledgedAt: time } : {};
  if (face.state === 'closed') return rows.filter(({ id }) => id !== face.id);
  if (rows.some(({ id }) => id === face.id)) return rows.map((row) => (row.id === face.id ? { ...row, ...face, ...answered } : row));
  if (type !== 'baiying.incident.opened.v1') return rows;
  const opened = { openedAt: time, lastSignalAt: time, signalCount: 1, orderStates: {} };
  return [...rows, { ...opened, ...face } as Row];
}
