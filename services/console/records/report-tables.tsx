import { Table, Text } from '@mantine/core';
import type { paths } from '../api/types.generated.ts';
import { Heads } from '../parts/heads.tsx';
import { clockFace } from '../parts/time.tsx';
import { language, useWords } from '../words/index.ts';
import classes from './records.module.css';

type Answer<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: { content: { 'application/json': infer A } } } } }
  ? Exclude<A, string>
  : never;
type TimesAnswer = Answer<'/api/v1/reports/response-times'>;
type SpotsAnswer = Answer<'/api/v1/reports/hot-spots'>;
type FalseAnswer = Answer<'/api/v1/reports/false-alarms'>;

const steps = ['acknowledged', 'dispatched', 'arrived'] as const;

export function Times({ total, stations }: TimesAnswer) {
  const [say, common] = [useWords('records'), useWords('common')];
  const rows = [
    ...stations.map((row) => ({ ...row, called: row.name ?? row.stationId ?? say('noStation') })),
    { ...total, called: say('all') },
  ];
  const time = (seconds: number | undefined) => (seconds === undefined ? say('notYet') : clockFace(Math.round(seconds)));
  if (total.incidents === 0) return <Text c="var(--muted)">{common('nothing')}</Text>;
  return (
    <Table className={classes.figures}>
      <Heads of={[say('station'), say('incidents'), ...steps.flatMap((step) => [say(`half.${step}`), say(`most.${step}`)])]} />
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.called}>
            <Table.Th scope="row">{row.called}</Table.Th>
            <Table.Td>{row.incidents}</Table.Td>
            {steps.flatMap((step) => [
              <Table.Td key={step}>{time(row[step].p50)}</Table.Td>,
              <Table.Td key={`${step} most`}>{time(row[step].p90)}</Table.Td>,
            ])}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const shown = 10;

export function Spots({ spots }: { readonly spots: SpotsAnswer['sites'] }) {
  const [say, common] = [useWords('records'), useWords('common')];
  if (spots.length === 0) return <Text c="var(--muted)">{common('nothing')}</Text>;
  return (
    <Table className={classes.figures}>
      <Heads of={[say('where'), say('incidents'), say('before'), say('change')]} />
      <Table.Tbody>
        {spots.slice(0, shown).map(({ id, name, incidents, before }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row">{name ?? id}</Table.Th>
            <Table.Td>{incidents}</Table.Td>
            <Table.Td>{before}</Table.Td>
            <Table.Td>{`${incidents > before ? '+' : ''}${incidents - before}`}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** 5 January 1970 was a Monday. */
const dayOf = (weekday: number): string =>
  new Date(Date.UTC(1970, 0, 4 + weekday)).toLocaleDateString(language() === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'short',
    timeZone: 'UTC',
  });
const weekdays = [1, 2, 3, 4, 5, 6, 7];
const dayHours = Array.from({ length: 24 }, (_, hour) => hour);

/** The week as a table of hours: the busier, the lighter, and the number stands in it. */
export function Hours({ hours }: { readonly hours: SpotsAnswer['hours'] }) {
  const [say, common] = [useWords('records'), useWords('common')];
  const counts = new Map(hours.map(({ weekday, hour, incidents }) => [`${weekday} ${hour}`, incidents]));
  const most = Math.max(1, ...counts.values());
  if (hours.length === 0) return <Text c="var(--muted)">{common('nothing')}</Text>;
  return (
    <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': say('hotHours') } }}>
      <Table className={classes.week} withColumnBorders>
        <Heads of={[say('weekday'), ...dayHours.map(String)]} />
        <Table.Tbody>
          {weekdays.map((weekday) => (
            <Table.Tr key={weekday}>
              <Table.Th scope="row">{dayOf(weekday)}</Table.Th>
              {dayHours.map((hour) => {
                const count = counts.get(`${weekday} ${hour}`) ?? 0;
                return (
                  <Table.Td key={hour} data-heat={count === 0 ? 0 : Math.ceil((3 * count) / most)}>
                    {count === 0 ? '' : count}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const verdicts = ['genuine', 'false', 'test', 'duplicate', 'nonPolice'] as const;
const wordOf = { genuine: 'genuine', false: 'false', test: 'test', duplicate: 'duplicate', nonPolice: 'non-police' } as const;

export function False({ total, devices }: FalseAnswer) {
  const [say, desk, common] = [useWords('records'), useWords('desk'), useWords('common')];
  if (total.closed === 0) return <Text c="var(--muted)">{common('nothing')}</Text>;
  const rows = [
    ...devices
      .slice(0, shown)
      .map((row) => ({ ...row, key: row.deviceId, called: [row.siteName, row.name ?? row.deviceId].filter(Boolean).join(' · ') })),
    { ...total, key: '', called: say('all') },
  ];
  return (
    <Table className={classes.figures}>
      <Heads of={[say('device'), say('closed'), ...verdicts.map((one) => desk(`disposition.${wordOf[one]}`))]} />
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.key}>
            <Table.Th scope="row">{row.called}</Table.Th>
            <Table.Td>{row.closed}</Table.Td>
            {verdicts.map((one) => (
              <Table.Td key={one}>{row[one]}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
