import { type Look, lightAt, type Picture } from '../../devices/media/looking.ts';
import { type Instant, rfc3339 } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { audit } from '../store/audit.ts';
import { forgetFaults, putReference } from '../store/camera-health.ts';
import type { Store } from '../store/connect.ts';
import { putEvents } from '../store/events.ts';
import { eventOf } from './camera-health.ts';
import { height, type LookDeps, width } from './camera-sample.ts';
import { askDevice } from './trouble.ts';

export interface ReferenceDeps extends Pick<LookDeps, 'still' | 'gray' | 'judge' | 'placeOf'> {
  readonly store: Pick<Store, 'desk' | 'hub'>;
  readonly clock: Clock;
}

export interface Referenced {
  readonly cameraId: string;
  readonly light: 'day' | 'night';
  readonly at: string;
  /** What the picture shows: see `Measures` of the looking. */
  readonly measures: Look['measures'];
}

/** What was said of the picture against the one before it. */
const comparisons = ['covered', 'blurred', 'moved', 'night-failure'];
/** With less to see, nothing could be known again. */
const leastTextured = 0.1;

/**
 * Takes the picture as it is now for how the camera should look by this light; an installer stands for it.
 * @param light what the sun says when absent
 * @throws Fault `picture-unfit` for a picture with a fault or nothing to see, or at dusk when `light` is not said
 */
export async function takeReference(
  deps: ReferenceDeps,
  cameraId: string,
  light: 'day' | 'night' | undefined,
  by: string,
): Promise<Referenced> {
  const still = await deps.still(cameraId);
  const luma = await askDevice(() => deps.gray(still.jpeg, width, height));
  const taken = light ?? lightNow(still.at, deps.placeOf(cameraId));
  const picture = { width, height, luma, at: still.at };
  const measures = whenFit(await deps.judge(picture, { light: taken, previous: [], fixed: true }));
  await write(deps, cameraId, taken, picture, by);
  return { cameraId, light: taken, at: rfc3339(still.at), measures };
}

function lightNow(at: Instant, place: ReturnType<LookDeps['placeOf']>): 'day' | 'night' {
  if (!place) throw new Fault('picture-unfit', 'The camera has no place, so the sun does not tell: say light, day or night');
  const light = lightAt(at, place);
  if (light === 'twilight') throw new Fault('picture-unfit', 'It is neither day nor night there: say light, day or night, or come again');
  return light;
}

function whenFit({ finding, measures }: Look): Look['measures'] {
  if (finding) throw new Fault('picture-unfit', `The picture is ${finding.fault}: ${finding.why}`);
  if (measures.textured < leastTextured)
    throw new Fault('picture-unfit', 'The picture shows too little for the camera to be known again by it');
  return measures;
}

async function write(
  { store, clock }: ReferenceDeps,
  cameraId: string,
  light: 'day' | 'night',
  picture: Picture,
  by: string,
): Promise<void> {
  const now = clock.now();
  const ended = await store.desk.transaction().execute(async (trx) => {
    await putReference(trx, cameraId, light, picture, by);
    const over = await forgetFaults(trx, cameraId, comparisons);
    await putEvents(
      trx,
      over.map((fault) => eventOf(cameraId, { ...fault, change: 'ended' }, now)),
    );
    await audit(trx, { at: now, by, act: 'camera.reference', subject: `devices:${cameraId}`, data: { light } });
    return over.length;
  });
  if (ended > 0) store.hub.tell('events');
}
