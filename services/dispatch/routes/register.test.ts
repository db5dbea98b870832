import { describe, expect, test } from 'vitest';
import { staff } from '../roles.ts';
import { bench, furnish, key, square, unit } from './register-testing.ts';

const paths = (faults: readonly { path: string }[]) => faults.map((fault) => fault.path).sort();

describe('wrong bodies', () => {
  const long = 'x'.repeat(201);
  const ring = (positions: number[][]) => ({ type: 'Polygon', coordinates: [positions] });
  const round = (points: number) => ring([...Array.from({ length: points }, (_, n) => [100 + n / 10_000, 30]), [100, 30]]);
  const grid = (area: object) => ({ name: 'G', stationId: 'st', area });
  const rows: [what: string, url: string, body: object, wanted: string[]][] = [
    ['nothing', '/stations', {}, ['body.name']],
    ['a field that is not known', '/stations', { name: 'S', colour: 'red' }, ['body.colour']],
    ['null for absent', '/stations', { name: 'S', location: null }, ['body.location']],
    ['a latitude out of range', '/stations', { name: 'S', location: { lat: 91, lon: 0 } }, ['body.location.lat']],
    ['an id of other letters', '/stations', { id: 'Süd', name: 'S' }, ['body.id']],
    ['a name too long', '/stations', { name: long }, ['body.name']],
    ['a name of blanks', '/stations', { name: '  ' }, ['body.name']],
    ['a name that turns the writing direction', '/stations', { name: 'a\u202eb' }, ['body.name']],
    ['a duty unit that is not there', '/stations', { name: 'S', dutyUnitId: 'u9' }, ['body.dutyUnitId']],
    [
      'two parents that are not there',
      '/sites',
      { name: 'S', kind: 'bank', stationId: 'no', gridId: 'no' },
      ['body.gridId', 'body.stationId'],
    ],
    [
      'an open ring',
      '/grids',
      grid(
        ring([
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ]),
      ),
      ['body.area.coordinates.0'],
    ],
    [
      'a ring of three',
      '/grids',
      grid(
        ring([
          [0, 0],
          [1, 0],
          [0, 0],
        ]),
      ),
      ['body.area.coordinates.0'],
    ],
    [
      'a longitude out of range',
      '/grids',
      grid(
        ring([
          [181, 0],
          [1, 0],
          [1, 1],
          [181, 0],
        ]),
      ),
      ['body.area.coordinates.0.0.0', 'body.area.coordinates.0.3.0'],
    ],
    ['no ring', '/grids', grid({ type: 'Polygon', coordinates: [] }), ['body.area.coordinates']],
    ['another geometry', '/grids', grid({ type: 'Point', coordinates: [[]] }), ['body.area.coordinates.0', 'body.area.type']],
    ['1001 points', '/grids', grid(round(1000)), ['body.area.coordinates']],
    ['a tier that is none', '/units', unit({ tier: 'moon' }), ['body.tier']],
    ['a bearer named twice', '/units', unit({ deviceIds: ['a', 'a'] }), ['body.deviceIds']],
    ['a driver that is none', '/devices', key({ driver: 'zigbee' }), ['body.driver']],
    ['a driver of another kind', '/devices', key({ driver: 'gateway' }), ['body.driver']],
    ['a setting of the wrong form', '/devices', key({ settings: { prefix: 7 } }), ['body.settings.prefix']],
    ['a setting that the driver has not', '/devices', key({ settings: { port: 7 } }), ['body.settings.port']],
    ['a site that is not there', '/devices', key({ siteId: 'no' }), ['body.siteId']],
    ['a test mode without end', '/devices', key({ testUntil: '2026-11-21T13:00:00.001Z' }), ['body.testUntil']],
    ['a supervision too short', '/devices', key({ supervisionSeconds: 9 }), ['body.supervisionSeconds']],
    ['a word of the API as id', '/devices', key({ id: 'import' }), ['body.id']],
    ['several faults at once', '/devices', { kind: 'phone', driver: 'mqtt', name: '', extra: 1 }, ['body.extra', 'body.kind', 'body.name']],
  ];
  test('answer 422 with the path of every fault, and register nothing', async () => {
    const { ask, ...rest } = await bench();
    await furnish({ ask, ...rest });
    for (const [what, url, body, wanted] of rows) {
      const before = (await ask('GET', url)).json.items.length;
      const { status, json } = await ask('POST', url, body);
      expect([what, status, json.code, paths(json.faults)]).toEqual([what, 422, 'body-invalid', wanted]);
      expect([what, (await ask('GET', url)).json.items.length]).toEqual([what, before]);
    }
    expect((await ask('POST', '/grids', grid(round(999)))).status).toBe(201);
    expect((await ask('POST', '/devices', key({ testUntil: '2026-11-21T13:00:00Z' }))).status).toBe(201);
  });
});

test('a shelf from first to last: registered, read, replaced, removed', async () => {
  const b = await bench();
  await furnish(b);
  const { ask } = b;
  const site = {
    id: 'si',
    name: '市医院',
    kind: 'hospital',
    stationId: 'st',
    gridId: 'gr',
    address: '和平路 1 号',
    location: { lat: 36.5, lon: 103.5 },
    contacts: [{ name: '李', phone: '1' }],
    exercise: false,
  };
  expect((await ask('GET', '/sites/si')).json).toEqual(site);
  expect((await ask('POST', '/sites', site)).json).toMatchObject({ status: 409, code: 'already-exists' });
  expect((await ask('PUT', '/sites/si', { id: 'other', name: 'N', kind: 'bank', stationId: 'st' })).json.faults[0]?.path).toBe('body.id');
  const changed = await ask('PUT', '/sites/si', { id: 'si', name: 'N', kind: 'bank', stationId: 'st', exercise: true });
  expect(changed).toEqual({
    status: 200,
    json: { id: 'si', name: 'N', kind: 'bank', stationId: 'st', address: '', contacts: [], exercise: true },
  });
  expect(b.register.site('si')?.exercise).toBe(true);
  const made = await ask('POST', '/sites', { name: 'No id', kind: 'school', stationId: 'st' });
  expect(made.json.id).toMatch(/^[a-z0-9]{12}$/);
  expect((await ask('GET', '/sites?kind=school')).json.items).toHaveLength(1);
  expect((await ask('GET', '/sites?colour=red')).json.faults[0]?.path).toBe('query.colour');
  expect((await ask('DELETE', '/sites/si')).status).toBe(204);
  expect(b.register.site('si')).toBeUndefined();
  for (const method of ['GET', 'DELETE', 'PUT'] as const) {
    const body = method === 'PUT' ? { name: 'N', kind: 'bank', stationId: 'st' } : undefined;
    expect((await ask(method, '/sites/si', body)).json).toMatchObject({ status: 404, code: 'not-found' });
  }
});

test('what is named by something else stays, and the answer says by what', async () => {
  const b = await bench();
  await furnish(b);
  const { ask } = b;
  await ask('POST', '/devices', key({ id: 'k1', siteId: 'si' }));
  await ask('POST', '/units', unit({ id: 'u1' }));
  await ask('PUT', '/grids/gr', { name: 'G', stationId: 'st', officerUnitId: 'u1' });
  const refused: [url: string, by: RegExp][] = [
    ['/stations/st', /grids gr; sites si; units u1/],
    ['/grids/gr', /sites si/],
    ['/sites/si', /devices k1/],
    ['/units/u1', /grids gr/],
  ];
  for (const [url, by] of refused) {
    const { status, json } = await ask('DELETE', url);
    expect([url, status, json.code]).toEqual([url, 409, 'still-in-use']);
    expect(json.detail).toMatch(by);
  }
  for (const url of ['/devices/k1', '/sites/si', '/grids/gr', '/units/u1', '/stations/st'])
    expect((await ask('DELETE', url)).status).toBe(204);
});

test('1,200 devices come in pages without gap or repeat', async () => {
  const b = await bench();
  await b.store.desk
    .insertInto('devices')
    .values(
      Array.from({ length: 1200 }, (_, n) => ({
        id: `k-${(n * 7919) % 1200}`,
        kind: 'key',
        driver: 'mqtt',
        name: `Key ${n}`,
        settings: '{}',
        exercise: false,
        created_at: new Date(0),
        updated_at: new Date(0),
      })),
    )
    .execute();
  const ids: string[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const { json } = await b.ask('GET', `/devices?kind=key&limit=500${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    ids.push(...json.items.map((item) => item.id));
    sizes.push(json.items.length);
    cursor = json.nextCursor;
  } while (cursor !== undefined);
  expect(sizes).toEqual([500, 500, 200]);
  expect(new Set(ids).size).toBe(1200);
  expect((await b.ask('GET', '/devices')).json.items).toHaveLength(100);
  expect((await b.ask('GET', '/devices?limit=400&cursor=bm9wZQ')).json).toMatchObject({ status: 422, faults: [{ path: 'query.cursor' }] });
  expect((await b.ask('GET', '/devices?limit=501')).json.faults[0]?.path).toBe('query.limit');
});

test('every route has its decision, and an officer has none of them', async () => {
  const { access } = await bench();
  const office = { roles: ['supervisor', 'admin'] };
  const field = { roles: ['installer', 'supervisor', 'admin'] };
  const wanted = (write: object, url: string) => ({
    [`GET ${url}`]: staff,
    [`GET ${url}/:id`]: staff,
    [`POST ${url}`]: write,
    [`PUT ${url}/:id`]: write,
    [`DELETE ${url}/:id`]: write,
  });
  expect(access).toMatchObject({
    ...wanted(office, '/stations'),
    ...wanted(office, '/grids'),
    ...wanted(field, '/sites'),
    ...wanted(field, '/units'),
    ...wanted(field, '/devices'),
    'POST /devices/import': field,
    'GET /devices/export': staff,
    'POST /devices/:id/secret': field,
  });
});

test('grids answer areas as they came', async () => {
  const b = await bench();
  await furnish(b);
  expect((await b.ask('GET', '/grids/gr')).json).toEqual({
    id: 'gr',
    name: '一网格',
    stationId: 'st',
    area: square(103, 36, 1),
    unitIds: [],
  });
});
