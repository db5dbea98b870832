import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { timeOfDay } from '../parts/time.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { language, useWords } from '../words/index.ts';
import type { Acts } from './acts.ts';
import classes from './incident.module.css';
import type { Detail } from './model.ts';

/** What happened, the newest first, and a line to add to it. */
export function Timeline({ incident, acts }: { readonly incident: Detail; readonly acts: Acts }) {
  const say = useWords('desk');
  const [note, setNote] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useKeys({ n: () => field.current?.focus() });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const words = note.trim();
    if (words === '') return;
    // The next key is for the incident again, not for another note.
    field.current?.blur();
    // What was refused stays in the field; the refusal is shown beside it.
    acts.note(words).then(
      () => setNote(''),
      () => undefined,
    );
  };
  return (
    <section className={classes.pane} aria-label={say('timeline')}>
      <form onSubmit={submit}>
        <TextInput
          ref={field}
          aria-label={say('note')}
          placeholder={`${say('note')} (N)`}
          value={note}
          maxLength={2000}
          onChange={(event) => setNote(event.currentTarget.value)}
          rightSectionWidth="auto"
          rightSection={
            <Button type="submit" size="compact-sm" variant="subtle" disabled={note.trim() === ''}>
              {say('addNote')}
            </Button>
          }
        />
      </form>
      <ol className={classes.plain} aria-live="polite" aria-relevant="additions">
        {[...incident.timeline].reverse().map((entry) => (
          <li key={entry.seq} className={classes.entry} data-kind={entry.kind}>
            <time dateTime={entry.at}>{timeOfDay(entry.at)}</time>
            <span>{entry.said[language()]}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
