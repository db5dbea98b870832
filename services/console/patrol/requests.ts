import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/types.generated.ts';

type Json<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } }
  ? T
  : never;

export type Run = Json<'/api/v1/runs/{id}'>;
export type RunStop = Run['stops'][number];
export type Found = Run['found'][number];
export type Finding = Found['finding'];
export type Round = Json<'/api/v1/rounds'>['items'][number];
export type Schedule = Round['every'];

/** What is to be done, and what nobody did since yesterday. */
export const openRuns = queryOptions({
  queryKey: ['runs', 'open'],
  queryFn: () => answer(api.GET('/api/v1/runs', { params: { query: { state: 'due,under-way', limit: 100 } } })),
});
export const missedRuns = (since: string) =>
  queryOptions({
    queryKey: ['runs', 'missed', since],
    queryFn: () => answer(api.GET('/api/v1/runs', { params: { query: { state: 'missed', since, limit: 50 } } })),
  });
export const oneRun = (id: string) =>
  queryOptions({ queryKey: ['runs', id], queryFn: () => answer(api.GET('/api/v1/runs/{id}', { params: { path: { id } } })) });
export const rounds = queryOptions({
  queryKey: ['rounds', 'plans'],
  queryFn: () => answer(api.GET('/api/v1/rounds', { params: { query: { limit: 500 } } })),
});
export const cameras = queryOptions({
  queryKey: ['devices', 'cameras'],
  queryFn: async () => {
    const items: Json<'/api/v1/devices'>['items'] = [];
    for (let cursor: string | undefined; ; ) {
      const query = { kind: 'camera', limit: 500, ...(cursor === undefined ? {} : { cursor }) };
      const page = await answer(api.GET('/api/v1/devices', { params: { query } }));
      items.push(...page.items);
      if (page.nextCursor === undefined) return items;
      cursor = page.nextCursor;
    }
  },
  staleTime: 60_000,
});
export const neighbours = (id: string) =>
  queryOptions({
    queryKey: ['cameras', id, 'neighbours'],
    queryFn: () => answer(api.GET('/api/v1/cameras/{id}/neighbours', { params: { path: { id } } })),
    staleTime: 60_000,
  });

export const begin = (roundId: string): Promise<Run> =>
  answer(api.POST('/api/v1/rounds/{id}/runs', { params: { path: { id: roundId } }, body: {} }));
export const end = (id: string): Promise<Run> => answer(api.POST('/api/v1/runs/{id}/end', { params: { path: { id } }, body: {} }));
export const abandon = (id: string, reason: string): Promise<Run> =>
  answer(api.POST('/api/v1/runs/{id}/abandon', { params: { path: { id } }, body: { reason } }));

/** What an operator says of an incident that was seen; `nearest`: so many units are sent at once. */
export interface Seen {
  readonly kind: string;
  readonly priority: 1 | 2 | 3 | 4;
  readonly note: string;
  readonly nearest: number;
}
export interface Said {
  readonly finding: Finding;
  readonly note?: string;
  readonly seen?: Seen;
}

export async function find(runId: string, stop: number, { finding, note, seen }: Said): Promise<Run> {
  const words = seen?.note ?? note ?? '';
  const body = {
    finding,
    ...(words === '' ? {} : { note: words }),
    ...(seen && { kind: seen.kind, priority: seen.priority }),
  };
  const run = await answer(api.POST('/api/v1/runs/{id}/stops/{stop}', { params: { path: { id: runId, stop } }, body }));
  const incidentId = run.found.find((found) => found.stop === stop)?.incidentId;
  if (seen && incidentId !== undefined) await send(incidentId, seen.nearest);
  return run;
}

/** Opens what was seen by a camera outside a round. Answers the incident's number. */
export async function open(cameraId: string, { nearest, ...seen }: Seen): Promise<number> {
  const incident = await answer(api.POST('/api/v1/incidents', { body: { ...seen, cameraId } }));
  await send(incident.id, nearest);
  return incident.number;
}

async function send(incidentId: string, nearest: number): Promise<void> {
  if (nearest > 0) await answer(api.POST('/api/v1/incidents/{id}/orders', { params: { path: { id: incidentId } }, body: { nearest } }));
}

export const reportFault = (cameraId: string, note: string) =>
  answer(api.PUT('/api/v1/cameras/{id}/reported-fault', { params: { path: { id: cameraId } }, body: note === '' ? {} : { note } }));
