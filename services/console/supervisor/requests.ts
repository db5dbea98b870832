import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/types.generated.ts';

type Got<P extends keyof paths> = paths[P] extends {
  readonly get: { readonly responses: { readonly 200: { content: { readonly 'application/json': infer T } } } };
}
  ? T
  : never;

export type Handover = Got<'/api/v1/handovers/{id}'>;
export type Item = Handover['items'][number];
export type ListedHandover = Got<'/api/v1/handovers'>['items'][number];
export type Standing = Got<'/api/v1/policies'>;
export type Policy = Standing['policy'];
export type Rule = Policy['escalation']['rules'][number];
export type Level = Rule['acknowledge'][number];
export type Preview = paths['/api/v1/policies/preview']['post']['responses']['200']['content']['application/json'];

export const handoversQuery = infiniteQueryOptions({
  queryKey: ['handovers', 'list'],
  queryFn: ({ pageParam }) =>
    answer(api.GET('/api/v1/handovers', { params: { query: { limit: 30, ...(pageParam === '' ? {} : { cursor: pageParam }) } } })),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

export const handoverQuery = (id: string) =>
  queryOptions({
    queryKey: ['handovers', id],
    queryFn: () => answer(api.GET('/api/v1/handovers/{id}', { params: { path: { id } } })),
  });

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: () => answer(api.GET('/api/v1/policies')),
  // What somebody is changing must not be replaced under the hands.
  staleTime: Number.POSITIVE_INFINITY,
});

export const prepareHandover = (): Promise<Handover> => answer(api.POST('/api/v1/handovers', { body: {} }));
