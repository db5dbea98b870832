import { expect, onTestFinished, test } from 'vitest';
import { loadPhrases } from '../../../config/phrases/load.ts';
import { policy } from '../../alarm/testing.ts';
import { Fault } from '../../errors.ts';
import type { Desk, DeskInput, Job, NewIncident, OrderNews } from '../../ports.ts';
import { manualClock } from '../../scenarios/manual-clock.ts';
import { uuidv7 } from '../../store/ids.ts';
import { type Device, openRegister } from '../../store/register-view.ts';
import type { NewRow } from '../../store/tables.ts';
import { freshStore, quiet } from '../../store/testing.ts';
import { chainEntries, insertEntries } from '../../store/timeline.ts';
import { type Language, words } from '../../words.ts';
import { broadcastRoutes } from './broadcasts.ts';
import { incidentRoutes } from './incidents.ts';
import { orderRoutes } from './orders.ts';
import { phraseRoutes } from './phrases.ts';
import { testApp } from './test-app.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const nothing = '00000000-0000-7000-8000-000000000000';
const place = { lat: 30.5, lon: 114.3 };
const horn = (id: string, siteId?: string): Device => ({
  id,
  kind: 'loudspeaker',
  driver: 'mqtt',
  name: id,
  settings: {},
  exercise: false,
  ...(siteId && { siteId }),
});
const devices = new Map<string, Device>(
  [
    horn('horn-1', 'bank'),
    horn('horn-2', 'bank'),
    horn('horn-3'),
    { ...horn('eye-1', 'bank'), kind: 'camera' as const },
    { ...horn('eye-2'), kind: 'camera' as const },
  ].map((device) => [device.id, device]),
);

const unused = (): never => {
  throw new Error('not of this test');
};

async function started() {
  const store = await freshStore();
  const db = store.desk;
  const clock = manualClock(noon);
  const jobs: Job[] = [];
  const asked: (NewIncident | [string, DeskInput] | [string, OrderNews])[] = [];
  const dated = { created_at: new Date(noon), updated_at: new Date(noon) };
  await db
    .insertInto('stations')
    .values({ id: 's1', name: 's1', ...dated })
    .execute();
  await db
    .insertInto('sites')
    .values({ id: 'bank', name: 'bank', kind: 'bank', station_id: 's1', exercise: false, contacts: '[]', address: '', ...dated })
    .execute();
  await db
    .insertInto('units')
    .values({ id: 'u1', name: 'u1', tier: 'city', station_id: 's1', grid_ids: [], device_ids: [], status: 'available', ...dated })
    .execute();

  const addIncident = async (values: Partial<NewRow<'incidents'>> = {}) => {
    const { number } = await db
      .selectFrom('incidents')
      .select((row) => row.fn.countAll<string>().as('number'))
      .executeTakeFirstOrThrow();
    const row: NewRow<'incidents'> = {
      ...{ id: uuidv7(noon), kind: 'emergency', priority: 1, state: 'open', silent: false, confirmed: false, exercise: false },
      ...{ opened_at: new Date(noon), last_signal_at: new Date(noon), number: String(Number(number) + 1) },
      ...values,
    };
    await db.insertInto('incidents').values(row).execute();
    return row.id;
  };
  const desk: Desk = {
    async open(incident) {
      asked.push(incident);
      return { id: await addIncident({ kind: incident.kind }) } as Awaited<ReturnType<Desk['open']>>;
    },
    async act(id, input) {
      const row = await db.selectFrom('incidents').select('state').where('id', '=', id).executeTakeFirst();
      if (!row) throw new Fault('not-found');
      if (row.state === 'closed' && input.type !== 'noted') throw new Fault('incident-closed');
      asked.push([id, input]);
      return { id } as Awaited<ReturnType<Desk['act']>>;
    },
    sent: unused,
    async order(id, news) {
      const row = await db.selectFrom('orders').select('state').where('id', '=', id).executeTakeFirst();
      if (row?.state === 'cancelled') throw new Fault('order-ended');
      asked.push([id, news]);
      await db.updateTable('orders').set({ state: 'cancelled' }).where('id', '=', id).execute();
    },
    cameras: unused,
  };
  const wording = loadPhrases();
  const saying = (language: Language, phrases: Record<string, string>) => ({
    ...words(language, wording),
    phrase: (id: string) => phrases[id],
    phraseIds: () => Object.keys(phrases),
  });
  const register = await openRegister(store, quiet);
  onTestFinished(() => register.close());
  const deps = {
    ...{ db, clock, desk, hub: store.hub, lanes: { offer: (job: Job) => void jobs.push(job) } },
    words: { zh: saying('zh', { calm: '请保持冷静', wait: '请稍候' }), en: saying('en', { calm: 'Please stay calm' }) },
    rules: () => [{ when: {}, policy }],
    consent: { wanted: false, within: 120_000 },
    register: {
      ...register,
      deviceOrLoad: async (id: string) => devices.get(id),
      devicesAtSite: (siteId: string) => [...devices.values()].filter((device) => device.siteId === siteId),
      loudspeakersNear: (_point: object, radius: number) => (radius >= 100 ? [horn('horn-3')] : []),
      placeOf: (device: Device) => (device.id === 'eye-1' ? place : undefined),
      inExercise: () => false,
      zone: (id: string) => {
        const loudspeakerIds = { gate: ['horn-2', 'horn-1'], odd: ['horn-1', 'eye-1'] }[id];
        return loudspeakerIds && { id, name: id, stationId: 's1', loudspeakerIds };
      },
    },
  };
  const give = { now: clock.now, post: unused, request: unused };
  const announce = {
    ...{ db: store.urgent, clock, hub: store.hub, give, register: deps.register, drivers: { find: unused } },
    log: unused as never,
  };
  const app = await testApp(async (all) => {
    await all.register(incidentRoutes(deps));
    await all.register(orderRoutes(deps));
    await all.register(broadcastRoutes({ ...deps, announce }));
    await all.register(phraseRoutes(deps));
  });
  const call = (method: 'GET' | 'POST', url: string, payload?: object, role = 'operator') =>
    app.inject({ method, url, headers: { 'x-role': role }, ...(payload && { payload }) });
  return { store, db, clock, jobs, asked, call, addIncident };
}

interface Problem {
  readonly code: string;
  readonly faults: readonly { readonly path: string }[];
}
const paths = (answer: { json(): Problem }) => answer.json().faults.map((fault) => fault.path);

test('incidents are listed newest first, in pages, narrowed by state, station and time', async () => {
  const { call, addIncident } = await started();
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    ids.unshift(
      await addIncident({
        opened_at: new Date(noon + Math.floor(count / 2)),
        state: count === 0 ? 'closed' : 'open',
        station_id: count === 1 ? 's1' : 's2',
      }),
    );
  }
  const found = async (query: string) => (await call('GET', `/incidents${query}`)).json<{ items: { id: string }[]; nextCursor?: string }>();
  const seen: string[] = [];
  let query = '?limit=2';
  for (let turn = 0; turn < 3; turn += 1) {
    const { items, nextCursor } = await found(query);
    seen.push(...items.map(({ id }) => id));
    query = `?limit=2&cursor=${nextCursor}`;
    expect(nextCursor === undefined).toBe(turn === 2);
  }
  expect(seen).toEqual(ids);
  expect((await found('?state=closed')).items.map(({ id }) => id)).toEqual([ids[4]]);
  expect((await found('?state=open,closed')).items).toHaveLength(5);
  expect((await found('?stationId=s1')).items.map(({ id }) => id)).toEqual([ids[3]]);
  expect((await found('?since=2026-11-21T12:00:00.002Z')).items.map(({ id }) => id)).toEqual([ids[0]]);
  expect((await found('?until=2026-11-21T12:00:00.001Z')).items.map(({ id }) => id)).toEqual(ids.slice(3));
  const [{ number } = { number: 0 }] = (await call('GET', '/incidents?limit=1')).json<{ items: { number: number }[] }>().items;
  expect((await found(`?number=${number}`)).items.map(({ id }) => id)).toEqual([ids[0]]);
  const refused = new Set(paths(await call('GET', '/incidents?state=broken&since=yesterday&until=&number=0&limit=501')));
  expect(refused).toEqual(new Set(['query.limit', 'query.number', 'query.since', 'query.state', 'query.until']));
  expect(paths(await call('GET', '/incidents?cursor=abc'))).toEqual(['query.cursor']);
});

test('an incident is shown with all that belongs to it, absent instead of null', async () => {
  const { db, call, addIncident } = await started();
  const id = await addIncident({
    site_id: 'bank',
    clock_name: 'acknowledge',
    clock_level: 1,
    clock_started_at: new Date(noon),
    clock_due_at: new Date(noon + 15_000),
  });
  const neighbour = await addIncident();
  await db
    .insertInto('incident_links')
    .values([
      { a: id, b: neighbour, reason: 'same-site-within-window', at: new Date(noon) },
      { a: neighbour, b: id, reason: 'same-site-within-window', at: new Date(noon) },
    ])
    .execute();
  const { rows, end: chain } = chainEntries(
    id,
    { length: 0, head: '' },
    [{ kind: 'opened', text: '一键报警', reason: 'press-emergency', data: {} }],
    noon,
  );
  await insertEntries(db, rows);
  await db.updateTable('incidents').set({ chain_length: chain.length, chain_head: chain.head }).where('id', '=', id).execute();
  const detail = (await call('GET', `/incidents/${id}`)).json();
  expect(detail).toMatchObject({
    ...{
      id,
      number: 1,
      kind: 'emergency',
      priority: 1,
      state: 'open',
      siteId: 'bank',
      openedAt: '2026-11-21T12:00:00.000Z',
      signals: [],
      orders: [],
      broadcasts: [],
    },
    deadline: '2026-11-21T12:00:15.000Z',
    clock: {
      ...{ name: 'acknowledge', level: 1 },
      next: [
        { step: 'sound-again', zh: '再次声光告警', en: 'sound the alarm again' },
        { step: 'next-unit', zh: '加派下一警力', en: 'call the next unit' },
      ],
    },
    siteName: 'bank',
    orderStates: {},
    related: [{ id: neighbour, number: 2, reason: 'same-site-within-window' }],
    timeline: [{ seq: 1, at: '2026-11-21T12:00:00.000Z', kind: 'opened', text: '一键报警', reason: 'press-emergency', hash: chain.head }],
  });
  expect(JSON.stringify(detail)).not.toContain('null');
  expect((await call('GET', `/incidents/${id}/chain`)).json()).toEqual({ intact: true, entries: 1, head: chain.head });
  await db.updateTable('timeline').set({ text: '误报' }).where('incident_id', '=', id).execute();
  expect((await call('GET', `/incidents/${id}/chain`)).json()).toEqual({ intact: false, entries: 1, brokenAt: 1, why: 'entry-changed' });
});

test.each([
  [{ kind: 'fight', siteId: 'bank', priority: 2, note: '两人打架' }, []],
  [{ kind: 'fight', cameraId: 'eye-1', priority: 2, note: 'x' }, []],
  [{ kind: 'fight', location: place, priority: 2, note: 'x' }, []],
  [{ kind: 'fight', priority: 2, note: 'x' }, ['body.siteId']],
  [{ kind: 'Fight!', siteId: 'bank', priority: 5, note: 'x', colour: 'red' }, ['body.kind', 'body.priority', 'body.colour']],
  [{ kind: 'fight', siteId: 'nowhere', cameraId: 'horn-1', priority: 2, note: 'x' }, ['body.siteId', 'body.cameraId']],
  [{ kind: 'fight', location: { lat: 91, lon: 0 }, priority: 2, note: 'x' }, ['body.location.lat']],
])('an operator opens %j: faults %j', async (body, faults) => {
  const { call, asked } = await started();
  const answer = await call('POST', '/incidents', body);
  expect(answer.statusCode).toBe(faults.length === 0 ? 201 : 422);
  if (faults.length > 0) expect(paths(answer).sort()).toEqual([...faults].sort());
  else expect(asked).toEqual([{ ...body, by: 'wang' }]);
});

test('what people do goes to the desk with their name', async () => {
  const { call, asked, addIncident } = await started();
  const id = await addIncident();
  const acts: [string, object | undefined][] = [
    ['acknowledge', undefined],
    ['orders', { unitIds: ['u1'], text: '去东门' }],
    ['orders', { nearest: 2 }],
    ['notes', { note: 'a' }],
    ['notes', { text: 'b' }],
    ['close', { disposition: 'genuine', note: 'c' }],
  ];
  for (const [act, body] of acts) {
    const answer = await call('POST', `/incidents/${id}/${act}`, body);
    expect([act, answer.statusCode, answer.json<{ id: string }>().id]).toEqual([
      act,
      act === 'acknowledge' || act === 'close' ? 200 : 201,
      id,
    ]);
  }
  const request = expect.any(String);
  expect(asked).toEqual([
    [id, { type: 'acknowledged', by: 'wang', accountId: 'a' }],
    [id, { type: 'units-ordered', unitIds: ['u1'], nearest: 0, by: 'wang', accountId: 'a', request, text: '去东门' }],
    [id, { type: 'units-ordered', unitIds: [], nearest: 2, by: 'wang', accountId: 'a', request }],
    [id, { type: 'noted', by: 'wang', note: 'a' }],
    [id, { type: 'noted', by: 'wang', note: 'b' }],
    [id, { type: 'closed', by: 'wang', disposition: 'genuine', note: 'c' }],
  ]);
});

test.each([
  ['orders', {}, ['body.unitIds']],
  ['orders', { unitIds: ['u1'], nearest: 1 }, ['body.unitIds']],
  ['orders', { unitIds: ['u1', 'u9'] }, ['body.unitIds.1']],
  ['notes', {}, ['body.note']],
  ['close', { disposition: 'boring' }, ['body.disposition']],
  ['acknowledge', { why: 1 }, ['body.why']],
])('POST %s with %j has the faults %j', async (act, body, faults) => {
  const { call, addIncident } = await started();
  const answer = await call('POST', `/incidents/${await addIncident()}/${act}`, body);
  expect([answer.statusCode, paths(answer)]).toEqual([422, faults]);
});

test('what is not there answers 404, what is over 409, what the role may not 403', async () => {
  const { call, addIncident } = await started();
  for (const url of [
    `/incidents/${nothing}`,
    '/incidents/x',
    `/incidents/${nothing}/chain`,
    `/orders/${nothing}`,
    `/broadcasts/${nothing}`,
  ])
    expect((await call('GET', url)).statusCode).toBe(404);
  for (const act of ['acknowledge', 'close'])
    expect((await call('POST', `/incidents/${nothing}/${act}`, act === 'close' ? { disposition: 'false' } : undefined)).statusCode).toBe(
      404,
    );
  const id = await addIncident({ state: 'closed' });
  expect((await call('POST', `/incidents/${id}/acknowledge`)).json()).toMatchObject({ code: 'incident-closed' });
  expect((await call('POST', `/incidents/${id}/broadcasts`, { text: 'a', lang: 'zh', loudspeakerIds: ['horn-3'] })).statusCode).toBe(409);
  for (const role of ['installer', 'integrator', 'officer'])
    expect((await call('POST', `/incidents/${id}/notes`, { note: 'a' }, role)).statusCode).toBe(403);
  expect((await call('GET', '/incidents', undefined, 'installer')).statusCode).toBe(200);
  for (const url of ['/incidents', '/orders', '/broadcasts', '/phrases'])
    expect((await call('GET', url, undefined, 'officer')).statusCode).toBe(403);
  expect((await call('POST', '/incidents', { kind: 'a', siteId: 'bank', priority: 1, note: 'a' }, 'integrator')).statusCode).toBe(201);
});

test('orders are listed, shown and cancelled once', async () => {
  const { db, call, asked, addIncident } = await started();
  const incidentId = await addIncident();
  const at = new Date(noon);
  const order = (id: string): NewRow<'orders'> => ({
    ...{
      id,
      incident_id: incidentId,
      unit_id: 'u1',
      cause: id,
      automatic: false,
      kind: 'emergency',
      priority: 1,
      text: 'x',
      reason: 'named-by-operator',
      choice: '{}',
    },
    ...{
      exercise: false,
      state: 'queued',
      issued_at: at,
      expires_at: at,
      rungs: JSON.stringify([{ state: 'queued', at: at.toISOString() }]),
    },
  });
  const ids = [uuidv7(noon), uuidv7(noon)];
  await db.insertInto('orders').values(ids.map(order)).execute();
  const list = (await call('GET', `/orders?incidentId=${incidentId}&state=queued,sent`)).json<{ items: { id: string }[] }>();
  expect(list.items.map(({ id }) => id)).toEqual(ids.toReversed());
  const cancelled = await call('POST', `/orders/${ids[0]}/cancel`);
  expect([cancelled.statusCode, cancelled.json<{ state: string }>().state]).toEqual([200, 'cancelled']);
  expect(asked).toEqual([[ids[0], { type: 'cancelled', by: 'wang' }]]);
  expect((await call('POST', `/orders/${ids[0]}/cancel`)).json()).toMatchObject({ status: 409, code: 'order-ended' });
  expect((await call('GET', `/orders/${ids[1]}`)).json()).toMatchObject({ id: ids[1], unitId: 'u1', rungs: [{ state: 'queued' }] });
});

const say = { text: '请离开', lang: 'zh' };
test.each([
  ['by id', { ...say, loudspeakerIds: ['horn-3', 'horn-1', 'horn-3'] }, ['horn-1', 'horn-3']],
  ['of a camera: its site and what is near', { ...say, cameraId: 'eye-1' }, ['horn-1', 'horn-2', 'horn-3']],
  ['of a zone', { ...say, zoneId: 'gate' }, ['horn-1', 'horn-2']],
  ['near a point', { ...say, near: { ...place, radius: 500 } }, ['horn-3']],
  ['with a phrase', { phraseId: 'calm', lang: 'en', loudspeakerIds: ['horn-1'], repeat: 3, volume: 80, priority: 2 }, ['horn-1']],
])('a broadcast to loudspeakers %s', async (_name, body, targets) => {
  const { call, jobs, db } = await started();
  const answer = await call('POST', '/broadcasts', body);
  expect(answer.statusCode).toBe(201);
  const broadcast = answer.json<{ id: string; targets: { deviceId: string; state: string }[] }>();
  expect(broadcast).toMatchObject({
    state: 'queued',
    requestedBy: 'wang',
    text: 'phraseId' in body ? 'Please stay calm' : '请离开',
    repeat: 'repeat' in body ? 3 : 1,
  });
  expect(broadcast.targets.map(({ deviceId, state }) => `${deviceId} ${state}`)).toEqual(targets.map((id) => `${id} queued`));
  expect(jobs).toHaveLength(targets.length);
  expect(jobs).toContainEqual({ type: 'broadcast', id: broadcast.id, deviceId: targets[0] });
  expect((await call('GET', `/broadcasts/${broadcast.id}`)).json()).toEqual(answer.json());
  expect((await call('GET', '/broadcasts')).json()).toEqual({ items: [answer.json()] });
  expect(await db.selectFrom('events').select('type').execute()).toEqual([{ type: 'baiying.broadcast.requested.v1' }]);
  const stopped = await call('POST', `/broadcasts/${broadcast.id}/stop`);
  expect(stopped.json()).toMatchObject({ state: 'stopped', notStopped: [] });
});

test.each([
  [{ ...say }, 'body.loudspeakerIds'],
  [{ ...say, cameraId: 'eye-1', loudspeakerIds: ['horn-1'] }, 'body.loudspeakerIds'],
  [{ lang: 'zh', loudspeakerIds: ['horn-1'] }, 'body.text'],
  [{ ...say, phraseId: 'calm', loudspeakerIds: ['horn-1'] }, 'body.text'],
  [{ phraseId: 'wait', lang: 'en', loudspeakerIds: ['horn-1'] }, 'body.phraseId'],
  [{ ...say, loudspeakerIds: ['horn-1', 'eye-1'] }, 'body.loudspeakerIds.1'],
  [{ ...say, cameraId: 'horn-1' }, 'body.cameraId'],
  [{ ...say, zoneId: 'nowhere' }, 'body.zoneId'],
  [{ ...say, zoneId: 'odd' }, 'body.zoneId'],
  [{ ...say, zoneId: 'gate', cameraId: 'eye-1' }, 'body.loudspeakerIds'],
  [{ ...say, live: true, loudspeakerIds: ['horn-1'] }, 'body.text'],
  [{ ...say, cameraId: 'eye-2' }, 'body.cameraId'],
  [{ ...say, near: { ...place, radius: 50 } }, 'body.near'],
  [{ ...say, loudspeakerIds: ['horn-1'], repeat: 11 }, 'body.repeat'],
  [{ ...say, text: 'a\u0007b', loudspeakerIds: ['horn-1'] }, 'body.text'],
])('a broadcast %j is refused at %s', async (body, path) => {
  const { call, jobs } = await started();
  const answer = await call('POST', '/broadcasts', body);
  expect([answer.statusCode, paths(answer)]).toEqual([422, [path]]);
  expect(jobs).toEqual([]);
});

test('a live talk waits for its microphone: no job, no words', async () => {
  const { call, jobs } = await started();
  const answer = await call('POST', '/broadcasts', { live: true, lang: 'zh', loudspeakerIds: ['horn-1'] });
  expect(answer.json()).toMatchObject({ state: 'queued', live: true });
  expect(answer.json()).not.toHaveProperty('text');
  expect(jobs).toEqual([]);
});

test('a broadcast of an incident goes to its site, and onto its timeline before it sounds', async () => {
  const { call, asked, jobs, addIncident } = await started();
  const id = await addIncident({ site_id: 'bank' });
  const answer = await call('POST', `/incidents/${id}/broadcasts`, say);
  expect(answer.json()).toMatchObject({ incidentId: id, priority: 1, targets: [{ deviceId: 'horn-1' }, { deviceId: 'horn-2' }] });
  expect(asked).toEqual([[id, { type: 'broadcast-requested', by: 'wang', loudspeakers: 2, text: '请离开' }]]);
  expect(jobs).toHaveLength(2);
  expect((await call('GET', `/incidents/${id}`)).json()).toMatchObject({ broadcasts: [{ text: '请离开' }] });
  expect((await call('GET', `/broadcasts?incidentId=${id}`)).json<{ items: object[] }>().items).toHaveLength(1);
});

test('after duress nothing sounds at the site, by whatever way it is asked, until the incident is closed', async () => {
  const { call, db, jobs, asked, addIncident } = await started();
  const id = await addIncident({ site_id: 'bank', kind: 'duress', silent: true });
  for (const [url, body] of [
    [`/incidents/${id}/broadcasts`, say],
    ['/broadcasts', { ...say, loudspeakerIds: ['horn-3', 'horn-1'] }],
    ['/broadcasts', { ...say, cameraId: 'eye-1' }],
  ] as const) {
    const answer = await call('POST', url, body);
    expect(answer.statusCode).toBe(409);
    expect(answer.json<{ detail: string }>().detail).toContain('horn-1');
  }
  expect([jobs, asked]).toEqual([[], []]);
  expect((await call('POST', `/incidents/${id}/broadcasts`, { ...say, loudspeakerIds: ['horn-3'] })).statusCode).toBe(201);
  await db.updateTable('incidents').set({ state: 'closed' }).execute();
  expect((await call('POST', '/broadcasts', { ...say, loudspeakerIds: ['horn-1'] })).statusCode).toBe(201);
});

test('phrases are listed in the languages that they have', async () => {
  const { call } = await started();
  expect((await call('GET', '/phrases', undefined, 'installer')).json()).toEqual({
    items: [
      { id: 'calm', zh: '请保持冷静', en: 'Please stay calm' },
      { id: 'wait', zh: '请稍候' },
    ],
  });
});
