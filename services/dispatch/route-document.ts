import { STATUS_CODES } from 'node:http';
import type { RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { parameterTexts, routeTexts } from './route-texts.ts';

/** What the OpenAPI document says of one route beyond its schemas: who may, what it is called, what it takes and answers besides JSON. */

type Described = Parameters<typeof jsonSchemaTransform>[0];

const base = '/api/v1';
const problem = {
  description: 'Problem document (RFC 9457)',
  headers: { 'retry-after': { type: 'integer', description: 'Seconds after which to ask again; only where `retry` is true' } },
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const idempotencyKey = {
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,255}$',
  description:
    'The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict`',
};

/** @param document a route as it was registered; its `schema` may hold zod */
export function routeDocument(document: Described): ReturnType<typeof jsonSchemaTransform> {
  const { schema, url } = jsonSchemaTransform(document);
  const { route } = document;
  const open = route.config?.access === 'public';
  const told = new Set([route.method].flat().filter((method) => method !== 'HEAD'));
  const [method = 'GET'] = told;
  if (schema?.hide) return { url, schema };
  const description = [schema?.description, roleLine(route)].filter(Boolean).join(' ');
  return {
    url,
    schema: {
      ...schema,
      ...(schema?.params !== undefined && { params: withTexts(schema.params) }),
      ...(schema?.querystring !== undefined && { querystring: withTexts(schema.querystring) }),
      operationId: operationId(method, url),
      tags: schema?.tags ?? [url.slice(base.length + 1).split('/', 1)[0] ?? ''],
      ...summaryOf(schema?.summary, method, url),
      ...(description !== '' && { description }),
      security: open ? [] : [{ bearer: [] }, { cookie: [] }],
      ...(method === 'POST' && !open && { headers: { type: 'object', properties: { 'Idempotency-Key': idempotencyKey } } }),
      response: { ...answersOf(Object(schema?.response), document, method), default: problem },
    },
  };
}

function summaryOf(said: string | undefined, method: string, url: string): { summary?: string } {
  const summary = said ?? routeTexts[`${method} ${url.slice(base.length)}`];
  return summary === undefined ? {} : { summary };
}

function withTexts(part: unknown): object {
  const { properties = {}, ...rest } = Object(part) as { properties?: Record<string, object> };
  const told = Object.entries(properties).map(([name, shape]) => {
    const text = parameterTexts[name];
    return [name, text === undefined ? shape : { description: text, ...shape }];
  });
  return { ...rest, properties: Object.fromEntries(told) };
}

function roleLine({ config }: RouteOptions): string | undefined {
  const access = config?.access;
  return typeof access === 'object' ? `Roles: ${[...new Set([...access.roles, 'admin'])].join(', ')}.` : undefined;
}

/** `POST /api/v1/incidents/:id/orders` is postIncidentsByIdOrders: generated clients name their functions so. */
function operationId(method: string, url: string): string {
  const steps = url.slice(base.length).split(/[/.-]/).filter(Boolean);
  const named = steps.map((step) => (step.startsWith(':') ? `By${capital(step.slice(1))}` : capital(step)));
  return method.toLowerCase() + named.join('');
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** The good answers: those of JSON in words, and those that are none by their media type. */
function answersOf(declared: Record<string, object>, { schema, route }: Described, method: string): Record<string, object> {
  const answers = Object.entries(declared).map(([code, shape]) => [code, { description: STATUS_CODES[code] ?? '', ...shape }]);
  if (answers.length > 0) return Object.fromEntries(answers);
  if ('wsHandler' in route) return { 101: { description: 'The WebSocket is open', type: 'null' } };
  const types = (schema?.produces ?? []).map((type): [string, object] => [type, { schema: { type: 'string', ...bytesOf(type) } }]);
  if (types.length > 0) return { 200: { description: 'OK', content: Object.fromEntries(types) } };
  return method === 'DELETE' ? { 204: { description: 'No Content', type: 'null' } } : {};
}

const bytesOf = (type: string): object => (type.startsWith('text/') ? {} : { format: 'binary' });
