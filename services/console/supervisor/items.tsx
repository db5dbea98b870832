import { Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Heads } from '../parts/heads.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import type { Handover, Item } from './requests.ts';
import classes from './supervisor.module.css';

interface Props {
  readonly handover: Handover;
  /** Notes that were changed here; absent where nothing may be changed. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly onNote?: (key: string, note: string) => void;
}

const kinds = ['incident', 'order', 'device', 'round'] as const;
const heads = {
  incident: ['number', 'what', 'state', 'holder', 'where', 'since'],
  order: ['number', 'unit', 'state', 'since'],
  device: ['device', 'trouble', 'where', 'since'],
  round: ['round', 'dueAt'],
} as const;

/** Everything that was open, by what it is, each with its note. */
export function Items({ handover, notes, onNote }: Props) {
  const say = useWords('supervisor');
  const { items, leftOut } = handover;
  return (
    <Stack>
      {items.length === 0 && <Text>{say('noneOpen')}</Text>}
      {kinds.map((kind) => {
        const some = items.filter((item) => item.kind === kind);
        return some.length === 0 ? null : (
          <section key={kind} className={classes.card} aria-labelledby={`handover-${kind}`}>
            <Title order={2} size="h5" id={`handover-${kind}`}>
              {say(`items.${kind}`)} ({some.length})
            </Title>
            <Table verticalSpacing={6}>
              <Heads of={[...heads[kind], 'note' as const].map((head) => say(head))} />
              <Table.Tbody>
                {some.map((item) => (
                  <Table.Tr key={item.key}>
                    <Cells item={item} />
                    <Table.Td>{onNote ? <Note item={item} value={notes?.[item.key]} onNote={onNote} /> : item.note}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </section>
        );
      })}
      {leftOut > 0 && <Text>{say('leftOut', { count: leftOut })}</Text>}
    </Stack>
  );
}

function Note({
  item,
  value,
  onNote,
}: {
  readonly item: Item;
  readonly value: string | undefined;
  readonly onNote: NonNullable<Props['onNote']>;
}) {
  const say = useWords('supervisor');
  const what = 'number' in item ? String(item.number) : item.name;
  return (
    <TextInput
      size="xs"
      aria-label={say('noteFor', { what })}
      value={value ?? item.note ?? ''}
      maxLength={1000}
      onChange={(event) => onNote(item.key, event.currentTarget.value)}
    />
  );
}

function Cells({ item }: { readonly item: Item }) {
  const common = useWords('common');
  const kindOf = useWordFor('common');
  const word = useWordFor('supervisor');
  const mark = item.exercise ? ` · ${common('exercise')}` : '';
  switch (item.kind) {
    case 'incident':
      return (
        <Row
          cells={[
            <ToDesk key="number" of={item} />,
            <Group key="what" gap="xs">
              <PriorityBadge priority={item.priority} />
              {kindOf(`kind.${item.what}`)}
              {mark}
            </Group>,
            kindOf(`state.${item.state}`),
            item.holder ?? '—',
            item.siteName ?? '—',
            dateAndTime(item.openedAt),
          ]}
        />
      );
    case 'order':
      return (
        <Row
          cells={[<ToDesk key="number" of={item} />, `${item.unitName}${mark}`, word(`order.${item.state}`), dateAndTime(item.issuedAt)]}
        />
      );
    case 'device':
      return (
        <Row
          cells={[
            `${kindOf(`device.${item.deviceKind}`)} ${item.name}${mark}`,
            word(`trouble.${item.trouble}`),
            item.siteName ?? '—',
            dateAndTime(item.since),
          ]}
        />
      );
    case 'round':
      return <Row cells={[item.name, dateAndTime(item.dueAt)]} />;
    default:
      return item satisfies never;
  }
}

const ToDesk = ({ of }: { readonly of: { readonly number: number; readonly incidentId: string } }) => (
  <Link to={`/desk/${of.incidentId}`}>{of.number}</Link>
);

const Row = ({ cells }: { readonly cells: readonly ReactNode[] }) =>
  cells.map((cell, index) => (
    // The columns of a table stay where they are.
    // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
    <Table.Td key={index}>{cell}</Table.Td>
  ));
