import { Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useRefetchOn } from '../../api/use-live.ts';
import { Heads } from '../../parts/heads.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useWordFor, useWords } from '../../words/index.ts';
import classes from '../admin.module.css';
import { PlaceForm } from './form.tsx';
import { type Entry, listQuery, type Shelf, shelves } from './shelves.ts';

/** Stations, grids, sites and units: what the first run begins, added to and changed. */
export function Places({ path }: { readonly path: readonly string[] }) {
  const say = useWords('places');
  const [named, id = ''] = path;
  const shelf = shelves.find((one) => one === named) ?? 'sites';
  return (
    <Stack>
      <nav className={classes.tabs} aria-label={say('shelves')}>
        {shelves.map((one) => (
          <Link key={one} to={`/admin/places/${one}`} {...(one === shelf ? { 'aria-current': 'page' as const } : {})}>
            {say(one)}
          </Link>
        ))}
      </nav>
      {id === '' && <List key={shelf} shelf={shelf} />}
      {id === 'new' && <PlaceForm key={shelf} shelf={shelf} />}
      {id !== '' && id !== 'new' && <Change key={`${shelf} ${id}`} shelf={shelf} id={id} />}
    </Stack>
  );
}

/** So many rows are drawn; whoever looks for another types a part of its name. */
const drawn = 200;

function List({ shelf }: { readonly shelf: Shelf }) {
  const say = useWords('places');
  const common = useWords('common');
  const is = useWordFor('places');
  const [typed, setTyped] = useState('');
  const { data, error, refetch } = useQuery(listQuery(shelf));
  const stations = useQuery(listQuery('stations'));
  useRefetchOn(['register.'], [shelf]);
  const names = new Map(stations.data?.map(({ id, name }) => [id, name]));
  const wanted = typed.trim().toLowerCase();
  const found = data?.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted)) ?? [];
  return (
    <>
      <Group align="end">
        <TextInput
          flex="1 1 14rem"
          type="search"
          label={common('search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button component={Link} to={`/admin/places/${shelf}/new`} leftSection={<Icon name="plus" />}>
          {say(`new.${shelf}`)}
        </Button>
      </Group>
      <Trouble error={error} retry={() => void refetch()} />
      {!data && !error && <Loading what={say(shelf)} />}
      {data && found.length === 0 && <Text c="var(--muted)">{say('noneFound')}</Text>}
      {found.length > 0 && (
        <Table>
          <Heads of={(['name', 'id', 'what', 'station'] as const).map((head) => say(head))} />
          <Table.Tbody>
            {found.slice(0, drawn).map((entry) => (
              <Table.Tr key={entry.id}>
                <Table.Td>
                  <Link to={`/admin/places/${shelf}/${entry.id}`}>{entry.name}</Link>
                </Table.Td>
                <Table.Td>{entry.id}</Table.Td>
                <Table.Td>
                  {whatOf(entry)
                    .map((what) => is(`is.${what}`))
                    .join(' · ')}
                </Table.Td>
                <Table.Td>{names.get(String(entry['stationId'])) ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {found.length > drawn && <Text c="var(--muted)">{say('andMore', { count: found.length - drawn })}</Text>}
    </>
  );
}

/** What kind of thing it is, as far as its shelf knows kinds. */
const whatOf = (entry: Entry): string[] =>
  ['kind', 'tier', 'status'].flatMap((name) => (typeof entry[name] === 'string' ? [entry[name]] : []));

function Change({ shelf, id }: { readonly shelf: Shelf; readonly id: string }) {
  const say = useWords('places');
  return (
    <Loaded query={useQuery(listQuery(shelf))} what={say(shelf)}>
      {(entries) => {
        const entry = entries.find((one) => one.id === id);
        return entry ? <PlaceForm shelf={shelf} entry={entry} /> : <Text role="alert">{say('gone')}</Text>;
      }}
    </Loaded>
  );
}
