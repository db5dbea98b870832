import type { Priority, RoundFinding, TimeZone } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock, Desk } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { findIncident } from '../store/incident-lists.ts';
import type { Register } from '../store/register-view.ts';
import type { Act } from '../store/register-write.ts';
import { reportCameraFault } from '../store/rounds-faults.ts';
import { findRun, type NewFinding, putFinding, type Run } from '../store/rounds-runs.ts';

export interface RoundDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly desk: Pick<Desk, 'open'>;
  readonly register: Pick<Register, 'deviceOrLoad'>;
  readonly zone: TimeZone;
}

/** What an operator says of a stop. `incidentId`: one that is open already; else one is opened. */
export interface FindingSaid {
  readonly finding: RoundFinding;
  readonly note?: string;
  readonly incidentId?: string;
  readonly kind?: string;
  readonly priority?: Priority;
}

/** Of an incident that nobody named a kind for. */
const seenOnCamera = 'seen-on-camera';
const usualPriority: Priority = 3;

/**
 * Writes down what was found at a stop (from 1) and does what follows from it.
 * @throws Fault `not-found`; `run-ended`; `finding-stands`; `body-invalid` for an incident that is not there
 */
export async function findAtStop(deps: RoundDeps, runId: string, stop: number, said: FindingSaid, act: Act): Promise<Run> {
  const cameraId = await stopToFind(deps, runId, stop);
  const note = said.note === undefined ? {} : { note: said.note };
  const found: NewFinding = {
    finding: said.finding,
    ...note,
    ...(said.finding === 'incident' ? { incidentId: await incidentOf(deps, cameraId, said, act) } : {}),
  };
  const run = await putFinding(deps.store, runId, stop, found, act);
  // A camera that was removed meanwhile needs no mending.
  if (said.finding === 'camera-fault' && (await isCamera(deps, cameraId))) await reportCameraFault(deps.store, cameraId, said.note, act);
  deps.store.hub.tell('events');
  return run;
}

/** Asked before an incident is opened: one without a stop to belong to would be a riddle. */
async function stopToFind({ store }: RoundDeps, runId: string, stop: number): Promise<string> {
  const run = await findRun(store.desk, runId);
  if (!run) throw new Fault('not-found', `There is no run ${runId}`);
  if (run.state !== 'under-way') throw new Fault('run-ended', `The run is ${run.state}`);
  const place = run.stops[stop - 1];
  if (!place) throw new Fault('not-found', `The run has ${run.stops.length} stops`);
  if (run.found.some((found) => found.stop === stop && found.finding === 'incident')) throw new Fault('finding-stands');
  return place.cameraId;
}

async function incidentOf(deps: RoundDeps, cameraId: string, said: FindingSaid, { by }: Act): Promise<string> {
  const { incidentId, kind = seenOnCamera, priority = usualPriority, note = '' } = said;
  if (incidentId !== undefined) {
    if (await findIncident(deps.store.desk, incidentId)) return incidentId;
    throw new Fault('body-invalid', undefined, [{ path: 'incidentId', message: `there is no incident ${incidentId}` }]);
  }
  if (!(await isCamera(deps, cameraId)))
    throw new Fault('not-found', `There is no camera ${cameraId} any more; open the incident by its place`);
  return (await deps.desk.open({ kind, priority, note, by, cameraId })).id;
}

const isCamera = async ({ register }: RoundDeps, id: string): Promise<boolean> => (await register.deviceOrLoad(id))?.kind === 'camera';
