import { z } from 'zod';
import { hours, type Instant, rfc3339 } from '../alarm/index.ts';
import { absentDevices, standingFaults } from '../store/camera-health.ts';
import type { Db } from '../store/connect.ts';
import { type HandoverItem, lastSignedAt } from '../store/handovers.ts';
import { missedRounds, openIncidents, openOrders } from '../store/open-work.ts';
import type { Register } from '../store/register-view.ts';

/** What a handover holds, as the API shows it, and where each of it comes from. */

const common = {
  key: z.string().meta({ description: 'Names the thing across collections' }),
  note: z.string().exactOptional(),
  exercise: z.boolean(),
};
export const itemSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('incident'),
    incidentId: z.string(),
    number: z.number(),
    what: z.string(),
    priority: z.number(),
    state: z.string(),
    siteName: z.string().exactOptional(),
    openedAt: z.string(),
    acknowledgedBy: z.string().exactOptional(),
    holder: z.string().exactOptional().meta({ description: 'Who sees it through; absent where nobody has it' }),
  }),
  z.object({
    ...common,
    kind: z.literal('order'),
    orderId: z.string(),
    incidentId: z.string(),
    number: z.number(),
    unitName: z.string(),
    state: z.string(),
    issuedAt: z.string(),
  }),
  z.object({
    ...common,
    kind: z.literal('device'),
    deviceId: z.string(),
    deviceKind: z.string(),
    name: z.string(),
    siteName: z.string().exactOptional(),
    trouble: z.string(),
    since: z.string(),
  }),
  z.object({ ...common, kind: z.literal('round'), runId: z.string(), name: z.string(), dueAt: z.string() }),
]);
type Item = z.infer<typeof itemSchema>;

/** Of each kind; a page of more is read by nobody. What is beyond is counted. */
const most = 200;
/** Looked back for missed rounds where nothing was ever handed over. */
const firstShift = hours(24);

export interface CollectDeps {
  readonly db: Db;
  readonly register: Register;
}

/** Everything that is open at this instant; notes of an earlier collection stay with what is still open. */
export async function collectItems(
  { db, register }: CollectDeps,
  now: Instant,
  before: readonly HandoverItem[],
): Promise<{ readonly items: readonly HandoverItem[]; readonly leftOut: number }> {
  const notes = new Map(before.map(({ key, note }) => [key, note]));
  const since = (await lastSignedAt(db)) ?? now - firstShift;
  const lists = [
    await incidents(db, register),
    await orders(db, register),
    await devices(db, register),
    (await missedRounds(db, since, most + 1)).map(
      ({ id: runId, name, dueAt }): Item => ({
        ...{ key: `round:${runId}`, kind: 'round', exercise: false, runId, name },
        dueAt: rfc3339(dueAt),
      }),
    ),
  ];
  const items = lists.flatMap((list) => list.slice(0, most)).map((item) => withNote(item, notes.get(item.key)));
  return { items, leftOut: lists.reduce((sum, list) => sum + Math.max(0, list.length - most), 0) };
}

const withNote = (item: Item, note: string | undefined): HandoverItem => (note === undefined ? item : { ...item, note });

async function incidents(db: Db, register: Register): Promise<Item[]> {
  return (await openIncidents(db, most * 10)).map((row) => {
    const siteName = row.site_id === null ? undefined : register.site(row.site_id)?.name;
    return {
      ...{ key: `incident:${row.id}`, kind: 'incident', exercise: row.exercise, incidentId: row.id, number: row.number },
      ...{ what: row.kind, priority: row.priority, state: row.state, openedAt: rfc3339(row.openedAt) },
      ...(siteName === undefined ? {} : { siteName }),
      ...(row.acknowledged_by === null ? {} : { acknowledgedBy: row.acknowledged_by }),
      ...(row.holder_name === null ? {} : { holder: row.holder_name }),
    };
  });
}

async function orders(db: Db, register: Register): Promise<Item[]> {
  return (await openOrders(db, most * 10)).map((row) => ({
    ...{ key: `order:${row.id}`, kind: 'order', exercise: row.exercise, orderId: row.id, incidentId: row.incident_id, number: row.number },
    ...{ unitName: register.unit(row.unit_id)?.name ?? row.unit_id, state: row.state, issuedAt: rfc3339(row.issuedAt) },
  }));
}

/** Devices in trouble: those that are away or unheard, and cameras with a fault that stands. */
async function devices(db: Db, register: Register): Promise<Item[]> {
  const [faults, absent] = [await standingFaults(db), await absentDevices(db)];
  const found = [
    ...absent.map(({ deviceId, since }) => ({ deviceId, trouble: 'offline', since })),
    ...faults.map(({ cameraId, fault, since }) => ({ deviceId: cameraId, trouble: fault, since })),
  ];
  return found.flatMap(({ deviceId, trouble, since }): Item[] => {
    const device = register.device(deviceId);
    if (!device) return [];
    const siteName = device.siteId === undefined ? undefined : register.site(device.siteId)?.name;
    return [
      {
        ...{ key: `device:${deviceId}:${trouble}`, kind: 'device', exercise: register.inExercise(device), deviceId },
        ...{ deviceKind: device.kind, name: device.name, trouble, since: rfc3339(since) },
        ...(siteName === undefined ? {} : { siteName }),
      },
    ];
  });
}
