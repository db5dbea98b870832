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

/** A stop of a run, and the camera to which somebody was followed from there. */
export interface Place {
  readonly runId: string;
  readonly stop: number;
  readonly followed?: string | undefined;
}

/** @param attempt names what is said of an incident, so that it can be tried again */
export async function find({ runId, stop, followed }: Place, { finding, note, seen }: Said, attempt: string): Promise<Run> {
  const words = seen?.note ?? note ?? '';
  const said = { finding, ...(words === '' ? {} : { note: words }) };
  const path = { id: runId, stop };
  if (!seen) return answer(api.POST('/api/v1/runs/{id}/stops/{stop}', { params: { path }, body: said }));
  const params = { path, header: step(attempt, 'finding') };
  if (followed !== undefined) {
    // It is where the camera looks to which somebody was followed; units are not sent to the stop.
    const { id: incidentId } = await open(followed, seen, attempt);
    return answer(api.POST('/api/v1/runs/{id}/stops/{stop}', { params, body: { ...said, incidentId } }));
  }
  const { kind, priority } = seen;
  const run = await answer(api.POST('/api/v1/runs/{id}/stops/{stop}', { params, body: { ...said, kind, priority } }));
  const incidentId = run.found.find((found) => found.stop === stop)?.incidentId;
  if (incidentId !== undefined) await send(incidentId, seen.nearest, attempt);
  return run;
}

/** Opens what was seen by a camera, and sends units there. */
export async function open(cameraId: string, { nearest, ...seen }: Seen, attempt: string): Promise<{ id: string; number: number }> {
  const params = { header: step(attempt, 'incident') };
  const incident = await answer(api.POST('/api/v1/incidents', { params, body: { ...seen, cameraId } }));
  await send(incident.id, nearest, attempt);
  return incident;
}

async function send(id: string, nearest: number, attempt: string): Promise<void> {
  const params = { path: { id }, header: step(attempt, 'orders') };
  if (nearest > 0) await answer(api.POST('/api/v1/incidents/{id}/orders', { params, body: { nearest } }));
}

const step = (attempt: string, name: string) => ({ 'Idempotency-Key': `${attempt}-${name}` });

export const reportFault = (cameraId: string, note: string) =>
  answer(api.PUT('/api/v1/cameras/{id}/reported-fault', { params: { path: { id: cameraId } }, body: note === '' ? {} : { note } }));
