import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openShelf } from '../footage/shelf.ts';
import { pictureSize } from '../picture-size.ts';
import { planRoutes } from './plans.ts';
import { type Bench, bench, furnish, key } from './register-testing.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function withPlans(): Promise<{ b: Bench; folder: string; add: (body: Buffer, type?: string, name?: string) => Promise<Answered> }> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-plans-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const b = await bench((deps) => [planRoutes({ ...deps, plans: openShelf(folder, 0) })]);
  await furnish(b);
  const add = async (body: Buffer, type = 'image/png', name = '一层') => {
    const url = `/sites/si/plans?name=${encodeURIComponent(name)}`;
    const answer = await b.app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload: body });
    return { status: answer.statusCode, json: answer.json<Answered['json']>() };
  };
  return { b, folder, add };
}
interface Answered {
  readonly status: number;
  readonly json: { readonly id: string; readonly code?: string; readonly detail?: string; readonly sha256: string };
}

test('a plan is kept with its hash, shown, listed, and goes with its file', async () => {
  const { b, folder, add } = await withPlans();
  const { status, json } = await add(png);
  expect(status).toBe(201);
  expect(json).toMatchObject({ siteId: 'si', name: '一层', mediaType: 'image/png', bytes: png.length, width: 1, height: 1 });
  expect((await b.ask('GET', '/sites/si/plans')).json.items).toEqual([json]);
  const picture = await b.app.inject(`/sites/si/plans/${json.id}`);
  expect([picture.headers['content-type'], picture.rawPayload.equals(png)]).toEqual(['image/png', true]);
  const again = { url: `/sites/si/plans/${json.id}`, headers: { 'if-none-match': `"${json.sha256}"` } };
  expect((await b.app.inject(again)).statusCode).toBe(304);
  expect((await add(png)).json.code).toBe('already-exists');
  expect(await readdir(join(folder, 'si'))).toEqual([`${json.id}.png`]);

  expect((await b.ask('DELETE', `/sites/si/plans/${json.id}`)).status).toBe(204);
  expect((await b.ask('GET', `/sites/si/plans/${json.id}`)).status).toBe(404);
  expect(await readdir(join(folder, 'si'))).toEqual([]);
  const acts = await b.store.desk.selectFrom('audit').select('act').where('act', 'like', 'plan%').orderBy('seq').execute();
  expect(acts.map(({ act }) => act)).toEqual(['plan.added', 'plan.removed']);
});

test('a device has its place on a plan of its own site, also by the sheet, and loses it with the plan', async () => {
  const { b, add } = await withPlans();
  const planId = (await add(png)).json.id;
  const plan = { planId, x: 0.25, y: 1 };
  await b.ask('POST', '/devices', key({ id: 'k1', siteId: 'si', plan }));
  expect((await b.ask('GET', '/devices/k1')).json).toMatchObject({ plan });
  const elsewhere = await b.ask('POST', '/devices', key({ id: 'k2', plan }));
  expect([elsewhere.status, elsewhere.json.faults.map(({ path }) => path)]).toEqual([422, ['body.plan.planId']]);

  const sheet = (await b.app.inject('/devices/export')).body;
  await b.ask('DELETE', '/devices/k1');
  const send = (payload: string) =>
    b.app.inject({ method: 'POST', url: '/devices/import', headers: { 'content-type': 'text/csv' }, payload });
  expect((await send(sheet)).statusCode).toBe(201);
  expect((await b.ask('GET', '/devices/k1')).json).toMatchObject({ plan });
  const unfit = await send(`kind,driver,name,siteId,planId,planX,planY\nkey,mqtt,K,,${planId},0.5,0.5\nkey,mqtt,K,si,${planId},2,\n`);
  expect(unfit.json<{ faults: { row: number; column: string }[] }>().faults.map(({ row, column }) => `${row} ${column}`)).toEqual([
    '2 planId',
    '3 planY',
  ]);

  await b.ask('DELETE', `/sites/si/plans/${planId}`);
  expect((await b.ask('GET', '/devices/k1')).json).not.toHaveProperty('plan');
});

test('what is no picture, too large or of no site is refused', async () => {
  const { b, add, folder } = await withPlans();
  const told = async (body: Buffer, type?: string) => (await add(body, type)).json.code;
  const vast = Buffer.from(png);
  vast.writeUInt32BE(100_000, 16);
  vast.writeUInt32BE(100_000, 20);
  expect(await told(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('body-invalid');
  expect(await told(vast)).toBe('body-invalid');
  expect(await told(png, 'image/svg+xml')).toBe('media-type-unsupported');
  expect(await told(Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]))).toBe('body-too-large');
  expect((await b.ask('GET', '/sites/none/plans')).status).toBe(404);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['nothing', Buffer.alloc(0), undefined],
  ['the beginning of a PNG', png.subarray(0, 20), undefined],
  ['a PNG called by its bytes', png, { width: 1, height: 1, mediaType: 'image/png' }],
])('%s is measured', (_name, bytes, size) => {
  expect(pictureSize(bytes)).toEqual(size);
});
