import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answer, api } from '../api/client.ts';
import { Icon } from '../parts/icon.tsx';
import { walk } from '../parts/walk.ts';
import { Verdict } from '../parts/warn/verdict.tsx';
import { Warn } from '../parts/warn/warn.tsx';
import { useWords } from '../words/index.ts';
import classes from './incident.module.css';
import type { PaneProps } from './incident.tsx';

/** A phrase can be read whole; the microphone cannot. */
const phrase = 'button[title]';

/** Says something at the scene, and shows what is known of whether it was heard. */
export function BroadcastPane({ incident, around }: PaneProps) {
  const say = useWords('desk');
  const place = useRef<HTMLDivElement>(null);
  const { silent, id, broadcasts } = incident;
  const phrases = useQuery({ queryKey: ['phrases'], queryFn: () => answer(api.GET('/api/v1/phrases')), staleTime: 600_000 });
  const ready = phrases.data !== undefined;
  // The first phrase is one more press away; the microphone never is.
  useEffect(() => {
    if (ready) place.current?.querySelector<HTMLElement>(phrase)?.focus();
  }, [ready]);
  if (silent)
    return (
      <p className={classes.strip} role="note">
        <Icon name="silent" /> {say('silentRule')}
      </p>
    );
  const names = (around?.loudspeakers ?? []).map(({ name }) => name).join(say('listed'));
  return (
    <section ref={place} className={classes.pane} aria-labelledby="broadcast-title" onKeyDown={walk(phrase)}>
      <h2 id="broadcast-title">{say('work.broadcast')}</h2>
      <p className={names === '' ? classes.warning : classes.muted}>
        <Icon name="speaker" size="1em" /> {names === '' ? say('noLoudspeakers') : names}
      </p>
      <Warn incidentId={id} />
      {broadcasts.length > 0 && (
        <>
          <h3>{say('saidSoFar')}</h3>
          <ul className={classes.plain}>
            {[...broadcasts].reverse().map((broadcast) => (
              <Verdict key={broadcast.id} id={broadcast.id} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
