import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWords } from '../words/index.ts';
import { sitesQuery } from './queries.ts';

/** One of the sites, found by a part of its name. */
export function SiteSelect({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}) {
  const say = useWords('installer');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const { data } = useQuery(sitesQuery(search));
  const known = useQuery({ ...sitesQuery(value ?? ''), enabled: value !== undefined });
  const sites = new Map([...(known.data?.items ?? []), ...(data?.items ?? [])].map((site) => [site.id, site.name]));
  return (
    <Select
      label={say('site')}
      placeholder={say('noSite')}
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
