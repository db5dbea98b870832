import { Button, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../api/session.ts';
import { Heads } from '../parts/heads.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { dateAndTime, useSecond, withLocalTimes } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { Heading } from './heading.tsx';
import { installationQuery, testsQuery } from './queries.ts';
import { Mark } from './state.tsx';
import { Measured } from './walk-test.tsx';

const most = 200;

/** The walk tests of a site, to be printed and signed. */
export function WalkRecord({ siteId }: { readonly siteId: string }) {
  const say = useWords('installer');
  const installation = useQuery(installationQuery(siteId));
  const { data, error, refetch } = useQuery(testsQuery('sites', siteId, most));
  const { actor } = useSession();
  const now = useSecond();
  const names = new Map(installation.data?.devices.map((device) => [device.id, device.name]));
  const site = installation.data?.site.name ?? siteId;
  return (
    <Stack>
      <Heading title={say('recordOf', { site })} back={`/installer/sites/${siteId}`}>
        <Button leftSection={<Icon name="print" />} onClick={() => print()}>
          {say('print')}
        </Button>
      </Heading>
      <Trouble error={error ?? installation.error} retry={() => void refetch()} />
      {!data && !error && <Loading what={say('recordOf', { site })} />}
      {data?.items.length === 0 && <Text>{say('noTests')}</Text>}
      {data && data.items.length > 0 && (
        <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': say('recordOf', { site }) } }}>
          <Table withTableBorder>
            <Heads of={(['device', 'when', 'tester', 'result', 'measures'] as const).map((head) => say(head))} />
            <Table.Tbody>
              {data.items.map((test) => (
                <Table.Tr key={test.id}>
                  <Table.Td>{names.get(test.deviceId) ?? test.deviceId}</Table.Td>
                  <Table.Td>{dateAndTime(test.at)}</Table.Td>
                  <Table.Td>{test.by}</Table.Td>
                  <Table.Td>
                    <Mark standing={test.passed ? 'good' : 'bad'}>{say(test.passed ? 'testPassed' : 'testFailed')}</Mark>
                  </Table.Td>
                  <Table.Td>
                    <Measured measured={test.measured} />
                    {test.findings.map(({ code, text }) => (
                      <div key={code}>{withLocalTimes(text)}</div>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Text size="sm">{say('printedBy', { name: actor.name, at: dateAndTime(now * 1000) })}</Text>
      <Text size="sm">{say('signature')} ____________________</Text>
    </Stack>
  );
}
