import { Button, Chip, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { PriorityShape } from '../parts/priority.tsx';
import { useWords } from '../words/index.ts';
import type { Seen } from './requests.ts';

const kinds = ['seen-on-camera', 'fight', 'theft', 'crowd', 'fire', 'person-in-need', 'traffic'] as const;
const priorities = [1, 2, 3, 4] as const;

/** What was seen: opened as an incident, with units sent to it at once if wanted. */
export function IncidentForm({
  busy,
  open,
  cancel,
}: {
  readonly busy: boolean;
  readonly open: (seen: Seen) => void;
  readonly cancel: () => void;
}) {
  const say = useWords('patrol');
  const common = useWords('common');
  const [kind, setKind] = useState<string>(kinds[0]);
  const [priority, setPriority] = useState('3');
  const [nearest, setNearest] = useState<number | string>(0);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note')).trim();
    open({ kind, priority: priorities.find((known) => String(known) === priority) ?? 3, note, nearest: Number(nearest) || 0 });
  };
  return (
    <form onSubmit={submit} aria-label={say('openIncident')} onKeyDown={(event) => event.key === 'Escape' && cancel()}>
      <Stack gap="sm">
        <Chip.Group value={kind} onChange={setKind}>
          <Group gap={6} role="radiogroup" aria-label={say('kind')}>
            {kinds.map((known) => (
              <Chip key={known} value={known} size="sm" variant="outline" autoFocus={known === kinds[0]}>
                {common(`kind.${known}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Chip.Group value={priority} onChange={setPriority}>
          <Group gap={6} role="radiogroup" aria-label={say('priority')}>
            {priorities.map((known) => (
              <Chip key={known} value={String(known)} size="sm" variant="outline">
                <PriorityShape priority={known} /> {common(`priority${known}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <TextInput name="note" label={say('note')} maxLength={1000} autoComplete="off" />
        <NumberInput label={say('nearest')} value={nearest} onChange={setNearest} min={0} max={5} w="12rem" />
        <Group gap="xs">
          <Button type="submit" color="orange" loading={busy}>
            {say('openIncident')}
          </Button>
          <Button variant="default" onClick={cancel}>
            {common('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
