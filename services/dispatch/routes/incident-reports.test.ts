import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { manualClock } from '../../scenarios/manual-clock.ts';
import { uuidv7 } from '../../store/ids.ts';
import type { Device, Grid, Site, Station } from '../../store/register.ts';
import { freshStore } from '../../store/testing.ts';
import { incidentReportRoutes } from './incident-reports.ts';
import { testApp } from './test-app.ts';

/** A Monday, one in the afternoon in Shanghai. */
const now = Date.UTC(2026, 10, 23, 5);
const hour = 3_600_000;

const station: Station = { id: 's1', name: 'West Lake' };
const grid: Grid = { id: 'g1', name: 'Grid 7', stationId: 's1', unitIds: [] };
const site: Site = { id: 'bank', name: '=Bank', kind: 'bank', stationId: 's1', gridId: 'g1', address: '', contacts: [], exercise: false };
const key: Device = { id: 'key-1', kind: 'key', driver: 'mqtt', name: 'Counter', siteId: 'bank', settings: {}, exercise: false };
const register = {
  station: (id: string) => (id === station.id ? station : undefined),
  grid: (id: string) => (id === grid.id ? grid : undefined),
  site: (id: string) => (id === site.id ? site : undefined),
  device: (id: string) => (id === key.id ? key : undefined),
};

interface Happened {
  readonly ago: number;
  /** Seconds after the opening. */
  readonly acknowledged?: number;
  readonly dispatched?: number;
  readonly arrived?: number;
  readonly disposition?: string;
  readonly stationId?: string | null;
  readonly exercise?: boolean;
}

async function started(...happened: readonly Happened[]) {
  const store = await freshStore();
  let number = 0;
  for (const { ago, disposition, stationId = 's1', exercise = false, ...steps } of happened) {
    const opened = now - ago;
    const after = (seconds: number | undefined) => (seconds === undefined ? null : new Date(opened + seconds * 1000));
    number += 1;
    await store.desk
      .insertInto('incidents')
      .values({
        ...{
          id: uuidv7(opened),
          number: String(number),
          kind: 'emergency',
          priority: 1,
          state: disposition === undefined ? 'arrived' : 'closed',
        },
        ...{ silent: false, confirmed: false, exercise, station_id: stationId, device_id: stationId === null ? null : 'key-1' },
        ...{ site_id: stationId === null ? null : 'bank', grid_id: stationId === null ? null : 'g1' },
        ...{ opened_at: new Date(opened), last_signal_at: new Date(opened) },
        ...{ acknowledged_at: after(steps.acknowledged), dispatched_at: after(steps.dispatched), arrived_at: after(steps.arrived) },
        ...{
          part: null,
          location: null,
          acknowledged_by: null,
          clock_name: null,
          clock_level: null,
          clock_started_at: null,
          clock_due_at: null,
        },
        ...{ disposition: disposition ?? null, closed_at: disposition === undefined ? null : new Date(opened + hour) },
      })
      .execute();
  }
  const app = await testApp(
    incidentReportRoutes({ db: store.desk, clock: manualClock(now), register, zone: 'Asia/Shanghai', language: 'zh' }),
  );
  const get = async (path: string) => (await app.inject(path)).json<Record<string, unknown>>();
  return { app, get };
}

test('response times are by station and of all; tests, duplicates and exercises say nothing about them', async () => {
  const { get } = await started(
    { ago: hour, acknowledged: 4, dispatched: 6.04, arrived: 100 },
    { ago: 2 * hour, acknowledged: 8 },
    { ago: 3 * hour, acknowledged: 20, stationId: null },
    { ago: hour, acknowledged: 900, disposition: 'test' },
    { ago: hour, acknowledged: 900, disposition: 'duplicate' },
    { ago: hour, acknowledged: 900, exercise: true },
    { ago: 24 * 31 * hour, acknowledged: 900 },
  );
  const report = await get('/reports/response-times');
  expect(report).toMatchObject({ to: '2026-11-23T05:00:00.000Z', total: { incidents: 3, arrived: { count: 1, p50: 100 } } });
  expect(report['stations']).toEqual([
    {
      ...{ stationId: 's1', name: 'West Lake', incidents: 2, acknowledged: { count: 2, p50: 4, p90: 8, longest: 8 } },
      ...{ dispatched: { count: 1, p50: 6, p90: 6, longest: 6 }, arrived: { count: 1, p50: 100, p90: 100, longest: 100 } },
    },
    { incidents: 1, acknowledged: { count: 1, p50: 20, p90: 20, longest: 20 }, dispatched: { count: 0 }, arrived: { count: 0 } },
  ]);
  expect(await get('/reports/response-times?exercise=true')).toMatchObject({ total: { incidents: 1, acknowledged: { p50: 900 } } });
  expect(await get('/reports/response-times?stationId=none')).toMatchObject({ total: { incidents: 0 }, stations: [] });
});

test('hot spots stand beside the week before, and hours are those of the wall clock', async () => {
  const { get } = await started(
    { ago: hour },
    { ago: hour, disposition: 'genuine' },
    { ago: hour, disposition: 'false' },
    { ago: 24 * 8 * hour },
    { ago: 24 * 15 * hour },
  );
  expect(await get('/reports/hot-spots')).toMatchObject({
    sites: [{ id: 'bank', name: '=Bank', incidents: 2, before: 1 }],
    grids: [{ id: 'g1', name: 'Grid 7', incidents: 2, before: 1 }],
    hours: [{ weekday: 1, hour: 12, incidents: 2 }],
  });
});

test('false alarms are counted by the device that called', async () => {
  const { get } = await started(
    { ago: hour, disposition: 'false' },
    { ago: hour, disposition: 'false' },
    { ago: hour, disposition: 'non-police' },
    { ago: hour },
  );
  const counts = { closed: 3, genuine: 0, false: 2, test: 0, duplicate: 0, nonPolice: 1 };
  expect(await get('/reports/false-alarms')).toMatchObject({
    total: counts,
    devices: [{ deviceId: 'key-1', name: 'Counter', siteId: 'bank', siteName: '=Bank', ...counts }],
  });
});

/** What stands in the parts of a workbook: deflated XML in a ZIP file, by its central directory (APPNOTE.TXT, 4.3.12). */
function textOf(zip: Buffer): string {
  const parts: string[] = [];
  let entry = zip.readUInt32LE(zip.length - 6);
  while (zip.readUInt32LE(entry) === 0x02014b50) {
    const local = zip.readUInt32LE(entry + 42);
    const begins = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    parts.push(inflateRawSync(zip.subarray(begins, begins + zip.readUInt32LE(entry + 20))).toString());
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return parts.join('');
}

test('each is had as a table for Excel, in which no name is a formula', async () => {
  const { app } = await started({ ago: hour, acknowledged: 4, disposition: 'false' });
  const csv = await app.inject('/reports/false-alarms?format=csv');
  expect(csv.headers['content-disposition']).toBe('attachment; filename="false-alarms.csv"');
  expect(csv.body).toContain("key-1,Counter,bank,'=Bank,1,0,1,0,0,0\r\n");
  const xlsx = await app.inject('/reports/response-times?format=xlsx');
  expect(xlsx.headers['content-type']).toContain('spreadsheetml');
  const workbook = textOf(xlsx.rawPayload);
  expect(workbook).toContain('受理用时（九成以内，秒）');
  expect(workbook).not.toContain('acknowledged');
  for (const part of ['sites', 'grids', 'hours']) {
    expect((await app.inject(`/reports/hot-spots?format=csv&part=${part}`)).headers['content-disposition']).toContain(`hot-spots-${part}`);
  }
});

test('a time that ends before it begins is refused by name', async () => {
  const { get } = await started();
  expect(await get('/reports/hot-spots?from=2026-11-23T05:00:00Z&to=2026-11-22T05:00:00Z')).toMatchObject({
    status: 422,
    faults: [{ path: 'query.from' }],
  });
});
