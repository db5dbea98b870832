import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { live } from '../../api/live.ts';
import { askCoverage, askPlaces, askState } from './ask.ts';
import { moved } from './moved.ts';
import type { MapState, Places } from './types.ts';

const minute = 60_000;

/** What stands still. Asked anew when the register changed. */
const placesQuery = queryOptions({
  queryKey: ['map', 'places'],
  queryFn: askPlaces,
  staleTime: 10 * minute,
  // Sixteen thousand cameras are not compared one by one with those of before.
  structuralSharing: false,
});

/** What changes. Asked anew when an event says so, and each minute for what goes bad without one, as a camera that falls silent. */
const stateQuery = queryOptions({
  queryKey: ['map', 'state'],
  queryFn: askState,
  refetchInterval: minute,
});

export const coverageQuery = (gridId: string) =>
  queryOptions({
    queryKey: ['map', 'coverage', gridId],
    queryFn: () => askCoverage(gridId),
    staleTime: minute,
    refetchInterval: minute,
  });

export interface MapData {
  readonly places: Places | undefined;
  readonly state: MapState | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/**
 * All that the map draws, kept to the present by the event stream. Any number of parts of a page may use it.
 * @param still only what stands still, for those who may not see what happens elsewhere
 */
export function useMapData(still = false): MapData {
  const client = useQueryClient();
  const [places, state] = [useQuery(placesQuery), useQuery({ ...stateQuery, enabled: !still })];
  useEffect(() => follow(client), [client]);
  return {
    places: places.data,
    state: state.data,
    error: places.error ?? state.error,
    retry: () => void client.invalidateQueries({ queryKey: ['map'] }),
  };
}

/** Several events within this time are one question. */
const together = 1000;
const followed = new Map<QueryClient, { users: number; readonly stop: () => void }>();

/** Hears the stream for as long as somebody looks at a map. */
function follow(client: QueryClient): () => void {
  const known = followed.get(client) ?? { users: 0, stop: startFollowing(client) };
  known.users += 1;
  followed.set(client, known);
  return () => {
    known.users -= 1;
    if (known.users > 0) return;
    known.stop();
    followed.delete(client);
  };
}

function startFollowing(client: QueryClient): () => void {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const ask = (what: 'places' | 'state'): void => {
    if (waiting.has(what)) return;
    const run = (): void => {
      waiting.delete(what);
      void client.invalidateQueries({ queryKey: ['map', what] });
    };
    waiting.set(what, setTimeout(run, together));
  };
  const stopHearing = live.hear((event) => {
    if (event.type === 'baiying.unit.moved.v1') client.setQueryData(stateQuery.queryKey, (state) => state && moved(state, event));
    else if (/^baiying\.(incident|order|camera)\./.test(event.type)) ask('state');
    else if (/^baiying\.(register|stream)\./.test(event.type)) {
      ask('places');
      ask('state');
    }
  });
  let lost = false;
  // What passed while the line was down is not told again.
  const stopWatching = live.watch(() => {
    if (lost && live.state.state === 'live') ask('state');
    lost = live.state.state === 'lost';
  });
  return () => {
    stopHearing();
    stopWatching();
    for (const timer of waiting.values()) clearTimeout(timer);
  };
}
