import { Table, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { climbed, type Detail, ladder } from '../desk/model.ts';
import { Heads } from '../parts/heads.tsx';
import { dateAndTime, timeOfDay } from '../parts/time.tsx';
import { language, useWordFor, useWords } from '../words/index.ts';
import classes from './records.module.css';

interface PartProps {
  readonly incident: Detail;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h5" id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}

/** What was to be done there, and who ticked it when. */
export function Steps({ incident: { procedure } }: PartProps) {
  const say = useWords('records');
  if (!procedure) return null;
  return (
    <Part title={say('procedure', { title: procedure.title[language()] })}>
      <ol className={classes.steps}>
        {procedure.steps.map(({ id, text, mandatory, done }) => (
          <li key={id}>
            {text[language()]} {mandatory && <span className={classes.muted}>({say(procedure.binding ? 'mandatory' : 'advised')})</span>}{' '}
            <span className={classes.muted}>{done ? say('stepDone', { name: done.by, at: dateAndTime(done.at) }) : say('stepOpen')}</span>
          </li>
        ))}
      </ol>
    </Part>
  );
}

/** Whom it was asked of, and how far each answer came. */
export function Orders({ incident: { orders, names } }: PartProps) {
  const [say, desk] = [useWords('records'), useWords('desk')];
  const rung = useWordFor('desk');
  return (
    <Part title={say('orders')}>
      {orders.length === 0 && <Text>{desk('noOrders')}</Text>}
      {orders.length > 0 && (
        <Table verticalSpacing={4}>
          <Heads of={(['unit', 'how', 'ladder'] as const).map((head) => say(head))} />
          <Table.Tbody>
            {orders.map((order) => {
              const { reached, ended } = climbed(order);
              const rungs = [...ladder, ...(ended === undefined ? [] : [ended])].flatMap((name) => {
                const at = reached.get(name);
                return at === undefined ? [] : `${rung(`rung.${name}`)} ${timeOfDay(at)}`;
              });
              return (
                <Table.Tr key={order.id}>
                  <Table.Td>{names[order.unitId] ?? order.unitId}</Table.Td>
                  <Table.Td>{desk(order.automatic ? 'automatic' : 'byHand')}</Table.Td>
                  <Table.Td>{rungs.join(' · ')}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </Part>
  );
}

/** What was said there, and whether it was heard. */
export function Broadcasts({ incident: { broadcasts, names } }: PartProps) {
  const [say, warn] = [useWords('records'), useWords('warn')];
  if (broadcasts.length === 0) return null;
  return (
    <Part title={say('broadcasts')}>
      <Table verticalSpacing={4}>
        <Heads of={(['at', 'words', 'by', 'heard'] as const).map((head) => say(head))} />
        <Table.Tbody>
          {broadcasts.map(({ id, issuedAt, live, text, requestedBy, targets }) => (
            <Table.Tr key={id}>
              <Table.Td>{timeOfDay(issuedAt)}</Table.Td>
              <Table.Td>{live ? warn('liveTalk') : text}</Table.Td>
              <Table.Td>{requestedBy}</Table.Td>
              <Table.Td>
                {targets.map(({ deviceId, state }) => (
                  <div key={deviceId}>
                    {names[deviceId] ?? deviceId} · {warn(`state.${state}`)}
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Part>
  );
}

/** Everything in its order, and the seal over it. */
export function Timeline({ incident: { timeline } }: PartProps) {
  const say = useWords('records');
  const last = timeline.at(-1);
  return (
    <Part title={say('timeline')}>
      <ol className={classes.entries}>
        {timeline.map((entry) => (
          <li key={entry.seq}>
            <time dateTime={entry.at}>{timeOfDay(entry.at)}</time>
            <span>{entry.said[language()]}</span>
          </li>
        ))}
      </ol>
      {last && <p className={classes.seal}>{say('seal', { count: timeline.length, hash: last.hash })}</p>}
    </Part>
  );
}
