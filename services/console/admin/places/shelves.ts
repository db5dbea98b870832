import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/types.generated.ts';

/** What stands on the register besides devices: who serves where, and what is protected. */
export const shelves = ['stations', 'grids', 'sites', 'units'] as const;
export type Shelf = (typeof shelves)[number];

type Json<T> = T extends { readonly content: { readonly 'application/json': infer B } } ? B : never;
type BodyOf<S extends Shelf> = Json<NonNullable<paths[`/api/v1/${S}`]['post']['requestBody']>>;

/** One row, its parts by name, as a form has them. */
export type Values = Readonly<Record<string, unknown>>;
export interface Entry extends Values {
  readonly id: string;
  readonly name: string;
}

export type FieldKind =
  | { readonly as: 'text'; readonly most: number }
  | { readonly as: 'number'; readonly least: number; readonly most: number }
  | { readonly as: 'truth' }
  | { readonly as: 'choice'; readonly of: readonly string[] }
  | { readonly as: 'one' | 'some'; readonly from: 'stations' | 'grids' | 'units' | 'radios' | 'procedures' }
  | { readonly as: 'point' | 'area' | 'contacts' };
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required?: boolean;
}

const name: Field = { name: 'name', kind: { as: 'text', most: 200 }, required: true };
const station: Field = { name: 'stationId', kind: { as: 'one', from: 'stations' }, required: true };
const location: Field = { name: 'location', kind: { as: 'point' } };
const siteKinds = [
  ...['hospital', 'school', 'kindergarten', 'bank', 'jewellery', 'mall', 'hotel'],
  ...['fuel-station', 'bus-station', 'government', 'other'],
];

export const fieldsOf: Readonly<Record<Shelf, readonly Field[]>> = {
  stations: [name, { name: 'dutyUnitId', kind: { as: 'one', from: 'units' } }, location],
  grids: [
    name,
    station,
    { name: 'officerUnitId', kind: { as: 'one', from: 'units' } },
    { name: 'unitIds', kind: { as: 'some', from: 'units' } },
    { name: 'area', kind: { as: 'area' } },
  ],
  sites: [
    name,
    { name: 'kind', kind: { as: 'choice', of: siteKinds }, required: true },
    station,
    { name: 'gridId', kind: { as: 'one', from: 'grids' } },
    { name: 'address', kind: { as: 'text', most: 500 } },
    { name: 'procedureId', kind: { as: 'one', from: 'procedures' } },
    { name: 'footageDays', kind: { as: 'number', least: 1, most: 3650 } },
    { name: 'exercise', kind: { as: 'truth' } },
    { name: 'contacts', kind: { as: 'contacts' } },
    location,
  ],
  units: [
    name,
    { name: 'tier', kind: { as: 'choice', of: ['city', 'town', 'village'] }, required: true },
    station,
    { name: 'status', kind: { as: 'choice', of: ['available', 'busy', 'off-duty'] }, required: true },
    { name: 'gridIds', kind: { as: 'some', from: 'grids' } },
    { name: 'deviceIds', kind: { as: 'some', from: 'radios' } },
  ],
};

export const startOf: Readonly<Record<Shelf, Values>> = {
  stations: {},
  grids: {},
  sites: { kind: 'hospital' },
  units: { tier: 'city', status: 'available' },
};

const one = (id: string) => ({ params: { path: { id } } });
const most = 500;

/** As much of a list as there is, however much that is. */
async function allOf<T>(page: (cursor: string | undefined) => Promise<{ readonly items: readonly T[]; readonly nextCursor?: string }>) {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    rows.push(...items);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return rows;
}
const query = (cursor: string | undefined) => ({ limit: most, ...(cursor === undefined ? {} : { cursor }) });

const lists: { readonly [S in Shelf | 'radios' | 'procedures']: () => Promise<readonly Entry[]> } = {
  stations: () => allOf((cursor) => answer(api.GET('/api/v1/stations', { params: { query: query(cursor) } }))),
  grids: () => allOf((cursor) => answer(api.GET('/api/v1/grids', { params: { query: query(cursor) } }))),
  sites: () => allOf((cursor) => answer(api.GET('/api/v1/sites', { params: { query: query(cursor) } }))),
  units: () => allOf((cursor) => answer(api.GET('/api/v1/units', { params: { query: query(cursor) } }))),
  radios: () => allOf((cursor) => answer(api.GET('/api/v1/devices', { params: { query: { ...query(cursor), kind: 'radio' } } }))),
  procedures: async () => {
    const all = await allOf((cursor) => answer(api.GET('/api/v1/procedures', { params: { query: query(cursor) } })));
    return all.map(({ id, title }) => ({ id, name: title.zh, title }));
  },
};

/** All of a shelf, for its list and for whoever must choose from it. */
export const listQuery = (shelf: keyof typeof lists) =>
  queryOptions({ queryKey: [shelf, 'all'], queryFn: lists[shelf], staleTime: 30_000 });

/** What a form holds goes out as it is: the server's schema checks it, and tells every fault by its field. */
const sent = <S extends Shelf>(values: Values): BodyOf<S> => values as BodyOf<S>;

export const put: { readonly [S in Shelf]: (id: string, values: Values) => Promise<Entry> } = {
  stations: (id, values) => answer(api.PUT('/api/v1/stations/{id}', { ...one(id), body: sent<'stations'>(values) })),
  grids: (id, values) => answer(api.PUT('/api/v1/grids/{id}', { ...one(id), body: sent<'grids'>(values) })),
  sites: (id, values) => answer(api.PUT('/api/v1/sites/{id}', { ...one(id), body: sent<'sites'>(values) })),
  units: (id, values) => answer(api.PUT('/api/v1/units/{id}', { ...one(id), body: sent<'units'>(values) })),
};
export const post: { readonly [S in Shelf]: (values: Values) => Promise<Entry> } = {
  stations: (values) => answer(api.POST('/api/v1/stations', { body: sent<'stations'>(values) })),
  grids: (values) => answer(api.POST('/api/v1/grids', { body: sent<'grids'>(values) })),
  sites: (values) => answer(api.POST('/api/v1/sites', { body: sent<'sites'>(values) })),
  units: (values) => answer(api.POST('/api/v1/units', { body: sent<'units'>(values) })),
};
export const remove: { readonly [S in Shelf]: (id: string) => Promise<unknown> } = {
  stations: (id) => answer(api.DELETE('/api/v1/stations/{id}', one(id))),
  grids: (id) => answer(api.DELETE('/api/v1/grids/{id}', one(id))),
  sites: (id) => answer(api.DELETE('/api/v1/sites/{id}', one(id))),
  units: (id) => answer(api.DELETE('/api/v1/units/{id}', one(id))),
};
