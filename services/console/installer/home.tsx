import { Group, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useRefetchOn } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { sitesQuery } from '../parts/site-select.tsx';
import { useWords } from '../words/index.ts';
import { Heading } from './heading.tsx';
import classes from './installer.module.css';
import { LinkButton } from './link-button.tsx';
import { devicesQuery } from './queries.ts';
import { Connection, kindIcon } from './state.tsx';

/** Where the work begins: a site, a device, or one of the tools. */
export function Home() {
  const say = useWords('installer');
  const common = useWords('common');
  const [of, setOf] = useState<'sites' | 'devices'>('sites');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  return (
    <Stack>
      <Heading title={say('title')} />
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs">
        <LinkButton to="/installer/find" size="md" leftSection={<Icon name="camera" />}>
          {say('find')}
        </LinkButton>
        <LinkButton to="/installer/new" size="md" leftSection={<Icon name="plus" />}>
          {say('new')}
        </LinkButton>
        <LinkButton to="/installer/due" size="md" variant="default" leftSection={<Icon name="clock" />}>
          {say('due')}
        </LinkButton>
        <LinkButton to="/installer/sheet" size="md" variant="default" leftSection={<Icon name="order" />}>
          {say('sheet')}
        </LinkButton>
      </SimpleGrid>
      <Group gap="xs" align="end">
        <SegmentedControl
          aria-label={say('searchIn')}
          value={of}
          onChange={(value) => setOf(value === 'devices' ? 'devices' : 'sites')}
          data={[
            { value: 'sites', label: say('sites') },
            { value: 'devices', label: say('devices') },
          ]}
        />
        <TextInput
          flex="1 1 12rem"
          type="search"
          aria-label={common('search')}
          placeholder={say('searchHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Group>
      {of === 'sites' ? <Sites search={search} /> : <Devices search={search} />}
    </Stack>
  );
}

function Sites({ search }: { readonly search: string }) {
  const say = useWords('installer');
  useRefetchOn(['register.'], ['sites', 'list']);
  return (
    <Loaded query={useQuery(sitesQuery(search))} what={say('sites')}>
      {({ items, nextCursor }) => (
        <Found empty={items.length === 0} more={nextCursor !== undefined}>
          {items.map((site) => (
            <li key={site.id}>
              <Link to={`/installer/sites/${site.id}`} className={classes.row}>
                <Icon name="map" />
                <div>
                  <div className={classes.name}>{site.name}</div>
                  <div className={classes.detail}>{site.address === '' ? say('noAddress') : site.address}</div>
                </div>
                <Icon name="right" />
              </Link>
            </li>
          ))}
        </Found>
      )}
    </Loaded>
  );
}

function Devices({ search }: { readonly search: string }) {
  const say = useWords('installer');
  useRefetchOn(['register.', 'device.'], ['devices', 'list']);
  return (
    <Loaded query={useQuery(devicesQuery(search))} what={say('devices')}>
      {({ items, nextCursor }) => (
        <Found empty={items.length === 0} more={nextCursor !== undefined}>
          {items.map((device) => (
            <li key={device.id}>
              <Link to={`/installer/device/${device.id}`} className={classes.row}>
                <Icon name={kindIcon[device.kind]} />
                <div>
                  <div className={classes.name}>{device.name}</div>
                  <div className={classes.detail}>{device.id}</div>
                </div>
                <Connection state={device.state} />
              </Link>
            </li>
          ))}
        </Found>
      )}
    </Loaded>
  );
}

function Found({ empty, more, children }: { readonly empty: boolean; readonly more: boolean; readonly children: React.ReactNode }) {
  const common = useWords('common');
  const say = useWords('installer');
  if (empty) return <Text c="var(--muted)">{common('noneFound')}</Text>;
  return (
    <>
      <ul className={classes.list}>{children}</ul>
      {more && <Text c="var(--muted)">{say('moreFound')}</Text>}
    </>
  );
}
