import { expect, test } from 'vitest';
import { adminPassword, bankWithKeys, dataFolder, signInTo, startBaiying } from './process.ts';

/** What the OpenAPI document says of one way to ask. */
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface Case {
  readonly what: string;
  readonly url: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
  /** The only right answers; any 4xx when absent. */
  readonly wanted?: readonly number[];
}
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path'>>>>> };

const json = 'application/json';
/** Ids that are none, or that somebody hopes to reach more with. */
const strangeIds = [
  'nothing-here',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '%ff',
  'a'.repeat(400),
  "';%20drop%20table%20incidents;--",
  '__proto__',
  'constructor',
  '%F0%9F%9A%A8',
  '-1',
  '00000000-0000-0000-0000-000000000000',
];
const strangeQueries = [
  'limit=0',
  'limit=501',
  'limit=many',
  'limit=1&limit=2',
  'cursor=%25',
  'cursor=bm90IGEgY3Vyc29y',
  'cursor=W10',
  'state=asleep',
  'since=yesterday',
  'nothing=1',
  '__proto__=1',
  'kind=%00',
  'a[b]=c',
];
/** Where a body may be as large as a picture. */
const takesPictures = /\/plans$/;
const notObjects = ['[]', '"text"', '42', 'true', 'null', '[{}]'];

function operationsOf(document: Document): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, said]) => ({ method: method.toUpperCase(), path, ...said })),
  );
}

/** A value that the schema cannot mean. */
function wrongFor({ type, anyOf }: Schema): unknown {
  if (anyOf) return { neither: 'of them' };
  if (type === 'object') return 7;
  if (type === 'array') return 'not a list';
  return { not: `a ${type}` };
}

/** Who needs to say nothing may say null. */
const mayBeAbsent = ({ anyOf = [] }: Schema): boolean => anyOf.some(({ type }) => type === 'null');

const at = (operation: Operation, id: string): string => operation.path.replaceAll(/\{[^}]+\}/g, id);

function bodyCases(operation: Operation): readonly Case[] {
  if (!['POST', 'PUT', 'PATCH'].includes(operation.method)) return [];
  const url = at(operation, 'nothing-here');
  const schema = operation.requestBody?.content[json]?.schema;
  const parts = [schema, ...(schema?.allOf ?? []), ...(schema?.anyOf ?? [])].flatMap((part) => Object.entries(part?.properties ?? {}));
  const takesJson = schema !== undefined;
  const invalid = takesJson ? { wanted: [422] } : {};
  return [
    { what: 'half a JSON', url, body: '{"a":', wanted: takesJson ? [400] : [400, 415] },
    { what: 'bytes that are not UTF-8', url, body: Uint8Array.of(0x22, 0xff, 0xfe, 0x22), wanted: takesJson ? [400] : [400, 415] },
    { what: 'another content type', url, body: '<a/>', type: 'application/xml', wanted: [415] },
    { what: 'a key that would poison', url, body: '{"__proto__":{"admin":true}}', wanted: [400, 415] },
    { what: 'an unknown field', url, body: '{"nobodyAskedForThis":1}', ...invalid },
    { what: 'U+0000 in an unknown field', url, body: '{"a":"\\u0000"}', ...invalid },
    { what: 'a thousand levels', url, body: `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, ...invalid },
    { what: '300 KiB', url, body: `{"a":"${'x'.repeat(300 * 1024)}"}`, wanted: takesPictures.test(operation.path) ? [422] : [413, 415] },
    ...(takesJson
      ? notObjects
          .filter((body) => !(body === 'null' && mayBeAbsent(schema)))
          .map((body) => ({ what: `the body ${body}`, url, body, ...(body === 'null' ? {} : { wanted: [422] }) }))
      : []),
    ...parts.map(([name, part]) => ({ what: `a wrong ${name}`, url, body: JSON.stringify({ [name]: wrongFor(part) }), wanted: [422] })),
  ];
}

function addressCases(operation: Operation): readonly Case[] {
  const hasId = operation.path.includes('{');
  const ids = hasId
    ? strangeIds.map((id) => ({
        what: `the id ${id.slice(0, 40)}`,
        url: at(operation, id),
        ...(operation.method === 'GET' || operation.method === 'DELETE' ? {} : { body: '{}' }),
      }))
    : [];
  const names = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  if (operation.method !== 'GET' || hasId || names.length === 0) return ids;
  return strangeQueries.map((query) => ({ what: `the query ${query}`, url: `${operation.path}?${query}` }));
}

test('every way of the API document, asked wrongly: an answer that says what is wrong, and nothing breaks', async () => {
  const running = await startBaiying({ BAIYING_DATA: await dataFolder() });
  await bankWithKeys(running, await signInTo(running.http), 1);
  const session = await fetch(`${running.http}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': json },
    body: JSON.stringify({ username: 'admin', password: adminPassword }),
  });
  const { token } = (await session.json()) as { token: string };
  const document = (await (await fetch(`${running.http}/api/v1/openapi.json`)).json()) as Document;
  const operations = operationsOf(document);
  expect(operations.length).toBeGreaterThan(60);

  const cases = operations.flatMap((operation) =>
    [...bodyCases(operation), ...addressCases(operation)].map((wrong) => ({ operation, ...wrong })),
  );
  const surprises: string[] = [];
  const ask = async ({ operation, what, url, body, type = json, wanted }: (typeof cases)[number]): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) };
    const response = await fetch(`${running.http}${url}`, {
      method: operation.method,
      headers,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(30_000),
    });
    const fault = surprise(response.status, wanted, response.headers.get('content-type'), await response.text());
    if (fault !== undefined) surprises.push(`${operation.method} ${operation.path} with ${what}: ${fault}`);
  };
  const left = cases.values();
  // Several at once, as several consoles would.
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (const next of left) await ask(next);
    }),
  );
  expect(surprises).toEqual([]);
  expect(cases.length).toBeGreaterThan(1000);
  expect(running.log().filter(({ level }) => level >= 50)).toEqual([]);
}, 300_000);

function surprise(status: number, wanted: readonly number[] | undefined, type: string | null, text: string): string | undefined {
  if (wanted ? !wanted.includes(status) : status < 400 || status > 499) return `${status} ${text.slice(0, 200)}`;
  if (!type?.startsWith('application/problem+json')) return `${status} as ${type}`;
  const { code, faults, status: told, requestId } = JSON.parse(text) as Record<string, unknown>;
  if (typeof code !== 'string' || told !== status || typeof requestId !== 'string' || !Array.isArray(faults))
    return `${status} with ${text.slice(0, 200)}`;
  return status === 422 && faults.length === 0 ? `422 without a fault: ${text.slice(0, 200)}` : undefined;
}
