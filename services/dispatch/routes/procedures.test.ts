import { expect, test } from 'vitest';
import { loadProcedures } from '../../../config/procedures/load.ts';
import { procedureVersion, seedProcedures } from '../../store/procedures.ts';
import { freshStore } from '../../store/testing.ts';
import { procedureRoutes } from './procedures.ts';
import { bench, furnish, noon } from './register-testing.ts';

const procedure = {
  id: 'ward',
  title: { zh: '病区报警', en: 'Ward alarm' },
  kinds: ['emergency'],
  siteKinds: ['hospital'],
  steps: [{ id: 'look', text: { zh: '看', en: 'Look' }, mandatory: true }],
};

test('every change is another version; the old ones stay for the incidents that began with them, also after a removal', async () => {
  const at = await bench((deps) => [procedureRoutes(deps)]);
  await furnish(at);
  expect(await at.ask('POST', '/procedures', procedure)).toMatchObject({ status: 201, json: { ...procedure, version: 1 } });
  const changed = { ...procedure, steps: [...procedure.steps, { id: 'call', text: { zh: '打电话', en: 'Call' }, mandatory: false }] };
  expect((await at.ask('PUT', '/procedures/ward', changed)).json['version']).toBe(2);
  expect(at.register.procedures()).toEqual([{ ...changed, version: 2 }]);
  expect((await at.ask('GET', '/procedures?kind=emergency')).json.items).toHaveLength(1);
  expect((await at.ask('GET', '/procedures?kind=duress')).json.items).toEqual([]);

  const site = (await at.ask('GET', '/sites/si')).json;
  await at.ask('PUT', '/sites/si', { ...site, procedureId: 'ward' });
  expect((await at.ask('DELETE', '/procedures/ward')).json.code).toBe('still-in-use');
  await at.ask('PUT', '/sites/si', site);
  expect((await at.ask('DELETE', '/procedures/ward')).status).toBe(204);
  expect((await at.ask('POST', '/procedures', procedure)).json['version']).toBe(3);
  expect((await procedureVersion(at.store.desk, { id: 'ward', version: 1 }))?.steps).toEqual(procedure.steps);
  expect((await procedureVersion(at.store.desk, { id: 'ward', version: 2 }))?.steps).toEqual(changed.steps);
  expect(at.access['POST /procedures']).toEqual({ roles: ['supervisor', 'admin'] });
});

test.each([
  ['without steps', { steps: [] }, 'body.steps'],
  ['with one step twice', { steps: [procedure.steps[0], procedure.steps[0]] }, 'body.steps'],
  ['in one language', { title: { zh: '一' } }, 'body.title.en'],
  ['with a version of its own', { version: 7 }, 'body.version'],
])('a procedure %s is refused', async (_what, over, path) => {
  const at = await bench((deps) => [procedureRoutes(deps)]);
  const { status, json } = await at.ask('POST', '/procedures', { ...procedure, ...over });
  expect([status, json.faults.map((fault) => fault.path)]).toEqual([422, [path]]);
});

test("the product's own procedures are put in once: what was changed or removed stays so", async () => {
  const store = await freshStore();
  const shipped = loadProcedures();
  await seedProcedures(store.desk, shipped, noon);
  const ids = async () => (await store.desk.selectFrom('procedures').select('id').orderBy('id').execute()).map(({ id }) => id);
  expect(await ids()).toEqual(shipped.map(({ id }) => id));
  await store.desk.deleteFrom('procedures').where('id', '=', 'duress').execute();
  await seedProcedures(store.desk, shipped, noon);
  expect(await ids()).not.toContain('duress');
  const acts = await store.desk.selectFrom('audit').select('act').where('act', 'like', 'procedures.%').execute();
  expect(acts).toEqual([{ act: 'procedures.shipped' }]);
});
