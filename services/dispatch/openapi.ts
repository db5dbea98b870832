import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { errors } from '../errors.ts';
import { asyncApi, type Channel } from './asyncapi.ts';

export interface ApiPagesDeps {
  readonly version: string;
  /** What goes over MQTT; main takes it from the drivers. */
  readonly channels: readonly Channel[];
}

const docs = '/api/docs';
const problemRef = {
  description: 'Problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Gathers what the routes say of themselves. Must come before every route. */
export async function describeRoutes(app: FastifyInstance, { version }: Pick<ApiPagesDeps, 'version'>): Promise<void> {
  // The page's own routes name no decision; this hook stands before the guard's and makes it.
  app.addHook('onRoute', (route) => {
    if (route.url === docs || route.url.startsWith(`${docs}/`)) route.config = { ...route.config, access: 'public' };
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Baiying', version, description: 'The HTTP side of Baiying. Times are RFC 3339 in UTC, positions WGS-84.' },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'Session token or API key' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'baiying_session' },
        },
        schemas: { Problem: problemSchema },
      },
    },
    transform: (document) => {
      const { schema, url } = jsonSchemaTransform(document);
      const access = document.route.config?.access;
      const open = access === 'public';
      const roles = typeof access === 'object' ? [...new Set([...access.roles, 'admin'])] : [];
      const response = Object(schema?.response);
      return {
        url,
        schema: {
          ...schema,
          security: open ? [] : [{ bearer: [] }, { cookie: [] }],
          ...(roles.length > 0 && { description: [schema?.description, `Roles: ${roles.join(', ')}.`].filter(Boolean).join(' ') }),
          response: { ...response, default: problemRef },
        },
      };
    },
  });
}

/** OpenAPI and AsyncAPI documents and the page that shows the first. Public: they describe the product, not the site. */
export async function apiPages(app: FastifyInstance, { version, channels }: ApiPagesDeps): Promise<void> {
  const async = asyncApi(channels, { version });
  const config = { access: 'public' } as const;
  app.get('/api/v1/openapi.json', { config, schema: { hide: true } }, async () => app.swagger());
  app.get('/api/v1/asyncapi.json', { config, schema: { hide: true } }, async () => async);
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
