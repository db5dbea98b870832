import { expect, test } from 'vitest';
import { openSettings } from '../../sealed-settings.ts';
import { verifySecret } from '../../secrets.ts';
import { secretHashOf } from '../../store/presence.ts';
import { csvLine, decodeSheet, mostRows, readSheet } from './device-sheet.ts';
import { type Bench, bench, drivers, furnish, key, noon, sealer, unit } from './register-testing.ts';

/** 类型,驱动,名称 and a row with 报警键 and 一号键, as a Chinese Excel writes them (GB18030). */
const gb18030 = Buffer.from('c0e0d0cd2cc7fdb6af2cc3fbb3c60d0ab1a8beafbcfc2c6d7174742cd2bbbac5bcfc0d0a', 'hex');

const send = ({ app }: Bench, sheet: string | Buffer, type = 'text/csv') =>
  app.inject({ method: 'POST', url: '/devices/import', headers: { 'content-type': type }, payload: sheet });

test('a device gets its secret once, and another one ends the first', async () => {
  const b = await bench();
  const heard: string[] = [];
  b.store.hub.listen('register', (about) => heard.push(about));
  const { status, json } = await b.ask('POST', '/devices', key({ id: 'k1' }));
  expect([status, json.device]).toEqual([201, { ...key(), id: 'k1', exercise: false }]);
  expect(await verifySecret(json.secret, (await secretHashOf(b.store.desk, 'k1')) ?? '')).toBe(true);
  const again = await b.ask('POST', '/devices/k1/secret');
  const hash = (await secretHashOf(b.store.desk, 'k1')) ?? '';
  expect([again.status, await verifySecret(json.secret, hash), await verifySecret(again.json.secret, hash)]).toEqual([201, false, true]);
  expect(heard).toEqual(['devices:k1', 'devices:k1']);
  expect((await b.ask('POST', '/devices/k9/secret')).json.code).toBe('not-found');
  const trail = await b.store.desk.selectFrom('audit').select(['act', 'subject', 'by', 'data']).orderBy('seq').execute();
  expect(trail.map(({ act, subject, by }) => [act, subject, by])).toEqual([
    ['devices.created', 'devices:k1', 'wang'],
    ['devices.secret-renewed', 'devices:k1', 'wang'],
  ]);
  expect(JSON.stringify(trail)).not.toContain(again.json.secret);
});

test('a device shows how it is, and is found by kind, site, unit and station', async () => {
  const b = await bench();
  await furnish(b);
  await b.ask('POST', '/units', unit({ id: 'u1' }));
  await b.ask('POST', '/devices', key({ id: 'k1', siteId: 'si', testUntil: '2026-11-21T20:30:00+08:00' }));
  await b.ask('POST', '/devices', { kind: 'radio', driver: 'mqtt', name: 'R', unitId: 'u1', id: 'r1' });
  await b.ask('POST', '/devices', key({ id: 'k2' }));
  expect((await b.ask('GET', '/devices/k1')).json).toMatchObject({ state: 'unknown', health: {}, testUntil: '2026-11-21T12:30:00.000Z' });
  await b.store.desk
    .insertInto('presence')
    .values({ device_id: 'k1', state: 'online', last_seen_at: new Date(noon), since: new Date(noon), health: '{"battery":80}' })
    .execute();
  expect((await b.ask('GET', '/devices/k1')).json).toMatchObject({
    state: 'online',
    lastSeenAt: '2026-11-21T12:00:00.000Z',
    health: { battery: 80 },
  });
  const found: Record<string, string[]> = {};
  for (const by of [
    'kind=key',
    'siteId=si',
    'unitId=u1',
    'stationId=st',
    'stationId=st&kind=radio',
    'stationId=no',
    'search=r',
    'search=EY',
    'search=%25',
  ])
    found[by] = (await b.ask('GET', `/devices?${by}`)).json.items.map((item) => item.id);
  expect(found).toEqual({
    'kind=key': ['k1', 'k2'],
    'siteId=si': ['k1'],
    'unitId=u1': ['r1'],
    'stationId=st': ['k1', 'r1'],
    'stationId=st&kind=radio': ['r1'],
    'stationId=no': [],
    'search=r': ['r1'],
    'search=EY': ['k1', 'k2'],
    'search=%25': [],
  });
});

test('a secret setting is shown to nobody and stays when a change leaves it out', async () => {
  const b = await bench();
  const gateway = (settings: object) => ({ id: 'r1', kind: 'radio', driver: 'gateway', name: 'R', settings });
  expect((await b.ask('POST', '/devices', gateway({ url: 'https://a' }))).json.faults[0]?.path).toBe('body.settings.secret');
  const made = await b.ask('POST', '/devices', gateway({ url: 'https://a', secret: 'whsec_x' }));
  expect(made.json.device['settings']).toEqual({ url: 'https://a' });
  const { id: _id, ...body } = gateway({ url: 'https://a/orders' });
  expect((await b.ask('PUT', '/devices/r1', { ...body, name: 'S' })).json['settings']).toEqual({ url: 'https://a/orders' });
  const { settings = {} } = b.register.device('r1') ?? {};
  expect(openSettings({ id: 'r1', settings }, ['secret'], sealer)).toEqual({ url: 'https://a/orders', secret: 'whsec_x' });
  expect(JSON.stringify([settings, await b.store.desk.selectFrom('devices').selectAll().execute()])).not.toContain('whsec_x');
  for (const url of ['/devices', '/devices/r1', '/devices/export']) expect((await b.app.inject(url)).body).not.toContain('whsec_x');
  expect(JSON.stringify(await b.store.desk.selectFrom('audit').select('data').execute())).not.toContain('whsec_x');
});

test('another address does not get the secret that was kept, and the trail knows every address', async () => {
  const b = await bench();
  const gateway = (settings: object) => ({ kind: 'radio', driver: 'gateway', name: 'R', settings });
  await b.ask('POST', '/devices', { ...gateway({ url: 'https://a', secret: 'whsec_x' }), id: 'r1' });
  const { settings: before } = b.register.device('r1') ?? {};
  const astray = await b.ask('PUT', '/devices/r1', gateway({ url: 'https://b' }));
  expect([astray.status, astray.json.faults]).toEqual([
    422,
    [{ path: 'body.settings.secret', message: 'another address must not get the password of this one: give it again' }],
  ]);
  expect(b.register.device('r1')?.settings).toEqual(before);
  expect((await b.ask('PUT', '/devices/r1', gateway({ url: 'https://b', secret: 'whsec_y' }))).status).toBe(200);
  expect((await b.ask('PUT', '/devices/r1', gateway({ url: 'https://a', secret: 'whsec_x' }))).status).toBe(200);
  const trail = await b.store.desk.selectFrom('audit').select(['act', 'data']).orderBy('seq').execute();
  expect(trail.map(({ act, data }) => [act, data['settings']])).toEqual([
    ['devices.created', { url: 'https://a' }],
    ['devices.changed', { url: 'https://b' }],
    ['devices.changed', { url: 'https://a' }],
  ]);
});

test('a secret that does not open is asked for by name, and the device can be changed with a new one', async () => {
  const b = await bench();
  const gateway = (settings: object) => ({ kind: 'radio', driver: 'gateway', name: 'R', settings: { url: 'https://a', ...settings } });
  await b.ask('POST', '/devices', { ...gateway({ secret: 'whsec_x' }), id: 'r1' });
  await b.ask('POST', '/devices', { ...gateway({ secret: 'whsec_y' }), id: 'r2' });
  const { settings } = await b.store.desk.selectFrom('devices').select('settings').where('id', '=', 'r2').executeTakeFirstOrThrow();
  await b.store.desk
    .updateTable('devices')
    .set({ settings: JSON.stringify(settings) })
    .where('id', '=', 'r1')
    .execute();
  const lost = await b.ask('PUT', '/devices/r1', gateway({}));
  expect([lost.status, lost.json.faults]).toEqual([
    422,
    [{ path: 'body.settings.secret', message: expect.stringContaining('does not open with this master.key: give it again') }],
  ]);
  expect((await b.ask('PUT', '/devices/r1', gateway({ secret: 'whsec_z' }))).status).toBe(200);
});

test('a sheet in GB18030 with Chinese headings registers its devices, each with a secret', async () => {
  const b = await bench();
  const answer = await send(b, gb18030, 'text/csv; charset=gb18030');
  const { created, items } = answer.json<{ created: number; items: { device: { id: string }; secret: string }[] }>();
  expect([answer.statusCode, created]).toEqual([201, 1]);
  expect(items[0]?.device).toMatchObject({ kind: 'key', driver: 'mqtt', name: '一号键' });
  expect(b.register.device(items[0]?.device.id ?? '')?.name).toBe('一号键');
  expect(await verifySecret(items[0]?.secret ?? '', (await secretHashOf(b.store.desk, items[0]?.device.id ?? '')) ?? '')).toBe(true);
});

test('a sheet with faults registers nothing and tells all of them with row and column', async () => {
  const b = await bench();
  await furnish(b);
  await b.ask('POST', '/devices', key({ id: 'taken' }));
  const sheet = [
    'id,kind,driver,name,siteId,lat,lon,settings,exercise',
    'good,key,mqtt,Good,si,30,100,"{""prefix"":""p""}",yes',
    'taken,key,mqtt,Taken,,,,,',
    'k3,phone,mqtt,,no,,,,',
    '',
    'good,key,zigbee,Twice,,91,100,{,maybe',
    'k6,key,mqtt,Six,,x,,,,stray',
    'k7,key,mqtt,Seven,,,,"{""prefix"":1}",',
  ].join('\r\n');
  const { statusCode, body } = await send(b, sheet);
  const { code, faults } = JSON.parse(body) as { code: string; faults: { row: number; column: string; path: string }[] };
  expect([statusCode, code]).toEqual([422, 'body-invalid']);
  expect(faults.map(({ row, column }) => `${row} ${column}`).sort()).toEqual(
    [
      '3 id',
      '4 kind',
      '4 name',
      '4 siteId',
      '6 exercise',
      '6 id',
      '6 lat',
      '6 settings',
      '7 ',
      '7 lat',
      '7 lon',
      '8 settings.prefix',
    ].sort(),
  );
  expect(faults[0]?.path).toBe('body.rows.3.id');
  expect((await b.ask('GET', '/devices')).json.items.map((item) => item.id)).toEqual(['taken']);
});

test('what is no sheet of devices is refused with its reason', async () => {
  const b = await bench();
  const rows: [what: string, sheet: string | Buffer, type: string, status: number, code: string, path?: string][] = [
    ['nothing', '', 'text/csv', 422, 'body-invalid', 'body.rows.1.kind'],
    ['headings alone', 'kind,driver,name\n', 'text/csv', 422, 'body-invalid', 'body.rows.2'],
    ['an unknown heading', 'kind,driver,name,colour\nkey,mqtt,K,red\n', 'text/csv', 422, 'body-invalid', 'body.rows.1.colour'],
    ['a heading twice', 'kind,driver,name,类型\nkey,mqtt,K,key\n', 'text/csv', 422, 'body-invalid', 'body.rows.1.kind'],
    ['broken quotes', 'kind,driver,name\nkey,mqtt,A\nkey,mqtt,"A\n', 'text/csv', 422, 'body-invalid', 'body.rows.3'],
    ['neither encoding', Buffer.from([0xff, 0xff, 0xff]), 'text/csv', 400, 'body-unreadable'],
    ['JSON', '{}', 'application/json', 415, 'media-type-unsupported'],
    ['more than 4 MB', 'x'.repeat(4 * 1024 * 1024 + 1), 'text/csv', 413, 'body-too-large'],
  ];
  for (const [what, sheet, type, status, code, path] of rows) {
    const answer = await send(b, sheet, type);
    const json = answer.json<{ code: string; faults: { path: string }[] }>();
    expect([what, answer.statusCode, json.code, json.faults[0]?.path]).toEqual([what, status, code, path]);
  }
});

test('what is exported holds no formula, and can be imported as it is', async () => {
  const b = await bench();
  await furnish(b);
  const names = ['=HYPERLINK("http://x")', '+1', '-1+2', '@SUM(A1)', 'Plain, "quoted"', '键'];
  for (const [n, name] of names.entries())
    await b.ask(
      'POST',
      '/devices',
      key({ id: `k${n}`, name, location: { lat: -1.5, lon: -2 }, siteId: 'si', settings: { prefix: 'p' }, supervisionSeconds: 60 }),
    );
  const { body, headers, rawPayload } = await b.app.inject('/devices/export?kind=key');
  expect([headers['content-type'], rawPayload.subarray(0, 3).toString('hex')]).toEqual(['text/csv; charset=utf-8', 'efbbbf']);
  expect(body.split('\r\n')[1]).toBe(`k0,key,mqtt,"'=HYPERLINK(""http://x"")",si,,-1.5,-2,"{""prefix"":""p""}",60,,false,,,`);
  const before = (await b.ask('GET', '/devices')).json.items;
  for (const { id } of before) await b.ask('DELETE', `/devices/${id}`);
  expect((await send(b, body)).statusCode).toBe(201);
  expect((await b.ask('GET', '/devices')).json.items).toEqual(before);
});

test.each([
  ['UTF-8', Buffer.from('键')],
  ['UTF-8 with its mark', Buffer.from('\ufeff键')],
  ['GB18030', Buffer.from('bcfc', 'hex')],
  ['GB18030 with its mark', Buffer.from('84319533bcfc', 'hex')],
])('a sheet in %s is read', (_name, bytes) => {
  expect(decodeSheet(bytes)).toBe('键');
});

test.each([',', ';', '\t'])('a sheet parted by %j is read, in whatever order its columns stand', (by) => {
  const sheet = [
    ['name', 'lat', 'lon', 'kind', 'driver'],
    ['K', '30', '100', '报警按钮', 'mqtt'],
  ]
    .map((line) => line.join(by))
    .join('\n');
  const { rows, faults } = readSheet(Buffer.from(sheet), { drivers, sealer }, noon);
  expect([faults, rows[0]?.input]).toEqual([[], { kind: 'key', driver: 'mqtt', name: 'K', location: { lat: 30, lon: 100 }, settings: {} }]);
});

test('a site may be written by its name, where only one is called so', () => {
  const sheet = Buffer.from('kind,driver,name,siteId\nkey,mqtt,A,第一医院\nkey,mqtt,B,中学\nkey,mqtt,C,无名\nkey,mqtt,D,bank\n');
  const names = new Map([
    ['第一医院', ['hospital']],
    ['中学', ['school-1', 'school-2']],
  ]);
  const { rows, faults } = readSheet(sheet, { drivers, sealer }, noon, names);
  expect(rows.map(({ siteId }) => siteId)).toEqual(['hospital', undefined, undefined, 'bank']);
  expect(faults.map(({ message }) => message)).toEqual([
    'Row 3, column siteId: 2 sites are called 中学: write the id of one',
    'Row 4, column siteId: There is no site 无名',
  ]);
});

test('a sheet may have 20,000 rows and no more', () => {
  const sheet = (rows: number) => Buffer.from(`kind,driver,name\n${'key,mqtt,K\n'.repeat(rows)}`);
  expect(readSheet(sheet(mostRows), { drivers, sealer }, noon).rows).toHaveLength(mostRows);
  expect(() => readSheet(sheet(mostRows + 1), { drivers, sealer }, noon)).toThrow('The request has faults');
});

test('cells that a spreadsheet would run are text; numbers stay numbers', () => {
  expect(csvLine(['=1', '-1', '-a', '\tx', "it's", undefined, true, 'a\nb'])).toBe(`'=1,-1,'-a,"'\tx",it's,,true,"a\nb"\r\n`);
});
