import { Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Heads } from '../parts/heads.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import type { Preview } from './requests.ts';
import classes from './supervisor.module.css';

type Changed = Preview['items'][number];
type Outcome = Changed['before'];
const measures = ['opened', 'ordersAtOnce', 'orders', 'levels', 'dutyLeader', 'supervisor', 'bureauDesk'] as const;

/** What the proposed policy would have done to last week's incidents, beside what the one in force does. */
export function PreviewOf({ preview, windowChanged }: { readonly preview: Preview; readonly windowChanged: boolean }) {
  const say = useWords('policies');
  const typeOf = useWordFor('policies');
  const { incidents, bounded, totals, items, wouldOpen } = preview;
  const place = useRef<HTMLElement>(null);
  // It stands above the rules, and whoever asked for it may be far down among them.
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which would be taken for the end of the effect.
    void place.current?.scrollIntoView({ block: 'start' });
  }, []);
  const opening = Object.entries(wouldOpen).map(([type, count]) => `${typeOf(`opening.${type}`)} ${count}`);
  return (
    <section ref={place} className={`${classes.card} ${classes.preview}`} aria-labelledby="preview-title">
      <Stack>
        <Title order={2} size="h4" id="preview-title">
          {say('previewTitle')}
        </Title>
        <Text>{say('previewOf', { count: incidents })}</Text>
        {bounded && <Text>{say('previewBounded', { count: incidents })}</Text>}
        <Table w="auto" verticalSpacing={4}>
          <Heads of={[say('measure'), say('now'), say('proposed')]} />
          <Table.Tbody>
            {measures.map((measure) => (
              <Table.Tr key={measure}>
                <Table.Th scope="row">{say(`total.${measure}`)}</Table.Th>
                <Table.Td>{totals.before[measure]}</Table.Td>
                <Table.Td fw={totals.before[measure] === totals.after[measure] ? 400 : 700}>{totals.after[measure]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {opening.length > 0 && <Text>{say('wouldOpen', { what: opening.join(', ') })}</Text>}
        {windowChanged && <Text>{say('windowNotReplayed')}</Text>}
        <Text fw={700} role="status">
          {items.length === 0 ? say('nothingChanges') : say('changedCount', { count: items.length })}
        </Text>
        {items.map((item) => (
          <Incident key={item.id} item={item} />
        ))}
      </Stack>
    </section>
  );
}

function Incident({ item }: { readonly item: Changed }) {
  const say = useWords('policies');
  const common = useWords('common');
  const kindOf = useWordFor('common');
  return (
    <article aria-label={say('incidentTitle', { number: item.number })}>
      <Group gap="xs">
        <strong>{say('incidentTitle', { number: item.number })}</strong>
        <PriorityBadge priority={item.priority} />
        <span>{kindOf(`kind.${item.kind}`)}</span>
        <span>{item.siteName}</span>
        {item.exercise && <span>{common('exercise')}</span>}
        <Text span c="var(--muted)">
          {dateAndTime(item.openedAt)}
        </Text>
      </Group>
      <div className={classes.two}>
        <Course name={say('now')} outcome={item.before} />
        <Course name={say('proposed')} outcome={item.after} />
      </div>
    </article>
  );
}

function Course({ name, outcome }: { readonly name: string; readonly outcome: Outcome }) {
  const say = useWords('policies');
  const { opens, orders, levels, engagedAfter, arrivedAfter } = outcome;
  const events = [
    ...orders.map(({ unitName, after }) => ({ after, text: say('orderAt', { seconds: after, unit: unitName ?? say('anotherUnit') }) })),
    ...levels.map(({ after, steps }) => ({
      after,
      text: say('levelAt', { seconds: after, steps: steps.map((step) => say(`step.${step}`)).join('、') }),
    })),
    ...(engagedAfter === undefined ? [] : [{ after: engagedAfter, text: say('engagedAt', { seconds: engagedAfter }) }]),
    ...(arrivedAfter === undefined ? [] : [{ after: arrivedAfter, text: say('arrivedAt', { seconds: arrivedAfter }) }]),
  ].sort((a, b) => a.after - b.after);
  return (
    <div>
      <Text size="sm" c="var(--muted)">
        {name}
      </Text>
      {opens ? (
        <List size="sm">
          {events.map(({ text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn once and never changes
            <List.Item key={index}>{text}</List.Item>
          ))}
        </List>
      ) : (
        <Text size="sm">{say('wouldNotOpen')}</Text>
      )}
    </div>
  );
}
