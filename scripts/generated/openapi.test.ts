import { beforeAll, expect, test } from 'vitest';
import { fromRoutes } from './routed-app.ts';

interface Way {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { name: string; in: string; description?: string }[];
  readonly requestBody?: { readonly required?: boolean };
  readonly responses: Readonly<Record<string, { content?: object; description?: string }>>;
}

interface Document {
  readonly paths: Record<string, Record<string, Way>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

let document: Document;
let paths: Document['paths'];
beforeAll(async () => {
  document = await fromRoutes(async (app) => (await app.inject('/api/v1/openapi.json')).json<Document>());
  ({ paths } = document);
});
const ways = () =>
  Object.entries(paths).flatMap(([path, verbs]) => Object.entries(verbs).map(([verb, way]) => ({ name: `${verb} ${path}`, ...way })));
const without = (holds: (way: ReturnType<typeof ways>[number]) => boolean) =>
  ways()
    .filter((way) => !holds(way))
    .map(({ name }) => name);

test('every way of the HTTP side says in a line what it does, under a tag, with a name of its own for generated clients', () => {
  expect(ways().length).toBeGreaterThan(150);
  expect(without(({ summary }) => summary !== undefined)).toEqual([]);
  expect(without(({ tags }) => tags?.length === 1 && tags[0] !== '')).toEqual([]);
  const ids = ways().map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(paths['/api/v1/incidents/{id}/orders']?.post?.operationId).toBe('postIncidentsByIdOrders');
});

test('every way says what a good answer is, also where it is no JSON', () => {
  expect(without(({ responses }) => Object.keys(responses).some((code) => /^[123]/.test(code)))).toEqual([]);
  const empty = /^(101|204|302)$/;
  expect(
    without(({ responses }) => Object.entries(responses).every(([code, { content }]) => empty.test(code) || content !== undefined)),
  ).toEqual([]);
  expect(paths['/api/v1/stream']?.get?.responses[200]?.content).toHaveProperty(['text/event-stream']);
  expect(paths['/api/v1/incidents/{id}/evidence']?.get?.responses[200]?.content).toHaveProperty(['application/zip']);
});

test('every parameter is described, and what every POST takes besides', () => {
  const bare = ways().flatMap(({ name, parameters = [] }) =>
    parameters.filter(({ description }) => description === undefined).map((parameter) => `${name}: ${parameter.name}`),
  );
  expect(bare).toEqual([]);
  const keyed = (way: Way) => way.parameters?.some(({ name }) => name === 'Idempotency-Key') === true;
  const acts = without(({ name, security }) => !name.startsWith('post ') || security?.length === 0);
  expect(without((way) => !acts.includes(way.name) || keyed(way))).toEqual([]);
  expect(paths['/api/v1/sessions']?.post && keyed(paths['/api/v1/sessions'].post)).toBe(false);
  expect(paths['/api/v1/incidents/{id}/acknowledge']?.post?.requestBody?.required).toBe(false);
  expect(paths['/api/v1/signals']?.post?.requestBody?.required).toBe(true);
});

test('what is answered again and again has a name, which leads somewhere', () => {
  const { schemas } = document.components;
  const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
  expect([...new Set(named)].filter((name) => name === undefined || !(name in schemas))).toEqual([]);
  expect(Object.keys(schemas).filter((name) => !named.includes(name))).toEqual([]);
  expect(document.paths['/api/v1/incidents/{id}']?.get?.responses[200]?.content).toMatchObject({
    'application/json': { schema: { $ref: '#/components/schemas/IncidentDetail' } },
  });
});
