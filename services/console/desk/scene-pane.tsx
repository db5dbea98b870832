import { Checkbox } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Icon } from '../parts/icon.tsx';
import { timeOfDay } from '../parts/time.tsx';
import { language, useWordFor, useWords } from '../words/index.ts';
import type { Acts } from './acts.ts';
import classes from './incident.module.css';
import type { PaneProps } from './incident.tsx';
import type { Detail, Surroundings } from './model.ts';
import { useUndo } from './undo.tsx';

interface Focused {
  /** Counts how often the keyboard asked for it; 0 is not at all. */
  readonly focus: number;
}

/** The place with whom to call, and what is to be done there. */
export function ScenePane({ incident, around, acts, focus }: PaneProps & Focused) {
  return (
    <>
      {around && <Site around={around} />}
      <Procedure incident={incident} acts={acts} focus={focus} />
    </>
  );
}

function Site({ around }: { readonly around: Surroundings }) {
  const say = useWords('desk');
  const kindOf = useWordFor('desk');
  const { site, station, grid } = around;
  return (
    <section className={classes.pane} aria-labelledby="site-title">
      <h2 id="site-title">{site?.name ?? say('noSite')}</h2>
      <div className={classes.card}>
        {site && (
          <p>
            {kindOf(`site.${site.kind}`)} · {site.address === '' ? say('noAddress') : site.address}
          </p>
        )}
        <ul className={classes.plain} aria-label={say('contacts')}>
          {(site?.contacts ?? []).map((contact) => (
            <Contact key={JSON.stringify(contact)} contact={contact} />
          ))}
        </ul>
        {site && site.contacts.length === 0 && <p className={classes.warning}>{say('noContacts')}</p>}
        <p className={classes.muted}>
          {[
            station?.name,
            grid?.name,
            station?.dutyUnit && say('dutyLeader', { name: station.dutyUnit }),
            grid?.officerUnit && say('communityOfficer', { name: grid.officerUnit }),
          ]
            .filter((part) => part !== undefined && part !== '')
            .join(' · ')}
        </p>
      </div>
    </section>
  );
}

type ContactOf = NonNullable<Surroundings['site']>['contacts'][number];

/** A name and a number to call; what else was written of the person stands behind. */
function Contact({ contact }: { readonly contact: ContactOf }) {
  if (typeof contact === 'string') return <li>{contact}</li>;
  const { name, phone, ...rest } = contact;
  return (
    <li>
      <strong>{String(name ?? '')}</strong>{' '}
      {phone !== undefined && (
        <a href={`tel:${String(phone)}`}>
          <Icon name="phone" size="1em" /> {String(phone)}
        </a>
      )}{' '}
      <span className={classes.muted}>{Object.values(rest).map(String).join(' · ')}</span>
    </li>
  );
}

/** The steps to take; a tick says who did it and when. */
function Procedure({ incident, acts, focus }: Focused & { readonly incident: Detail; readonly acts: Acts }) {
  const say = useWords('desk');
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (focus > 0) list.current?.querySelector<HTMLInputElement>('input:not(:checked, :disabled)')?.focus();
  }, [focus]);
  const undo = useUndo();
  const { procedure, state } = incident;
  if (!procedure) return null;
  const done = procedure.steps.filter((step) => step.done).length;
  const tick = (stepId: string, was: boolean): void => {
    acts.tick(stepId, !was);
    undo.offer({ what: was ? 'unticked' : 'ticked', undo: () => acts.tick(stepId, was) });
  };
  return (
    <section className={classes.pane} aria-labelledby="procedure-title">
      <h2 id="procedure-title">
        {procedure.title[language()]} <span className={classes.muted}>{say('stepsDone', { done, all: procedure.steps.length })}</span>
      </h2>
      {!procedure.binding && <p className={classes.muted}>{say('guidance')}</p>}
      <ol ref={list} className={classes.plain}>
        {procedure.steps.map(({ id, text, mandatory, done: by }) => (
          <li key={id}>
            <Checkbox
              className={classes.step}
              checked={by !== undefined}
              disabled={state === 'closed'}
              label={text[language()]}
              description={
                by
                  ? say('doneBy', { name: by.by, time: timeOfDay(by.at) })
                  : mandatory
                    ? say(procedure.binding ? 'mandatory' : 'advised')
                    : undefined
              }
              onChange={() => tick(id, by !== undefined)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}
