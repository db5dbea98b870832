import { Button, Group, Radio, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { mayDo, useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { language, useWords } from '../words/index.ts';
import classes from './incident.module.css';
import type { PaneProps } from './incident.tsx';
import type { Disposition } from './model.ts';
import { useUndo } from './undo.tsx';

const dispositions: readonly Disposition[] = ['genuine', 'false', 'test', 'duplicate', 'non-police'];

/** Ends the incident. What was closed stays closed, so it waits a few seconds in which it can be taken back. */
export function ClosePane({ incident, acts }: PaneProps) {
  const say = useWords('desk');
  const undo = useUndo();
  const session = useSession();
  const [disposition, setDisposition] = useState<Disposition>('genuine');
  const [note, setNote] = useState('');
  const [override, setOverride] = useState('');
  const group = useRef<HTMLDivElement>(null);
  const { procedure, number } = incident;
  const missing = procedure?.binding ? procedure.steps.filter(({ mandatory, done }) => mandatory && !done) : [];
  const supervises = mayDo(session, ['supervisor']);
  const blocked = missing.length > 0 && override.trim() === '';
  useEffect(() => group.current?.querySelector<HTMLElement>('input:checked')?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = {
      disposition,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(missing.length > 0 ? { override: override.trim() } : {}),
    };
    undo.offer({
      what: 'closing',
      values: { number, disposition: say(`disposition.${disposition}`) },
      undo: () => undefined,
      otherwise: { incidentId: incident.id, act: () => acts.close(body) },
    });
  };
  return (
    <form className={classes.pane} onSubmit={submit} aria-labelledby="close-title">
      <h2 id="close-title">{say('work.close')}</h2>
      {missing.length > 0 && (
        <div className={classes.card} role="alert">
          <p className={classes.warning}>
            <Icon name="warning" size="1em" /> {say('stepsMissing')}
          </p>
          <ul>
            {missing.map(({ id, text }) => (
              <li key={id}>{text[language()]}</li>
            ))}
          </ul>
          {supervises && (
            <Textarea
              label={say('override')}
              value={override}
              maxLength={500}
              onChange={(event) => setOverride(event.currentTarget.value)}
            />
          )}
        </div>
      )}
      <Radio.Group ref={group} label={say('whatWasIt')} value={disposition} onChange={(value) => setDisposition(value as Disposition)}>
        <Group gap="md" mt={6}>
          {dispositions.map((value) => (
            <Radio key={value} value={value} label={say(`disposition.${value}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Group gap="xs" wrap="nowrap" align="end">
        <TextInput
          flex={1}
          label={say('closingNote')}
          value={note}
          maxLength={2000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" disabled={blocked}>
          {say('closeNow')}
        </Button>
      </Group>
    </form>
  );
}
