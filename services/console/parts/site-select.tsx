import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useWords } from '../words/index.ts';

const shown = 50;

export const sitesQuery = (search: string) =>
  queryOptions({
    queryKey: ['sites', 'list', search],
    queryFn: () => answer(api.GET('/api/v1/sites', { params: { query: { limit: shown, ...(search === '' ? {} : { search }) } } })),
    placeholderData: keepPreviousData,
  });

/** One of the sites, found by a part of its name. @param none what it says while none is chosen */
export function SiteSelect({
  value,
  none,
  onChange,
}: {
  readonly value: string | undefined;
  readonly none: string;
  readonly onChange: (id: string | undefined) => void;
}) {
  const say = useWords('common');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const { data } = useQuery(sitesQuery(search));
  const known = useQuery({ ...sitesQuery(value ?? ''), enabled: value !== undefined });
  const sites = new Map([...(known.data?.items ?? []), ...(data?.items ?? [])].map((site) => [site.id, site.name]));
  return (
    <Select
      label={say('site')}
      placeholder={none}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={say('noneFound')}
      data={[...sites].map(([id, name]) => ({ value: id, label: name }))}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
