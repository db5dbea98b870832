import { expect, onTestFinished, test } from 'vitest';
import { hours, minutes, rfc3339, seconds } from '../../alarm/index.ts';
import type { NewIncident } from '../../ports.ts';
import { type ManualClock, manualClock } from '../../scenarios/manual-clock.ts';
import { uuidv7 } from '../../store/ids.ts';
import { quiet } from '../../store/testing.ts';
import { keepRounds } from '../rounds-keeper.ts';
import { deviceHealthRoutes } from './device-health.ts';
import { type Answer, type Bench, bench, furnish, noon } from './register-testing.ts';
import { roundRoutes } from './rounds.ts';
import { aroundRoutes } from './rounds-around.ts';
import { roundsReportRoutes } from './rounds-report.ts';
import { roundRunRoutes } from './rounds-runs.ts';

interface RoundBench extends Bench {
  readonly clock: ManualClock;
  readonly opened: NewIncident[];
  events(): Promise<string[]>;
  restart(): Promise<void>;
}

const zone = 'Asia/Shanghai';

/** Three cameras at a hospital; noon UTC is eight in the evening in Shanghai. */
async function rig(): Promise<RoundBench> {
  const clock = manualClock(noon);
  const opened: NewIncident[] = [];
  const desk = {
    async open(incident: NewIncident) {
      opened.push(incident);
      return { id: uuidv7(clock.now()) } as never;
    },
  };
  const made = await bench(({ store, register }) => {
    const deps = { store, register, clock, desk, zone };
    const report = { db: store.desk, register, now: () => clock.now(), health: { period: 600, perMinute: 60 } };
    const reports = roundsReportRoutes({ db: store.desk, clock, register, language: 'zh' });
    const unused = undefined as never;
    return [
      roundRoutes(deps),
      roundRunRoutes(deps),
      reports,
      aroundRoutes(deps),
      deviceHealthRoutes({ report, reference: unused, language: 'zh' }),
    ];
  });
  await furnish(made);
  for (const id of ['c1', 'c2', 'c3'])
    await made.ask('POST', '/devices', { id, kind: 'camera', driver: 'mqtt', name: `=${id}`, siteId: 'si' });
  const keeping = () => keepRounds({ store: made.store, clock, log: quiet, zone });
  let keeper = keeping();
  onTestFinished(() => keeper.stop());
  return {
    ...made,
    clock,
    opened,
    restart: async () => {
      await keeper.stop();
      keeper = keeping();
    },
    events: async () => {
      const rows = await made.store.desk
        .selectFrom('events')
        .select('type')
        .where('type', 'like', 'baiying.round.%')
        .orderBy('seq')
        .execute();
      return rows.map(({ type }) => type.split('.')[2] ?? '');
    },
  };
}

const stop = (cameraId: string, more: object = {}) => ({ cameraId, dwellSeconds: 20, ...more });
const plan = (over: object = {}) => ({
  id: 'evening',
  name: '晚间巡查',
  stationId: 'st',
  stops: [stop('c1', { preset: 'p1' }), stop('c2'), stop('c3')],
  every: { times: ['21:00'] },
  graceMinutes: 10,
  picturesAtOnce: 2,
  ...over,
});
const runs = async (at: RoundBench, query = '') => (await at.ask('GET', `/runs${query}`)).json.items;
const states = async (at: RoundBench) => (await runs(at)).map((run) => run['state']);
const say = (at: RoundBench, run: Answer, n: number, body: object) => at.ask('POST', `/runs/${run.id}/stops/${n}`, body);

test('a plan is kept as it was written, says when it is due next, and is changed and removed on the record', async () => {
  const at = await rig();
  const { status, json } = await at.ask('POST', '/rounds', plan());
  expect(status).toBe(201);
  expect(json).toEqual({ ...plan(), active: true, nextDueAt: '2026-11-21T13:00:00.000Z' });
  expect((await at.ask('GET', '/rounds?stationId=st')).json.items).toEqual([json]);
  expect((await at.ask('POST', '/rounds', plan())).json.code).toBe('already-exists');
  const asleep = (await at.ask('PUT', '/rounds/evening', plan({ active: false, name: '停用' }))).json;
  expect([asleep['name'], asleep['nextDueAt']]).toEqual(['停用', undefined]);
  expect((await at.ask('DELETE', '/stations/st')).json.code).toBe('still-in-use');
  expect((await at.ask('DELETE', '/rounds/evening')).status).toBe(204);
  expect((await at.ask('GET', '/rounds/evening')).status).toBe(404);
  const acts = await at.store.desk.selectFrom('audit').select('act').where('act', 'like', 'rounds.%').execute();
  expect(acts.map(({ act }) => act)).toEqual(['rounds.created', 'rounds.changed', 'rounds.removed']);
});

test.each([
  ['a fifth picture at once', { picturesAtOnce: 5 }, 'body.picturesAtOnce'],
  ['no stop', { stops: [] }, 'body.stops'],
  ['a camera that is not there', { stops: [stop('c1'), stop('zz')] }, 'body.stops.1.cameraId'],
  ['a device that is no camera', { stops: [stop('k')] }, 'body.stops.0.cameraId'],
  ['a time that no clock shows', { every: { times: ['24:00'] } }, 'body.every.times.0'],
  ['a station that is not there', { stationId: 'no' }, 'body.stationId'],
  ['a word of the API for a name', { id: 'ledger' }, 'body.id'],
])('a plan with %s is refused, and the place is named', async (_what, over, path) => {
  const at = await rig();
  await at.ask('POST', '/devices', { id: 'k', kind: 'key', driver: 'mqtt', name: 'k' });
  const { status, json } = await at.ask('POST', '/rounds', plan(over));
  expect(status).toBe(422);
  expect(json.faults.map((fault) => fault.path)).toContain(path);
});

test('a round falls due by the clock on the wall, is begun, found at stop by stop, and ends', async () => {
  const at = await rig();
  await at.ask('POST', '/rounds', plan());
  await at.clock.advance(minutes(60));
  expect(await runs(at, '?state=due')).toMatchObject([
    { roundId: 'evening', dueAt: '2026-11-21T13:00:00.000Z', startBy: '2026-11-21T13:10:00.000Z', found: [] },
  ]);
  expect((await at.ask('GET', '/rounds/evening')).json['nextDueAt']).toBe('2026-11-22T13:00:00.000Z');

  const { status, json: run } = await at.ask('POST', '/rounds/evening/runs');
  expect([status, run['state'], run['begunBy']]).toEqual([201, 'under-way', 'wang']);
  expect((await at.ask('POST', '/rounds/evening/runs')).json.code).toBe('run-under-way');
  await say(at, run, 1, { finding: 'nothing' });
  await say(at, run, 2, { finding: 'note', note: '有人翻墙后离开' });
  const unfinished = await at.ask('POST', `/runs/${run.id}/end`);
  expect(unfinished).toMatchObject({ status: 409, json: { code: 'run-unfinished', detail: expect.stringContaining('3') } });
  await say(at, run, 2, { finding: 'nothing' });
  const last = await say(at, run, 3, { finding: 'nothing' });
  expect(last.json['found']).toMatchObject([{ stop: 1 }, { stop: 2, finding: 'nothing', by: 'wang' }, { stop: 3 }]);
  const ended = await at.ask('POST', `/runs/${run.id}/end`, {});
  expect([ended.status, ended.json['state'], ended.json['endedBy']]).toEqual([200, 'done', 'wang']);
  expect((await say(at, run, 1, { finding: 'note' })).json.code).toBe('run-ended');
  expect(await at.events()).toEqual(['due', 'begun', 'looked', 'looked', 'looked', 'looked', 'done']);
});

test('a run that nobody begins in its grace is missed, at that instant and not before', async () => {
  const at = await rig();
  await at.ask('POST', '/rounds', plan());
  await at.clock.advance(minutes(70) - seconds(1));
  expect(await states(at)).toEqual(['due']);
  await at.clock.advance(seconds(10));
  expect(await states(at)).toEqual(['missed']);
  expect(await at.events()).toEqual(['due', 'missed']);
  const own = await at.ask('POST', '/rounds/evening/runs');
  expect([own.status, own.json['dueAt']]).toEqual([201, undefined]);
});

test('what fell due while nothing ran is written down as missed when it runs again, each time once', async () => {
  const at = await rig();
  await at.ask('POST', '/rounds', plan({ every: { minutes: 60, from: '20:00', to: '20:00' } }));
  await at.restart();
  // The record knows of no keeper meanwhile: both wait for one tick only.
  await at.store.desk
    .updateTable('rounds')
    .set({ next_due_at: new Date(noon - hours(5)) })
    .execute();
  await at.clock.advance(seconds(10));
  expect(await states(at)).toEqual(['due', 'missed', 'missed', 'missed', 'missed', 'missed']);
  await at.clock.advance(seconds(10));
  expect(await states(at)).toHaveLength(6);
});

test('a run begun a little early is the one of the plan, and the plan does not ask for it again', async () => {
  const at = await rig();
  await at.ask('POST', '/rounds', plan());
  await at.clock.advance(minutes(50));
  const { json: run } = await at.ask('POST', '/rounds/evening/runs');
  expect(run['dueAt']).toBe('2026-11-21T13:00:00.000Z');
  await at.clock.advance(minutes(10));
  expect(await states(at)).toEqual(['under-way']);
});

test('a run that was begun and left is given up for its operator; one can be given up with a reason', async () => {
  const at = await rig();
  await at.ask('POST', '/rounds', plan());
  const { json: run } = await at.ask('POST', '/rounds/evening/runs');
  await at.clock.advance(minutes(10));
  await say(at, run, 1, { finding: 'nothing' });
  await at.clock.advance(minutes(14));
  expect((await at.ask('GET', `/runs/${run.id}`)).json['state']).toBe('under-way');
  await at.clock.advance(minutes(2));
  const left = (await at.ask('GET', `/runs/${run.id}`)).json;
  expect([left['state'], left['endedBy'], left['reason']]).toEqual(['abandoned', undefined, undefined]);

  const { json: next } = await at.ask('POST', '/rounds/evening/runs');
  expect((await at.ask('POST', `/runs/${next.id}/abandon`, {})).status).toBe(422);
  const given = await at.ask('POST', `/runs/${next.id}/abandon`, { reason: '警情在处置' });
  expect(given.json).toMatchObject({ state: 'abandoned', reason: '警情在处置', endedBy: 'wang' });
});

test('an incident is opened at the camera and stays linked; a camera fault stands on the maintenance list until it is mended', async () => {
  const at = await rig();
  await at.ask('POST', '/rounds', plan());
  const { json: run } = await at.ask('POST', '/rounds/evening/runs');
  const seen = await say(at, run, 1, { finding: 'incident', note: '打架', priority: 2 });
  expect(at.opened).toEqual([{ kind: 'seen-on-camera', priority: 2, note: '打架', by: 'wang', cameraId: 'c1' }]);
  expect(seen.json['found']).toMatchObject([{ finding: 'incident', incidentId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  expect((await say(at, run, 1, { finding: 'nothing' })).json.code).toBe('finding-stands');
  expect((await say(at, run, 1, { finding: 'incident' })).json.code).toBe('finding-stands');
  const none = { finding: 'incident', incidentId: '00000000-0000-7000-8000-000000000000' };
  expect((await say(at, run, 2, none)).json.faults.map(({ path }) => path)).toEqual(['body.incidentId']);
  expect((await say(at, run, 4, { finding: 'nothing' })).status).toBe(404);
  expect(at.opened).toHaveLength(1);

  await say(at, run, 2, { finding: 'camera-fault', note: '镜头有蛛网' });
  await at.clock.advance(minutes(1));
  await at.ask('PUT', '/cameras/c2/reported-fault', { note: '还在' });
  const list = async () => (await at.ask('GET', '/reports/device-health')).json['maintenance'];
  expect(await list()).toEqual([
    expect.objectContaining({ deviceId: 'c2', fault: 'reported', since: rfc3339(noon), detail: { by: 'wang', note: '还在' } }),
  ]);
  expect((await at.ask('DELETE', '/cameras/c2/reported-fault')).status).toBe(204);
  expect(await list()).toEqual([]);
});

test('the report counts what was planned, done and missed, and what was found by whom and where', async () => {
  const at = await rig();
  await at.ask('POST', '/rounds', plan({ every: { times: ['20:30', '21:30'] } }));
  await at.clock.advance(minutes(30));
  const { json: run } = await at.ask('POST', '/rounds/evening/runs');
  for (const [n, finding] of ['nothing', 'note', 'camera-fault'].entries()) await say(at, run, n + 1, { finding });
  await at.ask('POST', `/runs/${run.id}/end`);
  const { json: extra } = await at.ask('POST', '/rounds/evening/runs');
  await at.ask('POST', `/runs/${extra.id}/abandon`, { reason: 'x' });
  await at.clock.advance(hours(2));
  const span = `from=${rfc3339(noon)}&to=${rfc3339(noon + hours(3))}`;
  const { json } = await at.ask('GET', `/reports/rounds?${span}`);
  const counts = { planned: 2, extra: 1, done: 1, missed: 1, abandoned: 1, open: 0 };
  expect(json).toMatchObject({
    total: counts,
    rounds: [{ roundId: 'evening', name: '晚间巡查', ...counts }],
    operators: [{ by: 'wang', stops: 3, nothing: 1, note: 1, incident: 0, cameraFault: 1 }],
    cameras: [
      { cameraId: 'c1', name: '=c1', stops: 1, nothing: 1 },
      { cameraId: 'c2', stops: 1, note: 1 },
      { cameraId: 'c3', stops: 1, cameraFault: 1 },
    ],
  });
  const sheet = await at.app.inject(`/reports/rounds?${span}&format=csv&part=cameras`);
  expect(sheet.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(sheet.body.split('\r\n').slice(0, 2)).toEqual([
    '\ufeffcameraId,name,stops,nothing,note,incident,cameraFault',
    "c1,'=c1,1,1,0,0,0",
  ]);
  expect((await at.app.inject(`/reports/rounds?${span}&format=csv`)).body).toContain('evening,晚间巡查,2,1,1,1,1,0');
  expect((await at.ask('GET', `/reports/rounds?from=${rfc3339(noon)}&to=${rfc3339(noon)}`)).status).toBe(422);
});

test('who may', async () => {
  const { access } = await rig();
  const roles = (route: string) => (access[route] as { roles: readonly string[] }).roles;
  expect(roles('POST /rounds')).toEqual(['supervisor', 'admin']);
  expect(roles('POST /runs/:id/stops/:stop')).toEqual(['operator', 'supervisor', 'admin']);
  expect(roles('GET /reports/rounds')).not.toContain('officer');
  expect(roles('DELETE /cameras/:id/reported-fault')).not.toContain('operator');
});
