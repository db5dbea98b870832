import { useState } from 'react';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import classes from './officer.module.css';
import { answersTo, type OrderState, type Rung } from './orders.ts';

export interface AnswersProps {
  readonly state: OrderState;
  readonly say: (rung: Rung, note?: string) => void;
}

const icons: Readonly<Partial<Record<Rung, IconName>>> = { accepted: 'check', declined: 'cross', 'en-route': 'right', arrived: 'map' };
const reasons = ['engaged', 'far', 'vehicle', 'other'] as const;

/** What can be said next, at the thumb. Declining asks why: the desk needs it, and a finger that slipped can go back. */
export function Answers({ state, say: tell }: AnswersProps) {
  const say = useWords('officer');
  const common = useWords('common');
  const [declining, decline] = useState(false);
  const possible = answersTo(state);
  if (possible.length === 0) return null;
  if (declining) {
    return (
      <fieldset className={classes.reasons}>
        <legend>{say('why')}</legend>
        {reasons.map((reason) => (
          <button
            key={reason}
            type="button"
            className={classes.plain}
            onClick={() => {
              decline(false);
              tell('declined', say(`why.${reason}`));
            }}
          >
            {say(`why.${reason}`)}
          </button>
        ))}
        <button type="button" className={classes.plain} onClick={() => decline(false)}>
          {common('back')}
        </button>
      </fieldset>
    );
  }
  return (
    <div className={classes.answers}>
      {possible.map((rung) => (
        <button
          key={rung}
          type="button"
          className={classes.answer}
          data-rung={rung}
          onClick={() => (rung === 'declined' ? decline(true) : tell(rung))}
        >
          <Icon name={icons[rung] ?? 'check'} size="1.5em" />
          {say(`say.${rung as 'accepted' | 'declined' | 'en-route' | 'arrived'}`)}
        </button>
      ))}
    </div>
  );
}
