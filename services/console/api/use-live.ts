import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { type LiveEvent, type LiveState, live } from './live.ts';

/** Whether what is on the screen is the present. */
export const useLiveState = (): LiveState =>
  useSyncExternalStore(
    (changed) => live.watch(changed),
    () => live.state,
  );

/**
 * Hears the events whose type begins with `baiying.` and one of these, as `incident.`, `order.delivered`.
 * `hear` may be a new function each time.
 */
export function useLiveEvents(types: readonly string[], hear: (event: LiveEvent) => void): void {
  const told = useEffectEvent((event: LiveEvent) => {
    if (types.some((type) => event.type.startsWith(`baiying.${type}`))) hear(event);
  });
  useEffect(() => live.hear((event) => told(event)), []);
}

/** Asks the queries under this key anew when such an event comes; several events within a frame are one. */
export function useRefetchOn(types: readonly string[], key: readonly unknown[]): void {
  const client = useQueryClient();
  useLiveEvents(types, () => void askAnew(client, key));
}

/**
 * Asks anew all that is shown under this key. Where the first answer of all is still on its way, a further question would be
 * taken for that one, whose answer may be of before: so it is asked once more as soon as that has come.
 */
export async function askAnew(client: QueryClient, queryKey: QueryKey = []): Promise<void> {
  const onTheirWay = client
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching', predicate: ({ state }) => state.data === undefined });
  const again = onTheirWay.map(async ({ queryKey: own, promise }) => {
    await Promise.allSettled([promise]);
    await client.invalidateQueries({ queryKey: own, exact: true });
  });
  await Promise.all([client.invalidateQueries({ queryKey }), ...again]);
}
