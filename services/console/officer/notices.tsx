import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import { isCall } from './call.ts';
import type { OfficerModel, Shown } from './model.ts';
import classes from './officer.module.css';
import { useWhat } from './order-rows.tsx';
import type { Position } from './position.ts';
import { WhyRefused } from './refusal.tsx';
import { siren } from './siren.ts';

/** What has gone wrong: it stands above everything. */
export function Notices({ model, shown }: { readonly model: OfficerModel; readonly shown: Shown }) {
  const say = useWords('officer');
  const what = useWhat();
  // A call for help stands with its button.
  const answers = shown.refusals.filter(({ waiting }) => !isCall(waiting));
  return (
    <>
      {shown.line.state === 'lost' && (
        <p className={classes.notice} data-grave="true" role="alert">
          <Icon name="warning" />
          {say('lost')}
        </p>
      )}
      {shown.signedOut && (
        <button type="button" className={classes.noticeButton} data-grave="true" onClick={() => model.signIn()}>
          <Icon name="warning" />
          {say('signInToCall')}
        </button>
      )}
      {answers.map(({ waiting, error }) => (
        <div key={waiting.eventId} className={classes.notice} data-grave="true" role="alert">
          <Icon name="warning" />
          <div>
            {say('refused', { what: what(waiting) })}
            <WhyRefused error={error} />
          </div>
          <button type="button" className={classes.plain} onClick={() => model.dismiss(waiting.eventId)}>
            {say('seen')}
          </button>
        </div>
      ))}
    </>
  );
}

/** Whatever keeps this phone from being a good bearer, each with what to do. Where the call is matters more while one waits. */
export function Shortcomings({
  shown,
  armed,
  position,
  onDuty,
}: {
  readonly shown: Shown;
  readonly armed: boolean;
  readonly position: Position;
  readonly onDuty: boolean;
}) {
  const say = useWords('officer');
  return (
    <>
      {!armed && (
        <button type="button" className={classes.noticeButton} onClick={siren.arm}>
          <Icon name="silent" />
          {say('soundOff')}
        </button>
      )}
      {!globalThis.isSecureContext && <Notice text={say('insecure')} />}
      {shown.broken !== undefined && <Notice text={say('broken')} />}
      {onDuty && position.state === 'refused' && <Notice text={say('positionRefused')} />}
      {onDuty && position.state === 'unable' && <Notice text={say('positionUnable')} />}
    </>
  );
}

const Notice = ({ text }: { readonly text: string }) => (
  <p className={classes.notice}>
    <Icon name="warning" />
    {text}
  </p>
);
