import { z } from 'zod';
import { procedureParts } from '../../../config/procedures/schema.ts';
import { inCalendar } from '../../../devices/payload.ts';
import { deviceKinds, minutes, type Procedure, rfc3339 } from '../../alarm/index.ts';
import type { Area, Contact, Device, Grid, Presence, Shelf, Site, Station, Unit, Zone } from '../../store/register.ts';
import type { Inputs } from '../../store/register-write.ts';

/** The bodies and answers of the register, one schema each. */

/** Control characters break lists and CSV, and direction marks make a name read as another (CVE-2021-42574). */
const shown = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u;
export const line = (most: number) => z.string().max(most).regex(shown, 'must have no control characters');
const name = line(200).refine((text) => text.trim() !== '', 'must not be empty');

export const id = z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9 and -');
/** Words that stand in the place of an id in paths. */
const paths = new Set(['discover', 'export', 'import']);
export const newId = id.refine((text) => !paths.has(text), 'is a word of the API; choose another');
const ids = (most: number) =>
  z
    .array(id)
    .max(most)
    .refine((list) => new Set(list).size === list.length, 'must name each id once');

export const instant = z.iso
  .datetime({ offset: true, error: 'must be RFC 3339 with a time zone' })
  .refine((text) => inCalendar(Date.parse(text)), 'must lie in the years 1 to 9999 of UTC');
const lat = z.number().min(-90).max(90);
const lon = z.number().min(-180).max(180);
export const point = z.strictObject({ lat, lon }).meta({ description: 'WGS-84, degrees' });

const part = z.number().min(0).max(1);
const onPlan = z
  .strictObject({ planId: id, x: part, y: part })
  .meta({ description: "Place on a floor plan of its site: parts of the picture's width and height from the upper left corner" });

/** A patrol area is drawn by hand; a thousand points are far more than that, and bound the look-up. */
const mostPoints = 1000;
const ring = z
  .array(z.tuple([lon, lat]).rest(z.number()))
  .min(4, 'a ring has at least 4 positions')
  .refine(
    (positions) => positions[0]?.[0] === positions.at(-1)?.[0] && positions[0]?.[1] === positions.at(-1)?.[1],
    'a ring ends where it starts',
  );
export const area: z.ZodType<Area> = z
  .strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1, 'has no ring') })
  .refine(({ coordinates }) => coordinates.reduce((sum, positions) => sum + positions.length, 0) <= mostPoints, {
    message: `has more than ${mostPoints} points`,
    path: ['coordinates'],
  })
  .meta({ description: 'GeoJSON Polygon (RFC 7946): closed rings of [lon, lat]' });

const contact: z.ZodType<Contact> = z.union([line(500), z.record(line(40), z.union([line(500), z.number(), z.boolean()]))]);

/** PostgreSQL's jsonb cannot hold U+0000. */
const settings = z
  .record(z.string().max(100), z.unknown())
  .refine((value) => JSON.stringify(value).length <= 16_384, 'must be 16 KiB at most')
  .refine((value) => !JSON.stringify(value).includes('\\u0000'), 'must hold no U+0000');

const station = { name, location: point.exactOptional(), dutyUnitId: id.exactOptional() };
const grid = { name, stationId: id, area: area.exactOptional(), officerUnitId: id.exactOptional(), unitIds: ids(500).exactOptional() };
const site = {
  name,
  kind: line(64).min(1),
  stationId: id,
  gridId: id.exactOptional(),
  address: line(500).exactOptional(),
  location: point.exactOptional(),
  contacts: z.array(contact).max(50).exactOptional(),
  procedureId: line(64).min(1).exactOptional(),
  exercise: z.boolean().exactOptional(),
  footageDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .exactOptional()
    .meta({ description: 'Pictures and recordings of its incidents are kept so long' }),
};
const unit = {
  name,
  tier: z.enum(['city', 'town', 'village']),
  stationId: id,
  gridIds: ids(500).exactOptional(),
  deviceIds: ids(100).exactOptional(),
  status: z.enum(['available', 'busy', 'off-duty']).exactOptional(),
};
const device = {
  kind: z.enum(deviceKinds),
  driver: line(64).min(1),
  name,
  siteId: id.exactOptional(),
  unitId: id.exactOptional(),
  location: point.exactOptional(),
  settings: settings.exactOptional(),
  supervisionSeconds: z.number().int().min(10).max(86_400).exactOptional(),
  plan: onPlan.exactOptional(),
  testUntil: instant.exactOptional().meta({ description: 'Presses are tests until then; at most one hour ahead' }),
  exercise: z.boolean().exactOptional(),
};
const zone = { name, stationId: id, loudspeakerIds: ids(200).refine((list) => list.length > 0, 'must name a loudspeaker') };
/** A test mode that somebody forgot must not swallow a real press for long. */
export const longestTest = minutes(60);

/** A body; its id may be left out. */
export type Body<T> = T & { readonly id?: string };
/** A device as JSON carries it. */
export type DeviceJson<T> = Omit<T, 'testUntil'> & { readonly testUntil?: string };

const body = <T extends z.ZodRawShape>(shape: T) => z.strictObject({ ...shape, id: newId.exactOptional() });
export const bodies: { readonly [S in Exclude<Shelf, 'devices'>]: z.ZodType<Body<Inputs[S]>> } & {
  readonly devices: z.ZodType<Body<DeviceJson<Inputs['devices']>>>;
} = {
  stations: body(station),
  grids: body(grid),
  sites: body(site),
  units: body(unit),
  zones: body(zone),
  procedures: body(procedureParts),
  devices: body(device),
};

const plain = z.record(z.string(), z.unknown());
const deviceJson = z.object({ ...device, id, settings: plain, exercise: z.boolean() });
const presence = { state: z.enum(['online', 'offline', 'unknown']), lastSeenAt: z.string().exactOptional(), health: plain };

export const answers: {
  readonly stations: z.ZodType<Station>;
  readonly grids: z.ZodType<Grid>;
  readonly sites: z.ZodType<Site>;
  readonly units: z.ZodType<Unit>;
  readonly zones: z.ZodType<Zone>;
  readonly procedures: z.ZodType<Procedure>;
} = {
  stations: z.object({ ...station, id }).meta({ id: 'Station' }),
  grids: z.object({ ...grid, id, unitIds: z.array(id) }).meta({ id: 'Grid' }),
  sites: z.object({ ...site, id, address: z.string(), contacts: z.array(contact), exercise: z.boolean() }).meta({ id: 'Site' }),
  zones: z.object({ ...zone, id, loudspeakerIds: z.array(id) }).meta({ id: 'Zone' }),
  procedures: z.object({ ...procedureParts, siteKinds: z.array(z.string()), id, version: z.number() }).meta({ id: 'Procedure' }),
  units: z.object({ ...unit, id, gridIds: z.array(id), deviceIds: z.array(id), status: unit.status.unwrap() }).meta({ id: 'Unit' }),
};
export type DeviceAnswer = DeviceJson<Device>;
export type PresenceAnswer = Omit<Presence, 'lastSeenAt'> & { readonly lastSeenAt?: string };
export const deviceAnswer: z.ZodType<DeviceAnswer> = deviceJson.meta({ id: 'Device' });
export const heardDeviceAnswer: z.ZodType<DeviceAnswer & PresenceAnswer> = deviceJson.extend(presence).meta({ id: 'DeviceHeard' });
export const secretAnswer = z.object({ device: deviceAnswer, secret: z.string().meta({ description: 'Shown this once' }) });

/** A device as JSON carries it. */
export const deviceOut = ({ testUntil, ...rest }: Device): DeviceAnswer => ({
  ...rest,
  ...(testUntil === undefined ? {} : { testUntil: rfc3339(testUntil) }),
});
export const presenceOut = ({ lastSeenAt, ...rest }: Presence): PresenceAnswer => ({
  ...rest,
  ...(lastSeenAt === undefined ? {} : { lastSeenAt: rfc3339(lastSeenAt) }),
});
