import type { z } from 'zod';
import {
  circleRadius,
  describe,
  freshness,
  type Instant,
  metresBetween,
  type Point,
  ranked,
  responseCircles,
  rfc3339,
  type Scene,
  type Unit,
} from '../alarm/index.ts';
import type { Clock } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { findIncident, type IncidentView, listOrders } from '../store/incident-lists.ts';
import { engagedUnits } from '../store/orders.ts';
import { presenceOf } from '../store/register.ts';
import type { Device, Register } from '../store/register-view.ts';
import { unitAsSeen } from '../store/unit-view.ts';
import { loudspeakersAround } from './broadcast-request.ts';
import type { surroundingsShape } from './routes/desk-shapes.ts';
import { found } from './routes/parts.ts';

export interface SurroundingsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly register: Register;
}

type Surroundings = z.infer<typeof surroundingsShape>;

/** More than a person can choose from; the nearest come first. */
const mostUnits = 40;
const mostCameras = 16;
/** Of an incident without a site: what stands farther off does not look at it. Metres. */
const lookAround = 300;

/** What stands around an incident: its site with whom to call, who could go, what could look and speak. @throws Fault `not-found` */
export async function surroundingsOf(deps: SurroundingsDeps, id: string): Promise<Surroundings> {
  const { db, register } = deps;
  const incident = found(await findIncident(db, id), 'incident');
  const site = incident.siteId === undefined ? undefined : register.site(incident.siteId);
  const location = incident.location ?? site?.location;
  const [units, cameras, loudspeakers] = await Promise.all([
    unitsAround(deps, incident, location),
    shown(deps, camerasAround(register, incident.siteId, location), location),
    loudspeakersAround(undefined, incident, deps).then((devices) => shown(deps, devices, location)),
  ]);
  const { id: siteId, name, kind, address, contacts, location: place } = site ?? {};
  return {
    ...(location && { location }),
    ...(siteId !== undefined && name !== undefined && kind !== undefined && address !== undefined && contacts !== undefined
      ? { site: { id: siteId, name, kind, address, contacts: [...contacts], ...(place && { location: place }) } }
      : {}),
    ...placesOf(register, incident),
    cameras,
    loudspeakers,
    units,
    circles: responseCircles.map((minutes) => ({
      minutes,
      city: circleRadius(minutes, 'city'),
      town: circleRadius(minutes, 'town'),
      village: circleRadius(minutes, 'village'),
    })),
  };
}

function placesOf(register: Register, { stationId, gridId }: IncidentView): Pick<Surroundings, 'station' | 'grid'> {
  const station = stationId === undefined ? undefined : register.station(stationId);
  const grid = gridId === undefined ? undefined : register.grid(gridId);
  const unit = <K extends string>(key: K, id: string | undefined) => {
    const named = id === undefined ? undefined : register.unit(id);
    return named ? { [`${key}Id`]: named.id, [key]: named.name } : {};
  };
  return {
    ...(station && { station: { id: station.id, name: station.name, ...unit('dutyUnit', station.dutyUnitId) } }),
    ...(grid && { grid: { id: grid.id, name: grid.name, ...unit('officerUnit', grid.officerUnitId) } }),
  };
}

async function unitsAround(
  { db, clock, register }: SurroundingsDeps,
  incident: IncidentView,
  point: Point | undefined,
): Promise<Surroundings['units']> {
  const now = clock.now();
  const { gridId, stationId } = incident;
  const scene: Scene = {
    ...(point && { point }),
    ...(gridId === undefined ? {} : { gridId }),
    ...(stationId === undefined ? {} : { stationId }),
  };
  const all = register.units().flatMap(({ id }) => unitAsSeen(register, id) ?? []);
  const orders = (await listOrders(db, { incidentId: incident.id, limit: 500 })).reverse();
  const ordered = new Map(orders.map(({ id, unitId, state }) => [unitId, { id, state }]));
  const order = (units: readonly Unit[]) => {
    const sorted = ranked(units, scene, now).map(({ unit }) => unit);
    return [...sorted.filter(({ status }) => status === 'available'), ...sorted.filter(({ status }) => status !== 'available')];
  };
  const near = order(all).slice(0, mostUnits);
  // Who was ordered from far away is on the way, too, and belongs on the map.
  const listed = [...new Set([...near, ...all.filter(({ id }) => ordered.has(id))])];
  const engaged = await engagedUnits(
    db,
    listed.map(({ id }) => id),
  );
  const held = listed.map((unit) => {
    const number = engaged.get(unit.id);
    return number === undefined || number === incident.number ? unit : { ...unit, engagedOn: number };
  });
  return order(held).map((unit) => unitView(unit, scene, now, ordered.get(unit.id)));
}

function unitView(unit: Unit, scene: Scene, now: Instant, order: { id: string; state: string } | undefined): Surroundings['units'][number] {
  const { id, name, tier, status, bearers, position } = unit;
  const { unitId: _unit, reason: _reason, ...choice } = describe(unit, scene, now);
  return {
    ...{ id, name, tier, status, bearers, freshness: freshness(unit, now), ...choice },
    ...(position && { position: { lat: position.lat, lon: position.lon, at: rfc3339(position.at) } }),
    ...(order && { order }),
  };
}

/** Those of the site first; without a site, those around. */
function camerasAround(register: Register, siteId: string | undefined, point: Point | undefined): readonly Device[] {
  const own =
    siteId === undefined
      ? []
      : [...register.camerasBoundTo(siteId), ...register.devicesAtSite(siteId).filter(({ kind }) => kind === 'camera')];
  const near = point ? register.camerasNear(point, mostCameras).filter((device) => metresTo(register, device, point) <= lookAround) : [];
  return [...new Map([...own, ...near].map((device) => [device.id, device])).values()].slice(0, mostCameras);
}

function metresTo(register: Register, device: Device, point: Point): number {
  const place = register.placeOf(device);
  return place ? metresBetween(place, point) : Number.POSITIVE_INFINITY;
}

async function shown(
  { db, register }: SurroundingsDeps,
  devices: readonly Device[],
  point: Point | undefined,
): Promise<Surroundings['cameras']> {
  const presence = await presenceOf(
    db,
    devices.map(({ id }) => id),
  );
  return devices.map((device) => {
    const location = register.placeOf(device);
    const distance = location && point ? Math.round(metresBetween(location, point)) : undefined;
    const { id, name } = device;
    return { id, name, state: presence(id).state, ...(location && { location }), ...(distance === undefined ? {} : { distance }) };
  });
}
