import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/types.generated.ts';
import { language } from '../words/index.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  readonly get: { readonly responses: { readonly 200: { content: { readonly 'application/json': infer T } } } };
}
  ? T
  : never;

export type Drivers = Answer<'/api/v1/drivers'>;
export type Driver = Drivers['items'][number];
export type DeviceKind = Driver['kind'];
export type Device = Answer<'/api/v1/devices/{id}'>;
export type Installation = Answer<'/api/v1/sites/{id}/installation'>;
export type Installed = Installation['devices'][number];
export type Plan = Answer<'/api/v1/sites/{id}/plans'>['items'][number];
export type WalkTest = Answer<'/api/v1/devices/{id}/tests'>['items'][number];
export type DueTests = Exclude<Answer<'/api/v1/reports/tests-due'>, string>;

export const kinds: readonly DeviceKind[] = ['key', 'camera', 'loudspeaker', 'radio'];

export const driversQuery = queryOptions({
  queryKey: ['drivers'],
  queryFn: () => answer(api.GET('/api/v1/drivers')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id],
    queryFn: () => answer(api.GET('/api/v1/devices/{id}', { params: { path: { id } } })),
  });

const shown = 50;

export const devicesQuery = (search: string, kind?: DeviceKind) =>
  queryOptions({
    queryKey: ['devices', 'list', search, kind],
    queryFn: () =>
      answer(
        api.GET('/api/v1/devices', {
          params: { query: { limit: shown, ...(search === '' ? {} : { search }), ...(kind === undefined ? {} : { kind }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const installationQuery = (siteId: string) =>
  queryOptions({
    queryKey: ['sites', siteId, 'installation'],
    queryFn: () => answer(api.GET('/api/v1/sites/{id}/installation', { params: { path: { id: siteId } } })),
  });

export const plansQuery = (siteId: string) =>
  queryOptions({
    queryKey: ['sites', siteId, 'plans'],
    queryFn: () => answer(api.GET('/api/v1/sites/{id}/plans', { params: { path: { id: siteId } } })),
  });

export const doctorQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id, 'doctor', language()],
    queryFn: () => answer(api.GET('/api/v1/devices/{id}/doctor', { params: { path: { id }, query: { lang: language() } } })),
  });

export const testsQuery = (of: 'devices' | 'sites', id: string, limit: number) =>
  queryOptions({
    queryKey: [of, id, 'tests', limit, language()],
    queryFn: () =>
      of === 'devices'
        ? answer(api.GET('/api/v1/devices/{id}/tests', { params: { path: { id }, query: { limit, lang: language() } } }))
        : answer(api.GET('/api/v1/sites/{id}/tests', { params: { path: { id }, query: { limit, lang: language() } } })),
  });

export const presetsQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id, 'presets'],
    queryFn: () => answer(api.GET('/api/v1/cameras/{id}/presets', { params: { path: { id } } })),
    staleTime: 60_000,
    retry: false,
  });

export const dueQuery = (kind: DeviceKind | undefined, siteId?: string) =>
  queryOptions({
    queryKey: ['reports', 'tests-due', kind, siteId],
    queryFn: async (): Promise<DueTests> => {
      const query = { ...(kind === undefined ? {} : { kind }), ...(siteId === undefined ? {} : { siteId }) };
      const list = await answer(api.GET('/api/v1/reports/tests-due', { params: { query } }));
      if (typeof list === 'string') throw new TypeError('a list was asked for and a sheet came');
      return list;
    },
  });
