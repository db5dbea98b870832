import { useRef, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { timeOfDay } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import type { CallStanding } from './call.ts';
import classes from './officer.module.css';
import { WhyRefused } from './refusal.tsx';

export interface HelpProps {
  readonly standing: CallStanding;
  readonly call: () => void;
  /** The officer knows that it was refused. */
  readonly dismiss: (eventId: string) => void;
}

/** Long enough for a pocket, short enough for somebody who is being attacked. */
const held = 1000;

/** The officer's own call for help: held for a second, or touched and confirmed where holding is not possible. */
export function Help({ standing, call, dismiss }: HelpProps) {
  const say = useWords('officer');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [holding, setHolding] = useState(false);
  const [asking, ask] = useState(false);
  const fire = (): void => {
    setHolding(false);
    ask(false);
    navigator.vibrate?.([80, 60, 80]);
    call();
  };
  const begin = (): void => {
    clearTimeout(timer.current);
    setHolding(true);
    timer.current = setTimeout(fire, held);
  };
  const release = (): void => {
    clearTimeout(timer.current);
    setHolding(false);
  };
  return (
    <div className={classes.help}>
      <State standing={standing} dismiss={dismiss} />
      {asking && (
        <button type="button" className={classes.helpButton} onClick={fire}>
          {say('helpSure')}
        </button>
      )}
      <button
        type="button"
        className={classes.helpButton}
        data-holding={holding}
        onPointerDown={begin}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
        onContextMenu={(event) => event.preventDefault()}
        // A switch or a screen reader presses without holding.
        onClick={(event) => event.detail === 0 && ask(!asking)}
      >
        <Icon name="warning" size="1.5em" />
        {say('help')}
        <small>{say('helpHold')}</small>
      </button>
    </div>
  );
}

function State({ standing, dismiss }: Pick<HelpProps, 'standing' | 'dismiss'>) {
  const say = useWords('officer');
  switch (standing.state) {
    case 'none':
      return null;
    case 'unsent':
      return (
        <p className={classes.helpState} data-grave="true" role="alert">
          {say('helpWaiting')}
        </p>
      );
    case 'refused':
      return (
        <div className={classes.helpState} data-grave="true" role="alert">
          {say('helpRefused')}
          <WhyRefused error={standing.error} />
          <button type="button" className={classes.plain} onClick={() => dismiss(standing.waiting.eventId)}>
            {say('seen')}
          </button>
        </div>
      );
    case 'sent':
      return (
        <p className={classes.helpState} role="status">
          {say('helpSent', { time: timeOfDay(standing.at) })}
        </p>
      );
    default:
      return standing satisfies never;
  }
}
