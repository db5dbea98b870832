import { Anchor, Group, Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './patrol.module.css';

const sheets = ['rounds', 'operators', 'cameras'] as const;

/** What came of the rounds of the last thirty days. */
export function Report() {
  const say = useWords('patrol');
  const { data, error } = useQuery({ queryKey: ['reports', 'rounds'], queryFn: () => answer(api.GET('/api/v1/reports/rounds')) });
  const report = typeof data === 'object' ? data : undefined;
  const rows = report ? [...report.rounds, { roundId: '', name: say('sum'), ...report.total }] : [];
  return (
    <section className={classes.card} aria-labelledby="patrol-report">
      <div className={classes.cardHead}>
        <Title order={2} size="h5" id="patrol-report">
          {say('report')}
        </Title>
        <Group gap="xs">
          {sheets.map((part) => (
            <Anchor key={part} size="sm" href={`/api/v1/reports/rounds?format=xlsx&part=${part}`} download>
              {say(`sheet.${part}`)}
            </Anchor>
          ))}
        </Group>
      </div>
      <Trouble error={error} />
      <Table verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('round')}</Table.Th>
            <Table.Th ta="end">{say('planned')}</Table.Th>
            <Table.Th ta="end">{say('done')}</Table.Th>
            <Table.Th ta="end">{say('missedShort')}</Table.Th>
            <Table.Th ta="end">{say('abandoned')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.roundId}>
              <Table.Td>{row.name}</Table.Td>
              <Table.Td ta="end">{row.planned}</Table.Td>
              <Table.Td ta="end">{row.done}</Table.Td>
              <Table.Td ta="end" {...(row.missed > 0 && { c: 'var(--bad)', fw: 700 })}>
                {row.missed}
              </Table.Td>
              <Table.Td ta="end">{row.abandoned}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
