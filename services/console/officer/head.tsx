import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { Icon } from '../parts/icon.tsx';
import { clockFace, timeOfDay, useSecond } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language, speak, useWords } from '../words/index.ts';
import type { LineState } from './line.ts';
import type { OfficerModel, Shown } from './model.ts';
import classes from './officer.module.css';
import { useWhat } from './order-rows.tsx';
import { siren } from './siren.ts';

interface HeadProps {
  readonly model: OfficerModel;
  readonly shown: Shown;
  readonly onDuty: boolean;
}

/** Who this is, whether the command room is in reach, duty, and all that is seldom needed behind one button. */
export function Head({ model, shown, onDuty }: HeadProps) {
  const say = useWords('officer');
  const [open, { toggle, close }] = useDisclosure();
  const dutyWaits = shown.waiting.some(({ saying }) => saying.kind === 'duty');
  return (
    <header className={classes.head}>
      <div className={classes.who}>
        <h1>{shown.orders?.unit.name ?? say('title')}</h1>
        <Line line={shown.line} />
      </div>
      <button
        type="button"
        className={classes.duty}
        data-on={onDuty}
        disabled={shown.orders === undefined}
        // A finger that slips must not take the unit off duty.
        onClick={() => (onDuty ? toggle() : void model.say({ kind: 'duty', on: true }))}
      >
        <strong>{say(onDuty ? 'duty.on' : 'duty.off')}</strong>
        {dutyWaits ? <span>{say('dutyWaiting')}</span> : onDuty ? null : <span>{say('goOn')}</span>}
      </button>
      <button type="button" className={classes.more} aria-label={say('menu')} aria-expanded={open} onClick={toggle}>
        <span aria-hidden="true">⋯</span>
      </button>
      <Drawer.Root opened={open} onClose={close} position="bottom" size="auto">
        <Drawer.Overlay />
        <Drawer.Content aria-label={say('menu')}>
          <Drawer.Body>
            <Menu model={model} shown={shown} onDuty={onDuty} close={close} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </header>
  );
}

function Line({ line }: { readonly line: LineState }) {
  const say = useWords('officer');
  const now = useSecond();
  const since = line.state === 'lost' ? clockFace(Math.max(0, now - Math.floor(line.since / 1000))) : '';
  return (
    <span className={classes.line} data-state={line.state} role="status">
      <Icon name={line.state === 'live' ? 'check' : line.state === 'connecting' ? 'clock' : 'warning'} size="1em" />
      {say(`line.${line.state}`, { since })}
    </span>
  );
}

function Menu({ model, shown, onDuty, close }: HeadProps & { readonly close: () => void }) {
  const common = useWords('common');
  const say = useWords('officer');
  const shell = useWords('shell');
  const what = useWhat();
  const other = language() === 'zh' ? 'en' : 'zh';
  return (
    <div className={classes.menu}>
      <h2>{say('unsent')}</h2>
      {shown.waiting.length === 0 ? (
        <p>{say('unsentNone')}</p>
      ) : (
        <ul>
          {shown.waiting.map((waiting) => (
            <li key={waiting.eventId}>
              {timeOfDay(waiting.at)} {what(waiting)}
            </li>
          ))}
        </ul>
      )}
      {onDuty && (
        <button
          type="button"
          className={classes.plain}
          onClick={() => {
            void model.say({ kind: 'duty', on: false });
            close();
          }}
        >
          {say('goOff')}
        </button>
      )}
      <button type="button" className={classes.plain} onClick={() => siren.call('order')}>
        {say('testSound')}
      </button>
      <button type="button" className={classes.plain} lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void speak(other)}>
        {shell('switchLanguage')}
      </button>
      {/* Orders are heard on this page alone. */}
      {!onDuty && (
        <Link to="/me" className={classes.plain}>
          {shell('page.me')}
        </Link>
      )}
      <Leave model={model} unsent={shown.waiting.length} />
      <button type="button" className={classes.plain} onClick={close}>
        {common('close')}
      </button>
    </div>
  );
}

/** Whoever leaves takes the orders off the phone; answers that are not sent wait for the same account. */
function Leave({ model, unsent }: { readonly model: OfficerModel; readonly unsent: number }) {
  const say = useWords('officer');
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const leaving = useMutation({
    mutationFn: async () => {
      await answer(api.DELETE('/api/v1/sessions/current'));
      await model.forget();
    },
    onSuccess: () => client.resetQueries(),
  });
  const ask = unsent > 0 && !sure;
  return (
    <>
      {sure && <p role="alert">{say('leaveUnsent', { count: unsent })}</p>}
      <button type="button" className={classes.plain} disabled={leaving.isPending} onClick={() => (ask ? setSure(true) : leaving.mutate())}>
        {say(sure ? 'leaveAnyway' : 'leave')}
      </button>
      <Trouble error={leaving.error} />
    </>
  );
}
