import { expect, test } from 'vitest';
import { judge } from '../../../devices/media/looking.ts';
import { render, type View } from '../../../devices/media/looking-testing.ts';
import { hours, rfc3339 } from '../../alarm/index.ts';
import { putSample, referenceOf, type Suspicion, takeDue } from '../../store/camera-health.ts';
import { deviceHealthRoutes } from './device-health.ts';
import { type Bench, bench, clock, furnish, noon } from './register-testing.ts';

/** 12:00 UTC in November is night in China; five in the morning UTC is day. */
const day = noon - hours(7);

async function rig(view: Partial<View> = {}, at = day): Promise<Bench> {
  const made = await bench(({ store, register }) => [
    deviceHealthRoutes({
      report: { db: store.desk, register, now: () => noon, health: { period: 600, perMinute: 60 } },
      reference: {
        store,
        clock,
        still: async () => ({ jpeg: new Uint8Array(), via: 'http', at }),
        gray: async () => render({ street: 3, light: 'sunny', moment: 1, ...view }).luma,
        judge,
        placeOf: () => ({ lat: 36, lon: 103.5 }),
      },
      language: 'zh',
    }),
  ]);
  await furnish(made);
  for (const id of ['c1', 'c2', 'c3'])
    await made.ask('POST', '/devices', { id, kind: 'camera', driver: 'mqtt', name: `=${id}`, siteId: 'si' });
  await made.ask('POST', '/devices', { id: 'far', kind: 'camera', driver: 'mqtt', name: 'far', location: { lat: 10, lon: 10 } });
  await takeDue(made.store.routine, noon - hours(1), 10, 1);
  return made;
}

const suspect = (fault: string, standing: boolean): Suspicion => ({
  fault,
  votes: 'yy',
  since: noon - hours(2),
  standing,
  detail: { why: 'x' },
});
const sampled = ({ store }: Bench, cameraId: string, suspicions: Suspicion[] = []) =>
  putSample(store, { cameraId, at: noon, picture: { seen: [], measures: {} } }, () => ({ suspicions, events: [] }));

test('the maintenance list says since when, and each grid how much of it is seen', async () => {
  const at = await rig();
  await sampled(at, 'c1', [suspect('moved', true), suspect('black', false)]);
  await sampled(at, 'c2');
  const { status, json } = await at.ask('GET', '/reports/device-health');
  expect(status).toBe(200);
  expect(json).toEqual({
    at: rfc3339(noon),
    maintenance: [
      {
        ...{ deviceId: 'c1', kind: 'camera', name: '=c1', siteId: 'si', siteName: '市医院', gridId: 'gr' },
        ...{ fault: 'moved', since: rfc3339(noon - hours(2)), detail: { why: 'x' } },
      },
    ],
    coverage: {
      ...{ cameras: 4, good: 1, faulty: 1, unknown: 2, percent: 25 },
      grids: [
        { gridId: 'gr', name: '一网格', cameras: 3, good: 1, faulty: 1, unknown: 1, percent: 33.3 },
        { cameras: 1, good: 0, faulty: 0, unknown: 1, percent: 0 },
      ],
    },
  });
  expect((await at.ask('GET', '/reports/device-health?gridId=gr')).json['coverage']).toMatchObject({ cameras: 3 });
  expect((await at.ask('GET', '/reports/device-health?colour=red')).status).toBe(422);
});

test('both lists as sheets that a spreadsheet reads and does not run', async () => {
  const at = await rig();
  await sampled(at, 'c1', [suspect('moved', true)]);
  const sheet = await at.app.inject('/reports/device-health?format=csv');
  expect(sheet.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(sheet.body.split('\r\n')[1]).toBe(`c1,camera,'=c1,si,市医院,gr,moved,视角偏移,${rfc3339(noon - hours(2))},"{""why"":""x""}"`);
  const coverage = await at.app.inject('/reports/device-health?format=csv&part=coverage');
  expect(coverage.body.trimEnd().split('\r\n')).toEqual([
    '\ufeffgridId,name,cameras,good,faulty,unknown,percent',
    'gr,一网格,3,0,1,2,0',
    ',,1,0,0,1,0',
    ',*,4,0,1,3,0',
  ]);
});

test('other devices that are away are listed too', async () => {
  const at = await rig();
  await at.ask('POST', '/devices', { id: 'k', kind: 'key', driver: 'mqtt', name: 'Key' });
  const since = new Date(noon - hours(5));
  const row = { device_id: 'k', state: 'online', since, last_seen_at: since, broker_id: null, silent_since: since, health: '{}' };
  await at.store.desk.insertInto('presence').values(row).execute();
  const { json } = await at.ask('GET', '/reports/device-health');
  expect(json['maintenance']).toEqual([
    { deviceId: 'k', kind: 'key', name: 'Key', fault: 'offline', since: rfc3339(since.getTime()), detail: {} },
  ]);
});

test('a picture taken as right is kept by its light, and what the one before it said is over', async () => {
  const at = await rig();
  await sampled(at, 'c1', [suspect('moved', true), suspect('wrong-clock', true)]);
  const { status, json } = await at.ask('POST', '/cameras/c1/reference');
  expect(status).toBe(201);
  expect(json).toMatchObject({ cameraId: 'c1', light: 'day', at: rfc3339(day) });
  const kept = await referenceOf(at.store.desk, 'c1', 'day');
  expect(Uint8Array.from(kept?.luma ?? [])).toEqual(render({ street: 3, light: 'sunny', moment: 1 }).luma);
  expect(await referenceOf(at.store.desk, 'c1', 'night')).toBeUndefined();
  const report = await at.ask('GET', '/reports/device-health');
  expect((report.json['maintenance'] as { fault: string }[]).map(({ fault }) => fault)).toEqual(['wrong-clock']);
  expect(
    (await at.store.desk.selectFrom('events').selectAll().where('type', 'like', 'baiying.camera.%').execute()).map(({ type }) => type),
  ).toEqual(['baiying.camera.recovered.v1']);
  const acts = await at.store.desk.selectFrom('audit').select(['act', 'subject']).where('act', '=', 'camera.reference').execute();
  expect(acts).toEqual([{ act: 'camera.reference', subject: 'devices:c1' }]);
  expect((await at.ask('POST', '/cameras/c1/reference', { light: 'night' })).json['light']).toBe('night');
});

test.each([
  ['a black picture', { light: 'night', gain: 0, lamps: false }, day, {}],
  ['a cloth', { cloth: 1 }, day, {}],
  ['a dark picture by night', { light: 'night', gain: 0, lamps: false }, noon, {}],
  ['dusk, with no light named', {}, Date.parse('2026-11-21T10:10:00Z'), {}],
] as const)('%s does not stand for how it should be', async (_name, view, now, body) => {
  const at = await rig(view, now);
  expect(await at.ask('POST', '/cameras/c1/reference', body)).toMatchObject({ status: 409, json: { code: 'picture-unfit' } });
});

test('who may', async () => {
  const { access } = await rig();
  expect(access['GET /reports/device-health']).toEqual({ roles: ['operator', 'supervisor', 'installer', 'integrator', 'admin'] });
  expect(access['POST /cameras/:id/reference']).toEqual({ roles: ['installer', 'admin'] });
});
