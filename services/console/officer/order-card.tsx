import { useEffect, useEffectEvent, useRef } from 'react';
import { Icon } from '../parts/icon.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { Ago, clockFace, useSecond } from '../parts/time.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import { Contacts } from './contacts.tsx';
import classes from './officer.module.css';
import { isAnswered, type Order, type Place, type Standing } from './orders.ts';
import { Scene } from './scene.tsx';
import { WayThere } from './way-there.tsx';

export interface OrderCardProps {
  readonly order: Order;
  readonly standing: Standing;
  readonly expired: boolean;
  readonly here: Place | undefined;
  /** The officer has it before the eyes. */
  readonly seen: () => void;
}

/** One order with all that is needed on the way and at the door; the most needed first. */
export function OrderCard({ order, standing, expired, here, seen }: OrderCardProps) {
  const say = useWords('officer');
  const common = useWords('common');
  const kind = useWordFor('common');
  const card = useRef<HTMLElement>(null);
  useSeen(card, order, seen);
  const { site, others } = order;
  const to = order.location ?? site?.location;
  const asking = !isAnswered(standing.state) && !expired;
  return (
    <article
      ref={card}
      className={classes.card}
      data-asking={asking}
      data-over={expired}
      aria-label={say('order', { number: order.incidentNumber })}
    >
      <div className={classes.marks}>
        <PriorityBadge priority={order.priority} />
        {order.exercise && <span className={classes.exercise}>{common('exercise')}</span>}
        <span className={classes.number}>{say('order', { number: order.incidentNumber })}</span>
        <Ago at={order.issuedAt} />
      </div>
      <h2>{kind(`kind.${order.kind}`)}</h2>
      {order.silent && (
        <p className={classes.silent}>
          <Icon name="silent" />
          {say('silent')}
        </p>
      )}
      <p className={classes.text}>{order.text}</p>
      <State order={order} standing={standing} expired={expired} />
      {to && <WayThere here={here} to={to} name={site?.name ?? say('order', { number: order.incidentNumber })} />}
      {site && (
        <section>
          <h3>{say('site')}</h3>
          <p>
            <strong>{site.name}</strong>
            <br />
            {site.address}
          </p>
          <Contacts contacts={site.contacts} />
        </section>
      )}
      <Scene cameras={order.cameras} />
      {others.length > 0 && (
        <section>
          <h3>{say('others')}</h3>
          <ul>
            {others.map((other) => (
              <li key={other.unitId}>
                {other.name} <strong>{say(`state.${other.state}`)}</strong>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

function State({ order, standing, expired }: Pick<OrderCardProps, 'order' | 'standing' | 'expired'>) {
  const say = useWords('officer');
  const now = useSecond();
  const left = Math.floor(Date.parse(order.expiresAt) / 1000) - now;
  return (
    <p className={classes.state} role="status">
      <strong data-waiting={standing.waiting}>{expired ? say('expired') : say(`state.${standing.state}`)}</strong>
      {standing.waiting && (
        <span className={classes.waiting}>
          <Icon name="clock" size="1em" />
          {say('waiting')}
        </span>
      )}
      {!expired && !isAnswered(standing.state) && <span>{say('expires', { left: clockFace(left) })}</span>}
    </p>
  );
}

/** Read means: on a screen that is on, for long enough to be looked at. */
const lookedAt = 700;

function useSeen(card: React.RefObject<HTMLElement | null>, order: Order, seen: () => void): void {
  const tell = useEffectEvent(seen);
  const { state } = order;
  useEffect(() => {
    const element = card.current;
    if (!element || isAnswered(state)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let inView = false;
    const look = (): void => {
      clearTimeout(timer);
      if (inView && document.visibilityState === 'visible') timer = setTimeout(() => tell(), lookedAt);
    };
    const watcher = new IntersectionObserver(([entry]) => {
      inView = entry?.isIntersecting === true;
      look();
    });
    watcher.observe(element);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [card, state]);
}
