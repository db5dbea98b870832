import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { useSecond } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import { Answers } from './answers.tsx';
import { useAwake } from './awake.ts';
import { openBook } from './book.ts';
import { callStanding } from './call.ts';
import { Head } from './head.tsx';
import { Help } from './help.tsx';
import { install } from './install.ts';
import { holdLine } from './line.ts';
import { OfficerModel, type Shown } from './model.ts';
import { Notices, Shortcomings } from './notices.tsx';
import classes from './officer.module.css';
import { OrderCard } from './order-card.tsx';
import { OrderRows } from './order-rows.tsx';
import { chosenOf, isAnswered, isExpired, isOpen, type Order, standingOf } from './orders.ts';
import { usePosition } from './position.ts';
import { send } from './send.ts';
import { type Calling, glareOf, useArmed, useCalling } from './siren.ts';

/** The page on an officer's phone. */
export default function OfficerPage() {
  const say = useWords('officer');
  const { account } = useSession();
  useEffect(install, []);
  if (account === undefined) return <main className={classes.page}>{say('noUnit')}</main>;
  return <Page key={account.id} accountId={account.id} />;
}

function Page({ accountId }: { readonly accountId: string }) {
  const client = useQueryClient();
  const model = useMemo(
    () =>
      new OfficerModel({
        ...{ accountId, openBook, send, holdLine },
        signedOut: () => void client.invalidateQueries({ queryKey: ['session'] }),
      }),
    [accountId, client],
  );
  useEffect(() => model.start(), [model]);
  const shown = useSyncExternalStore(model.subscribe, model.shown);
  const [picked, pick] = useState<string>();
  const onDuty = dutyOf(shown);
  const position = usePosition(onDuty);
  const here = position.state === 'known' ? position : undefined;
  useAwake(onDuty);
  const armed = useArmed();
  const now = useSecond() * 1000;
  const orders = shown.orders?.items ?? [];
  const chosen = chosenOf(orders, picked, shown);
  const calling = callOf(orders, shown, now);
  useCalling(calling);
  const glare = glareOf(calling, armed);
  const standing = chosen && standingOf(chosen, shown);
  const expired = chosen !== undefined && standing !== undefined && isExpired(chosen, standing.state, now);
  const shortcomings = <Shortcomings shown={shown} armed={armed} position={position} onDuty={onDuty} />;
  return (
    <div className={classes.page} data-glare={glare}>
      <div>
        <Head model={model} shown={shown} onDuty={onDuty} />
        {glare && <Glare what={glare} />}
      </div>
      <main className={classes.main}>
        <Notices model={model} shown={shown} />
        {!calling && shortcomings}
        {shown.line.state === 'refused' && <Trouble error={shown.line.error} />}
        <Asking orders={orders.filter(({ id }) => id !== chosen?.id)} shown={shown} now={now} pick={pick} />
        {chosen && standing ? (
          <OrderCard
            key={chosen.id}
            order={chosen}
            standing={standing}
            expired={expired}
            here={here}
            seen={() => void model.seen(chosen)}
          />
        ) : (
          <Idle onDuty={onDuty} />
        )}
        {calling && shortcomings}
        <OrderRows orders={orders} chosenId={chosen?.id} ended={shown.orders?.ended ?? []} unshown={shown} pick={pick} />
      </main>
      <footer className={classes.foot}>
        {chosen && standing && !expired && (
          <Answers key={chosen.id} state={standing.state} say={(rung, note) => void model.report(chosen.id, rung, note)} />
        )}
        <Help
          standing={callStanding(shown)}
          dismiss={(eventId) => model.dismiss(eventId)}
          call={() =>
            void model.callForHelp(
              here && { lat: here.lat, lon: here.lon, ...(here.accuracy === undefined ? {} : { accuracy: here.accuracy }) },
            )
          }
        />
      </footer>
    </div>
  );
}

function Idle({ onDuty }: { readonly onDuty: boolean }) {
  const say = useWords('officer');
  return (
    <section className={classes.idle}>
      <h2>{say('idle')}</h2>
      <p>{say(onDuty ? 'idleOn' : 'idleOff')}</p>
    </section>
  );
}

/** A screen reader must not speak of a silent order: somebody at the site could hear it. */
function Glare({ what }: { readonly what: 'silent' | 'mute' }) {
  const say = useWords('officer');
  return (
    <aside className={classes.glare}>
      <Icon name="warning" size="1.5em" />
      <span role={what === 'mute' ? 'alert' : undefined}>{say(`glare.${what}`)}</span>
    </aside>
  );
}

/** A call that comes while the officers are on another must not wait below the edge of the screen. */
function Asking({
  orders,
  shown,
  now,
  pick,
}: {
  readonly orders: readonly Order[];
  readonly shown: Shown;
  readonly now: number;
  readonly pick: (id: string) => void;
}) {
  const say = useWords('officer');
  const kind = useWordFor('common');
  return orders
    .filter((order) => isAsking(order, shown, now))
    .map((order) => (
      <button key={order.id} type="button" className={classes.asking} onClick={() => pick(order.id)}>
        {say('new', { what: `${kind(`kind.${order.kind}`)} ${order.site?.name ?? ''}` })}
      </button>
    ));
}

/** What was said last counts. */
function dutyOf({ orders, waiting }: Shown): boolean {
  const said = waiting.findLast(({ saying }) => saying.kind === 'duty')?.saying;
  if (said?.kind === 'duty') return said.on;
  return orders !== undefined && orders.unit.status !== 'off-duty';
}

/** Whether the phone must call: something is asked of the unit and nobody has answered. */
function callOf(orders: readonly Order[], shown: Shown, now: number): Calling {
  const asking = orders.filter((order) => isAsking(order, shown, now));
  if (asking.length === 0) return undefined;
  return asking.every(({ silent }) => silent) ? 'silent' : 'order';
}

function isAsking(order: Order, shown: Shown, now: number): boolean {
  const { state } = standingOf(order, shown);
  return isOpen(state) && !isAnswered(state) && !isExpired(order, state, now);
}
