import { PriorityShape, priorityOf } from '../parts/priority.tsx';
import { timeOfDay } from '../parts/time.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import classes from './officer.module.css';
import { type EndedOrder, isAnswered, type Order, standingOf, type Unshown, type Waiting } from './orders.ts';

export interface OrderRowsProps {
  readonly orders: readonly Order[];
  readonly chosenId: string | undefined;
  readonly ended: readonly EndedOrder[];
  readonly unshown: Unshown;
  readonly pick: (id: string) => void;
}

/** What else there is: other orders to turn to, and what is over. */
export function OrderRows({ orders, chosenId, ended, unshown, pick }: OrderRowsProps) {
  const say = useWords('officer');
  const kind = useWordFor('common');
  const others = orders.filter(({ id }) => id !== chosenId);
  return (
    <>
      {others.length > 0 && (
        <section aria-label={say('otherOrders')} className={classes.rows}>
          <h2>{say('otherOrders')}</h2>
          {others.map((order) => {
            const { state } = standingOf(order, unshown);
            return (
              <button key={order.id} type="button" className={classes.row} data-asking={!isAnswered(state)} onClick={() => pick(order.id)}>
                <PriorityShape priority={priorityOf(order.priority)} />
                <span>
                  {kind(`kind.${order.kind}`)}
                  {order.site ? ` ${order.site.name}` : ''}
                </span>
                <strong>{say(`state.${state}`)}</strong>
              </button>
            );
          })}
        </section>
      )}
      {ended.length > 0 && (
        <section aria-label={say('ended')} className={classes.rows}>
          <h2>{say('ended')}</h2>
          <ul>
            {ended.map((order) => (
              <li key={order.id} className={classes.ended}>
                <time dateTime={order.issuedAt}>{timeOfDay(order.issuedAt)}</time>
                <span>
                  {say('order', { number: order.incidentNumber })} {kind(`kind.${order.kind}`)}
                </span>
                <strong>{say(isAnswered(order.state) && order.state !== 'declined' ? 'over' : `state.${order.state}`)}</strong>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What was said, in words. */
export function useWhat(): (waiting: Waiting) => string {
  const say = useWords('officer');
  return ({ saying }) => (saying.kind === 'report' ? say(`state.${saying.state}`) : say(`what.${saying.kind}`));
}
