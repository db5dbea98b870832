import { Button } from '@mantine/core';
import { timeOfDay } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import type { Acts } from './acts.ts';
import classes from './incident.module.css';
import { climbed, type Detail, ladder, type Order } from './model.ts';

const withdrawable = new Set(['queued', 'sent', 'delivered', 'read', 'accepted', 'en-route']);

/** What every unit was asked and how far its answer came: no step is taken for granted. */
export function Orders({ incident, acts }: { readonly incident: Detail; readonly acts: Acts }) {
  const say = useWords('desk');
  return (
    <section className={classes.pane} aria-labelledby="orders-title">
      <h2 id="orders-title">{say('orders')}</h2>
      {incident.orders.length === 0 && <p className={classes.muted}>{say('noOrders')}</p>}
      <ul className={classes.plain}>
        {[...incident.orders].reverse().map((order) => (
          <li key={order.id} className={classes.card}>
            <OneOrder order={order} name={incident.names[order.unitId] ?? order.unitId} withdraw={() => acts.withdraw([order.id])} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneOrder({ order, name, withdraw }: { readonly order: Order; readonly name: string; readonly withdraw: () => void }) {
  const say = useWords('desk');
  const { reached, ended } = climbed(order);
  const last = order.rungs.at(-1);
  const latest = last?.at ?? order.issuedAt;
  return (
    <>
      <strong>{name}</strong> <span className={classes.muted}>{say(order.automatic ? 'automatic' : 'byHand')}</span>{' '}
      <time className={classes.muted} dateTime={latest}>
        {timeOfDay(latest)}
      </time>{' '}
      {ended !== undefined && (
        <span className={classes.ended}>
          {say(`rung.${ended as 'failed'}`)}
          {last?.reason !== undefined && last.state === ended ? ` · ${last.reason}` : ''}
        </span>
      )}
      {withdrawable.has(order.state) && (
        <Button size="compact-xs" variant="subtle" onClick={withdraw}>
          {say('withdraw')}
        </Button>
      )}
      <ol className={classes.ladder}>
        {ladder.map((rung) => {
          const at = reached.get(rung);
          return (
            <li key={rung} data-reached={at !== undefined} title={at && timeOfDay(at)}>
              {say(`rung.${rung}`)}
            </li>
          );
        })}
      </ol>
    </>
  );
}
