import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/types.generated.ts';

type Got<P extends keyof paths> = paths[P] extends {
  readonly get: { readonly responses: { readonly 200: { content: { readonly 'application/json': infer T } } } };
}
  ? T
  : never;

export type AccountOf = Got<'/api/v1/accounts/{id}'>;
export type ApiKey = Got<'/api/v1/api-keys'>['items'][number];
export type Webhook = Got<'/api/v1/webhooks/{id}'>;
export type Delivery = Got<'/api/v1/webhooks/deliveries'>['items'][number];

export const roles = ['operator', 'supervisor', 'installer', 'integrator', 'officer', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];
export const scopes = ['read', 'write', 'signals'] as const;

const page = (cursor: string) => ({ limit: 50, ...(cursor === '' ? {} : { cursor }) });
const paged = { initialPageParam: '', getNextPageParam: ({ nextCursor }: { nextCursor?: string }) => nextCursor };

export const accountsQuery = infiniteQueryOptions({
  queryKey: ['accounts', 'list'],
  queryFn: ({ pageParam }) => answer(api.GET('/api/v1/accounts', { params: { query: page(pageParam) } })),
  ...paged,
});
export const accountQuery = (id: string) =>
  queryOptions({ queryKey: ['accounts', id], queryFn: () => answer(api.GET('/api/v1/accounts/{id}', { params: { path: { id } } })) });
export const sessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['accounts', id, 'sessions'],
    queryFn: () => answer(api.GET('/api/v1/accounts/{id}/sessions', { params: { path: { id } } })),
  });
export const apiKeysQuery = infiniteQueryOptions({
  queryKey: ['api-keys', 'list'],
  queryFn: ({ pageParam }) => answer(api.GET('/api/v1/api-keys', { params: { query: page(pageParam) } })),
  ...paged,
});
export const webhooksQuery = infiniteQueryOptions({
  queryKey: ['webhooks', 'list'],
  queryFn: ({ pageParam }) => answer(api.GET('/api/v1/webhooks', { params: { query: page(pageParam) } })),
  ...paged,
});

export const deliveriesQuery = (state: Delivery['state'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'deliveries', state],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/webhooks/deliveries', { params: { query: { ...page(pageParam), ...(state === undefined ? {} : { state }) } } }),
      ),
    ...paged,
  });

export interface AuditSearch {
  readonly by?: string;
  readonly act?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly until?: string;
}
export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', search],
    queryFn: ({ pageParam }) => answer(api.GET('/api/v1/audit', { params: { query: { ...page(pageParam), ...search } } })),
    ...paged,
  });
