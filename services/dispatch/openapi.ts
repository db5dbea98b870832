import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { errors } from '../errors.ts';
import { asyncApi, type Channel } from './asyncapi.ts';
import { routeDocument } from './route-document.ts';

export interface ApiPagesDeps {
  readonly version: string;
  /** What goes over MQTT; main takes it from the drivers. */
  readonly channels: readonly Channel[];
}

const docs = '/api/docs';
/** What holds for every way, so that none has to say it again. */
const introduction = `The HTTP side of Baiying. Times are RFC 3339 in UTC, positions WGS-84, bodies JSON in UTF-8 of 256 KiB at most.

- **Who asks.** \`Authorization: Bearer\` with an API key (\`POST /api/v1/api-keys\`) or a session token. Each way names its roles; a key may be narrowed to scopes.
- **Faults** are problem documents (RFC 9457) with a stable \`code\`, a \`remedy\`, and the \`path\` of each field that is wrong. \`retry\` says whether the same request may succeed later.
- **Twice is once.** Every \`POST\` takes an \`Idempotency-Key\`, and a signal an \`eventId\`.
- **Lists** come in pages: hand \`nextCursor\` back as \`cursor\` until there is none.
- **Reports** come as JSON; as CSV, whose columns have the names of the fields; or as XLSX, with words in the station's language over its columns.
- **Limits.** 12,000 requests in a minute of one credential from one address; then 429 with \`Retry-After\`. Signals and acts on incidents are never held back.
- **What happens** is told by \`GET /api/v1/stream\` and by webhooks, as CloudEvents 1.0.`;

/** Gathers what the routes say of themselves. Must come before every route. */
export async function describeRoutes(app: FastifyInstance, { version }: Pick<ApiPagesDeps, 'version'>): Promise<void> {
  // The page's own routes name no decision; this hook stands before the guard's and makes it.
  app.addHook('onRoute', (route) => {
    if (route.url === docs || route.url.startsWith(`${docs}/`)) route.config = { ...route.config, access: 'public' };
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Baiying', version, description: introduction },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'Session token or API key' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'baiying_session' },
        },
        schemas: { Problem: problemSchema },
      },
    },
    transform: routeDocument,
    transformObject: (document) => {
      const described = jsonSchemaTransformObject(document);
      if (!('components' in described)) throw new Error('the document is no OpenAPI 3');
      for (const path of Object.values(described.paths ?? {})) noteOptionalBody(path?.post);
      // Every named answer comes with a twin for bodies, which no body here is made of.
      const { schemas = {} } = described.components ?? {};
      for (const name of Object.keys(schemas)) if (name.endsWith('Input')) delete schemas[name];
      return described;
    },
  });
}

/** Fastify's plugin calls every body required; an act that takes no more than its path may come without one. */
function noteOptionalBody(way: unknown): void {
  const { requestBody } = Object(way) as {
    requestBody?: { required?: boolean; content?: Record<string, { schema?: { anyOf?: { type?: string }[] } }> };
  };
  const choices = requestBody?.content?.['application/json']?.schema?.anyOf ?? [];
  if (requestBody && choices.some(({ type }) => type === 'null')) requestBody.required = false;
}

/** OpenAPI and AsyncAPI documents and the page that shows the first. Public: they describe the product, not the site. */
export async function apiPages(app: FastifyInstance, { version, channels }: ApiPagesDeps): Promise<void> {
  const config = { access: 'public' } as const;
  app.get('/api/v1/openapi.json', { config, schema: { hide: true } }, async () => app.swagger());
  app.get('/api/v1/asyncapi.json', { config, schema: { hide: true } }, async ({ host, hostname }) =>
    asyncApi(channels, { version, http: host, mqtt: hostname }),
  );
  await app.register(swaggerUi, { routePrefix: docs, uiConfig: { url: '/api/v1/openapi.json', validatorUrl: null } });
}

const problemSchema = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'detail', 'code', 'retry', 'remedy', 'faults', 'requestId'],
  properties: {
    type: { type: 'string' as const, description: 'urn:baiying:error:<code>' },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    detail: { type: 'string' as const },
    code: { type: 'string' as const, enum: Object.keys(errors) },
    retry: { type: 'boolean' as const, description: 'Whether the same request may succeed later' },
    remedy: { type: 'string' as const, description: 'What to do' },
    faults: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        required: ['path', 'message'],
        properties: { path: { type: 'string' as const }, message: { type: 'string' as const } },
      },
    },
    requestId: { type: 'string' as const },
  },
};
