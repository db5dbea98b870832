import { expect, onTestFinished, test } from 'vitest';
import { loadPhrases } from '../../config/phrases/load.ts';
import { minutes, seconds } from '../alarm/index.ts';
import type { Desk, DeskInput, Job } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { addApiKey } from '../store/accounts.ts';
import { listAudit, verifyAudit } from '../store/audit.ts';
import { uuidv7 } from '../store/ids.ts';
import { type Device, openRegister } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { words } from '../words.ts';
import { broadcastRequestRoutes } from './routes/broadcast-requests.ts';
import { broadcastRoutes } from './routes/broadcasts.ts';
import { incidentActRoutes } from './routes/incident-acts.ts';
import { testApp } from './routes/test-app.ts';
import { lapsing } from './second-person.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const within = minutes(2);
const horn = (id: string, siteId?: string): Device => ({
  ...{ id, kind: 'loudspeaker', driver: 'mqtt', name: id, settings: {}, exercise: false },
  ...(siteId && { siteId }),
});
const devices = [horn('bank-1', 'bank'), horn('bank-2', 'bank'), horn('school-1', 'school'), horn('pole-1'), horn('pole-2')];
const eye: Device = { ...horn('eye', 'bank'), kind: 'camera' };
const unused = (): never => {
  throw new Error('not of this test');
};

async function started(wanted = true) {
  const store = await freshStore();
  const db = store.desk;
  const clock = manualClock(noon);
  const jobs: Job[] = [];
  const told: [string, DeskInput][] = [];
  const act: Desk['act'] = async (id, input) => {
    told.push([id, input]);
    return {} as Awaited<ReturnType<Desk['act']>>;
  };
  const desk = { act, open: unused };
  const opened = await openRegister(store, quiet);
  onTestFinished(() => opened.close());
  const wording = loadPhrases();
  const register = {
    ...opened,
    deviceOrLoad: async (id: string) => [...devices, eye].find((device) => device.id === id),
    devicesAtSite: (siteId: string) => devices.filter((device) => device.siteId === siteId),
    loudspeakersNear: () => devices.filter(({ siteId }) => siteId === undefined),
    placeOf: () => ({ lat: 30, lon: 114 }),
  };
  const deps = {
    ...{ db, clock, desk, register, hub: store.hub, lanes: { offer: (job: Job) => void jobs.push(job) } },
    words: { zh: words('zh', wording), en: words('en', wording) },
    consent: { wanted, within },
  };
  const announce = {
    ...{ db: store.urgent, clock, hub: store.hub, register, log: quiet },
    give: unused as never,
    drivers: { find: unused },
  };
  const app = await testApp(async (all) => {
    await all.register(broadcastRoutes({ ...deps, announce }));
    await all.register(incidentActRoutes({ ...deps, rules: () => [] }));
    await all.register(broadcastRequestRoutes(deps));
  });
  const call = (name: string, method: 'GET' | 'POST', url: string, payload?: object, role = 'operator') =>
    app.inject({ method, url, headers: { 'x-name': name, 'x-role': role }, ...(payload && { payload }) });
  const say = (name: string, loudspeakerIds: string[]) => call(name, 'POST', '/broadcasts', { loudspeakerIds, text: '请撤离', lang: 'zh' });
  const types = async () => (await db.selectFrom('events').select('type').orderBy('seq').execute()).map(({ type }) => type.split('.')[2]);
  const trail = async () => (await listAudit(db, { limit: 50 })).map(({ act, by }) => `${act} ${by}`).toReversed();
  return { store, db, clock, jobs, told, call, say, types, trail };
}

test.each([
  ['one site', ['bank-1', 'bank-2'], 201],
  ['one loudspeaker of no site', ['pole-1'], 201],
  ['two sites', ['bank-1', 'school-1'], 202],
  ['a site and a loudspeaker of none', ['bank-1', 'pole-1'], 202],
  ['two loudspeakers of no site', ['pole-1', 'pole-2'], 202],
])('words for %s', async (_name, ids, status) => {
  const { say } = await started();
  expect((await say('wang', ids)).statusCode).toBe(status);
});

test('what is around one camera is one spot, and without the rule nothing waits', async () => {
  const on = await started();
  const around = { cameraId: 'eye', text: '请离开', lang: 'zh' };
  expect((await on.call('wang', 'POST', '/broadcasts', around)).statusCode).toBe(201);
  const off = await started(false);
  expect((await off.say('wang', ['bank-1', 'school-1'])).statusCode).toBe(201);
});

test('a broadcast to two sites is nowhere until a second person consents, and then begins with that name on it', async () => {
  const { db, clock, jobs, call, say, types, trail } = await started();
  const asked = (await say('wang', ['bank-1', 'school-1'])).json();
  expect(asked).toMatchObject({
    state: 'awaiting-consent',
    requestedBy: 'wang',
    siteIds: ['bank', 'school'],
    until: '2026-11-21T12:02:00.000Z',
  });
  expect([jobs, await db.selectFrom('broadcasts').selectAll().execute(), await types()]).toEqual([[], [], ['awaiting-consent']]);
  const consent = (name: string, role?: string) =>
    call(name, 'POST', `/broadcast-requests/${asked.id}/consent`, { reason: '已核实' }, role);
  expect((await consent('wang')).json()).toMatchObject({ status: 403, code: 'consent-own' });
  expect((await consent('fang', 'installer')).json()).toMatchObject({ status: 403, code: 'role-missing' });
  expect(jobs).toEqual([]);
  await clock.advance(seconds(90));
  const given = await consent('li');
  expect(given.statusCode).toBe(201);
  expect(given.json()).toMatchObject({ id: asked.id, state: 'queued', requestedBy: 'wang', expiresAt: '2026-11-21T12:03:30.000Z' });
  expect(jobs).toEqual(['bank-1', 'school-1'].map((deviceId) => ({ type: 'broadcast', id: asked.id, deviceId })));
  expect((await consent('zhao')).json()).toMatchObject({ status: 409, code: 'consent-ended' });
  expect(await types()).toEqual(['awaiting-consent', 'requested', 'consented']);
  expect(await trail()).toEqual(['broadcast.asked-for wang', 'broadcast.consented li']);
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
  expect((await call('li', 'GET', `/broadcast-requests/${asked.id}`)).json()).toMatchObject({
    ...{ state: 'consented', decidedBy: 'li', reason: '已核实' },
  });
});

test('nobody consents twice at once', async () => {
  const { jobs, call, say } = await started();
  const { id } = (await say('wang', ['bank-1', 'school-1'])).json();
  const answers = await Promise.all(['li', 'zhao', 'sun'].map((name) => call(name, 'POST', `/broadcast-requests/${id}/consent`)));
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409, 409]);
  expect(jobs).toHaveLength(2);
});

test("a program's request needs somebody other than its maker, and no program consents", async () => {
  const { db, call, say } = await started();
  const id = uuidv7(noon);
  const key = {
    id,
    name: 'bk',
    key_hash: 'x',
    roles: ['operator'],
    scopes: [],
    created_at: new Date(noon),
    created_by: 'chen',
    expires_at: null,
  };
  await addApiKey(db, key);
  const { id: asked, owner } = (await say(`bk_${id}`, ['bank-1', 'school-1'])).json();
  expect(owner).toBe('chen');
  const consent = (name: string) => call(name, 'POST', `/broadcast-requests/${asked}/consent`);
  expect((await consent('chen')).json()).toMatchObject({ code: 'consent-own' });
  expect((await consent('bk_other')).json()).toMatchObject({ code: 'role-missing' });
  expect((await consent('li')).statusCode).toBe(201);
});

test('refused with a reason, taken back, or left alone, it is never said', async () => {
  const { store, clock, jobs, call, say, types, trail } = await started();
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) ids.push((await say('wang', ['bank-1', 'school-1'])).json().id);
  const refuse = (name: string, id = '', reason = '演练取消') => call(name, 'POST', `/broadcast-requests/${id}/refuse`, { reason });
  expect((await refuse('li', ids[0], '')).statusCode).toBe(422);
  expect((await refuse('li', ids[0])).json()).toMatchObject({ state: 'refused', decidedBy: 'li', reason: '演练取消' });
  expect((await refuse('wang', ids[1], '发错了')).json()).toMatchObject({ state: 'refused', decidedBy: 'wang' });
  const sweep = lapsing({ store, hub: store.hub });
  await sweep.find(noon + within - 1);
  expect((await call('li', 'GET', '/broadcast-requests?state=awaiting-consent')).json().items.map((one: { id: string }) => one.id)).toEqual(
    [ids[2]],
  );
  await clock.advance(within);
  expect((await call('li', 'POST', `/broadcast-requests/${ids[2]}/consent`)).json()).toMatchObject({ code: 'consent-ended' });
  await sweep.find(clock.now());
  expect((await call('li', 'GET', `/broadcast-requests/${ids[2]}`)).json()).toMatchObject({ state: 'lapsed', decidedBy: 'baiying' });
  expect([jobs, (await types()).slice(3)]).toEqual([[], ['refused', 'refused', 'lapsed']]);
  expect((await trail()).slice(3)).toEqual(['broadcast.refused li', 'broadcast.refused wang', 'broadcast.lapsed baiying']);
});

test('of an incident it stands on the timeline with both names, and duress that came meanwhile forbids it', async () => {
  const { db, told, jobs, call } = await started();
  const incident = async (number: string, silent: boolean) => {
    const id = uuidv7(noon + Number(number));
    const at = { opened_at: new Date(noon), last_signal_at: new Date(noon) };
    const face = { kind: 'emergency', priority: 1, state: 'open', confirmed: false, exercise: false };
    await db
      .insertInto('incidents')
      .values({ id, number, silent, ...at, ...face, ...(silent && { site_id: 'school' }) })
      .execute();
    return id;
  };
  const open = await incident('1', false);
  const ask = async () => {
    const body = { loudspeakerIds: ['bank-1', 'school-1'], text: '请撤离', lang: 'zh' };
    return (await call('wang', 'POST', `/incidents/${open}/broadcasts`, body)).json<{ id: string }>().id;
  };
  const [first, second] = [await ask(), await ask()];
  expect(told).toEqual([]);
  await call('li', 'POST', `/broadcast-requests/${first}/consent`);
  expect(told).toEqual([[open, { type: 'broadcast-requested', by: 'wang', loudspeakers: 2, text: '请撤离', consentedBy: 'li' }]]);
  const bank = { id: 's', name: 's', created_at: new Date(noon), updated_at: new Date(noon) };
  await db.insertInto('stations').values(bank).execute();
  const site = { ...bank, id: 'school', kind: 'school', station_id: 's', exercise: false, contacts: '[]', address: '' };
  await db.insertInto('sites').values(site).execute();
  await incident('2', true);
  const before = jobs.length;
  expect((await call('li', 'POST', `/broadcast-requests/${second}/consent`)).json()).toMatchObject({ code: 'incident-silent' });
  expect(jobs).toHaveLength(before);
});
