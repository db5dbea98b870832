import { z } from 'zod';
import type { Priority } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock, Desk, Hub, Lanes } from '../ports.ts';
import { findBroadcast, silentSites } from '../store/broadcast-lists.ts';
import type { PlannedBroadcast } from '../store/broadcast-requests.ts';
import { insertBroadcast, type StoredBroadcast } from '../store/broadcasts.ts';
import type { Store } from '../store/connect.ts';
import { uuidv7 } from '../store/ids.ts';
import type { IncidentView } from '../store/incident-lists.ts';
import type { Device, Register } from '../store/register-view.ts';
import type { Language, Words } from '../words.ts';
import { broadcastGoodFor } from './announce.ts';
import { words } from './routes/parts.ts';
import { id, point } from './routes/register-schemas.ts';

export interface BroadcastRequestDeps {
  readonly db: Store['desk'];
  readonly clock: Clock;
  readonly hub: Hub;
  readonly lanes: Lanes;
  readonly desk: Pick<Desk, 'act'>;
  readonly register: Pick<Register, 'deviceOrLoad' | 'devicesAtSite' | 'loudspeakersNear' | 'placeOf' | 'inExercise' | 'zone'>;
  readonly words: Readonly<Record<Language, Pick<Words, 'phrase' | 'phraseIds'>>>;
}

/** A loudspeaker farther from a camera than this cannot be heard where the camera looks. */
const nearCamera = 300;
const mostTargets = 200;

const bodyShape = z.strictObject({
  loudspeakerIds: z.array(id).min(1).max(mostTargets).exactOptional(),
  cameraId: id.exactOptional().meta({ description: `Loudspeakers of its site and within ${nearCamera} m` }),
  zoneId: id.exactOptional().meta({ description: 'Every loudspeaker of the zone' }),
  near: point.extend({ radius: z.number().min(1).max(5000).meta({ description: 'Metres' }) }).exactOptional(),
  text: words(500).exactOptional(),
  phraseId: z.string().min(1).max(64).exactOptional(),
  lang: z.enum(['zh', 'en']),
  live: z.literal(true).exactOptional().meta({ description: 'An operator speaks: connect to /broadcasts/{id}/talk within two minutes' }),
  repeat: z.number().int().min(1).max(10).default(1).meta({ description: 'How many times it is said' }),
  volume: z.number().int().min(0).max(100).exactOptional().meta({ description: 'Percent; the loudspeaker keeps its own when absent' }),
  priority: z.number().int().min(1).max(4).exactOptional(),
});
export type BroadcastBody = z.infer<typeof bodyShape>;

const placesOf = (body: BroadcastBody): number =>
  [body.loudspeakerIds, body.cameraId, body.zoneId, body.near].filter((place) => place !== undefined).length;
const oneText = (body: BroadcastBody): boolean => [body.text, body.phraseId, body.live].filter((words) => words !== undefined).length === 1;
const wordsWanted = { path: ['text'], message: 'name text, phraseId or live, and only one of them' };

/** Exactly one way to name the loudspeakers. */
export const broadcastBody = bodyShape.refine(oneText, wordsWanted).refine((body) => placesOf(body) === 1, {
  path: ['loudspeakerIds'],
  message: 'name loudspeakerIds, cameraId, zoneId or near, and only one of them',
});
/** Of an incident: its own site, or where it happened, when no loudspeaker is named. */
export const incidentBroadcastBody = bodyShape.refine(oneText, wordsWanted).refine((body) => placesOf(body) <= 1, {
  path: ['loudspeakerIds'],
  message: 'name only one of loudspeakerIds, cameraId, zoneId and near',
});

export interface Planned {
  readonly broadcast: PlannedBroadcast;
  /** What the timeline says that was said. */
  readonly said: string;
  readonly siteIds: readonly string[];
  /** How many sites it speaks to. A loudspeaker of no site is a place of its own, unless what it belongs to is one spot. */
  readonly places: number;
}

/**
 * Finds the words and the loudspeakers of a broadcast, and stores nothing.
 * @throws Fault `body-invalid` with the path that names no loudspeaker; `incident-silent`
 */
export async function planBroadcast(
  deps: Pick<BroadcastRequestDeps, 'db' | 'clock' | 'register' | 'words'>,
  body: BroadcastBody,
  by: string,
  incident?: IncidentView,
): Promise<Planned> {
  const said = textOf(body, deps);
  const devices = await targetsOf(body, incident, deps);
  await keepSilence(deps.db, devices);
  const siteIds = [...new Set(devices.flatMap(({ siteId }) => siteId ?? []))];
  const oneSpot = body.cameraId !== undefined || placesOf(body) === 0;
  const broadcast: PlannedBroadcast = {
    id: uuidv7(deps.clock.now()),
    ...(incident && { incidentId: incident.id }),
    ...(body.live ? {} : { text: said }),
    ...(body.zoneId === undefined ? {} : { zoneId: body.zoneId }),
    ...(body.phraseId === undefined ? {} : { phraseId: body.phraseId }),
    lang: body.lang,
    repeat: body.repeat,
    ...(body.volume === undefined ? {} : { volume: body.volume }),
    priority: (body.priority ?? incident?.priority ?? 3) as Priority,
    requestedBy: by,
    live: body.live ?? false,
    exercise: incident?.exercise ?? devices.every((device) => deps.register.inExercise(device)),
    deviceIds: devices.map((device) => device.id),
  };
  const places = siteIds.length + (oneSpot ? 0 : devices.filter(({ siteId }) => siteId === undefined).length);
  return { broadcast, said, siteIds, places };
}

/**
 * Stores a broadcast and puts it on the lane.
 * @throws as planBroadcast; Fault `incident-closed`
 */
export async function requestBroadcast(
  deps: BroadcastRequestDeps,
  body: BroadcastBody,
  by: string,
  incident?: IncidentView,
): Promise<StoredBroadcast> {
  return sendPlanned(deps, await planBroadcast(deps, body, by, incident));
}

export async function sendPlanned(deps: BroadcastRequestDeps, { broadcast, said }: Planned): Promise<StoredBroadcast> {
  const { db, clock, desk } = deps;
  const { incidentId, requestedBy: by, deviceIds } = broadcast;
  if (incidentId !== undefined) await desk.act(incidentId, { type: 'broadcast-requested', by, loudspeakers: deviceIds.length, text: said });
  const now = clock.now();
  await db.transaction().execute((trx) => insertBroadcast(trx, { ...broadcast, issuedAt: now, expiresAt: now + broadcastGoodFor }));
  return startBroadcast(deps, broadcast);
}

/** Of one that stands in the record: tells of it and puts it on the lane. */
export async function startBroadcast(
  { db, hub, lanes }: Pick<BroadcastRequestDeps, 'db' | 'hub' | 'lanes'>,
  { id: broadcastId, live, deviceIds }: PlannedBroadcast,
): Promise<StoredBroadcast> {
  hub.tell('events');
  // A talk begins with its socket, in the process that has it.
  if (!live) for (const deviceId of deviceIds) lanes.offer({ type: 'broadcast', id: broadcastId, deviceId });
  const stored = await findBroadcast(db, broadcastId);
  if (!stored) throw new Fault('internal');
  return stored;
}

/** What stands on the timeline in place of words that nobody knows yet. */
export const talk: Readonly<Record<Language, string>> = { zh: '话筒喊话', en: 'live talk' };

function textOf({ text, phraseId, lang, live }: BroadcastBody, deps: Pick<BroadcastRequestDeps, 'words'>): string {
  if (live) return talk[lang];
  const said = text ?? deps.words[lang].phrase(phraseId ?? '');
  if (said === undefined) throw invalid('phraseId', `there is no phrase ${phraseId} in ${lang}`);
  return said;
}

const invalid = (path: string, message: string): Fault => new Fault('body-invalid', undefined, [{ path, message }]);

async function targetsOf(
  body: BroadcastBody,
  incident: IncidentView | undefined,
  deps: Pick<BroadcastRequestDeps, 'register'>,
): Promise<readonly Device[]> {
  if (body.loudspeakerIds) return named([...new Set(body.loudspeakerIds)], deps);
  if (body.zoneId !== undefined) return inZone(body.zoneId, deps);
  const path = body.cameraId !== undefined ? 'cameraId' : body.near ? 'near' : 'loudspeakerIds';
  const found = body.near
    ? deps.register.loudspeakersNear(body.near, body.near.radius)
    : await loudspeakersAround(body.cameraId, incident, deps);
  if (found.length === 0) throw invalid(path, 'there is no loudspeaker');
  return found.slice(0, mostTargets);
}

/** What a zone lists and is no loudspeaker is a mistake of its maker, and named. */
async function inZone(zoneId: string, deps: Pick<BroadcastRequestDeps, 'register'>): Promise<readonly Device[]> {
  const zone = deps.register.zone(zoneId);
  if (!zone) throw invalid('zoneId', `there is no zone ${zoneId}`);
  const devices = await Promise.all(zone.loudspeakerIds.map((deviceId) => deps.register.deviceOrLoad(deviceId)));
  const others = zone.loudspeakerIds.filter((_id, index) => devices[index]?.kind !== 'loudspeaker');
  if (others.length > 0) throw invalid('zoneId', `no loudspeakers, though the zone names them: ${others.join(', ')}`);
  if (devices.length === 0) throw invalid('zoneId', 'there is no loudspeaker');
  return devices.flatMap((device) => device ?? []);
}

async function named(ids: readonly string[], { register }: Pick<BroadcastRequestDeps, 'register'>): Promise<readonly Device[]> {
  const devices = await Promise.all(ids.map((deviceId) => register.deviceOrLoad(deviceId)));
  const faults = ids.flatMap((deviceId, index) =>
    devices[index]?.kind === 'loudspeaker' ? [] : [{ path: `loudspeakerIds.${index}`, message: `there is no loudspeaker ${deviceId}` }],
  );
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
  return devices.flatMap((device) => device ?? []);
}

/** The loudspeakers of a camera's place, or of the incident's: first those of its site, then those that are near. */
export async function loudspeakersAround(
  cameraId: string | undefined,
  incident: IncidentView | undefined,
  { register }: Pick<BroadcastRequestDeps, 'register'>,
): Promise<readonly Device[]> {
  const camera = cameraId === undefined ? undefined : await register.deviceOrLoad(cameraId);
  if (cameraId !== undefined && camera?.kind !== 'camera') throw invalid('cameraId', `there is no camera ${cameraId}`);
  if (camera) return loudspeakersOfCamera(camera, register);
  const own = ownLoudspeakers(incident?.siteId, register);
  return own.length > 0 || !incident?.location ? own : register.loudspeakersNear(incident.location, nearCamera);
}

type Loudspeakers = Pick<Register, 'devicesAtSite' | 'loudspeakersNear' | 'placeOf'>;

/** Those of its site, then those within earshot of where it looks, the nearest first. */
export function loudspeakersOfCamera(camera: Device, register: Loudspeakers): readonly Device[] {
  const place = register.placeOf(camera);
  const close = place ? register.loudspeakersNear(place, nearCamera) : [];
  return [...new Map([...ownLoudspeakers(camera.siteId, register), ...close].map((device) => [device.id, device])).values()];
}

const ownLoudspeakers = (siteId: string | undefined, register: Loudspeakers): readonly Device[] =>
  siteId === undefined ? [] : register.devicesAtSite(siteId).filter(({ kind }) => kind === 'loudspeaker');

/** After duress a loudspeaker at the site would tell the attacker that help was called. */
export async function keepSilence(db: Store['desk'], devices: readonly Pick<Device, 'id' | 'siteId'>[]): Promise<void> {
  const sites = await silentSites(db, [...new Set(devices.flatMap(({ siteId }) => siteId ?? []))]);
  const refused = devices.filter(({ siteId }) => siteId !== undefined && sites.has(siteId)).map((device) => device.id);
  if (refused.length > 0)
    throw new Fault('incident-silent', `A silent incident (duress) is open there: nothing may sound at ${refused.join(', ')}`);
}
