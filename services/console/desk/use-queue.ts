import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../api/client.ts';
import { live } from '../api/live.ts';
import type { Row } from './model.ts';
import { QueueKeeper } from './queue-keeper.ts';

const open = 'open,acknowledged,dispatched,arrived';
/** As many as one answer brings, and as many as one address can name. */
const page = 500;
const named = 100;
/** One question waits for the other: none may be on its way for ever, milliseconds. */
const patience = 15_000;

/** Everything that is open, however much it is. */
async function all(given: AbortSignal): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const query = { state: open, limit: page, ...(cursor === undefined ? {} : { cursor }) };
    const signal = AbortSignal.any([given, AbortSignal.timeout(patience)]);
    const { items, nextCursor } = await answer(api.GET('/api/v1/incidents', { params: { query }, signal }));
    rows.push(...items);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return rows;
}

async function some(ids: readonly string[]): Promise<readonly Row[]> {
  const signal = AbortSignal.timeout(patience);
  const parts = Array.from({ length: Math.ceil(ids.length / named) }, (_, part) => ids.slice(part * named, (part + 1) * named));
  const answers = parts.map((part) =>
    answer(api.GET('/api/v1/incidents', { params: { query: { ids: part.join(','), limit: named } }, signal })),
  );
  return (await Promise.all(answers)).flatMap(({ items }) => items);
}

const keeper = new QueueKeeper({ all, some }, live);
export const queueQuery = keeper.query;

/** The open incidents, as the frame of the page keeps them to the present. */
export function useQueue(): { readonly rows: readonly Row[] | undefined; readonly error: unknown; readonly retry: () => void } {
  const { data, error, refetch } = useQuery(queueQuery);
  return { rows: data, error, retry: () => void refetch() };
}

/** Keeps the queue to the present by the event stream. For one place on the page, which stands there for as long as the page. */
export function useFollowedQueue(): ReturnType<typeof useQueue> {
  const client = useQueryClient();
  useEffect(() => keeper.follow(client), [client]);
  return useQueue();
}
