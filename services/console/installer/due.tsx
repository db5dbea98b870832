import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useRefetchOn } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Ago } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { Heading } from './heading.tsx';
import classes from './installer.module.css';
import { type DeviceKind, type DueTests, dueQuery, kinds } from './queries.ts';
import { LastTest } from './site.tsx';
import { kindIcon } from './state.tsx';

/** What must be tested, the longest due first. */
export function TestsDue() {
  const say = useWords('installer');
  const common = useWords('common');
  const [kind, setKind] = useState<DeviceKind>('key');
  const { data, error, refetch } = useQuery(dueQuery(kind));
  useRefetchOn(['device-test.', 'incident.opened', 'register.'], ['reports', 'tests-due']);
  return (
    <Stack>
      <Heading title={say('due')} back="/installer">
        <Button variant="default" leftSection={<Icon name="print" />} onClick={() => print()}>
          {say('print')}
        </Button>
        <Button variant="default" component="a" href={`/api/v1/reports/tests-due?kind=${kind}&format=xlsx`} download>
          XLSX
        </Button>
      </Heading>
      <SegmentedControl
        data-print="leave"
        aria-label={say('kind')}
        value={kind}
        onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'key')}
        data={kinds.map((one) => ({ value: one, label: common(`device.${one}`) }))}
      />
      <Trouble error={error} retry={() => void refetch()} />
      {!data && !error && <Loading what={say('due')} />}
      {data && (
        <>
          <Text role="status">{say('dueCount', { count: data.items.length, days: data.everyDays[kind] ?? 0 })}</Text>
          <List due={data} />
          {data.more && <Text c="var(--muted)">{say('moreFound')}</Text>}
        </>
      )}
    </Stack>
  );
}

function List({ due }: { readonly due: DueTests }) {
  const say = useWords('installer');
  if (due.items.length === 0) return null;
  return (
    <ul className={classes.list}>
      {due.items.map((item) => (
        <li key={item.deviceId}>
          <Link to={`/installer/device/${item.deviceId}`} className={classes.row}>
            <Icon name={kindIcon[item.kind]} />
            <div>
              <div className={classes.name}>{item.name}</div>
              <div className={classes.detail}>
                <span>{item.siteName ?? say('noSite')}</span>
                <LastTest device={item} />
              </div>
            </div>
            <Group gap={4}>
              <span className={classes.detail}>
                {say('dueSince')} <Ago at={item.dueAt} />
              </span>
            </Group>
          </Link>
        </li>
      ))}
    </ul>
  );
}
