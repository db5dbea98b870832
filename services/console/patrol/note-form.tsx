import { Button, Group, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useWords } from '../words/index.ts';

interface NoteFormProps {
  readonly label: string;
  readonly needed: boolean;
  readonly busy: boolean;
  readonly send: (note: string) => void;
  readonly cancel: () => void;
}

/** One line of words; Enter sends it, Escape lets it be. */
export function NoteForm({ label, needed, busy, send, cancel }: NoteFormProps) {
  const common = useWords('common');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note')).trim();
    if (note !== '' || !needed) send(note);
  };
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && cancel()}>
      <Group align="end" gap="xs" wrap="nowrap">
        <TextInput flex={1} name="note" label={label} maxLength={1000} required={needed} autoFocus autoComplete="off" />
        <Button type="submit" loading={busy}>
          {common('save')}
        </Button>
        <Button variant="default" onClick={cancel}>
          {common('cancel')}
        </Button>
      </Group>
    </form>
  );
}
