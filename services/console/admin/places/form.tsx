import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useFaultsUnder } from '../../parts/faults.ts';
import { Icon } from '../../parts/icon.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useWords } from '../../words/index.ts';
import classes from '../admin.module.css';
import { FieldInput } from './field.tsx';
import layout from './places.module.css';
import { type Entry, type Field, fieldsOf, post, put, remove, type Shelf, startOf, type Values } from './shelves.ts';

const roomy = new Set<Field['kind']['as']>(['point', 'area', 'contacts']);

/** A row of the register, new or changed. Every fault stands at its field. */
export function PlaceForm({ shelf, entry }: { readonly shelf: Shelf; readonly entry?: Entry }) {
  const say = useWords('places');
  const common = useWords('common');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [id, setId] = useState('');
  const [values, setValues] = useState<Values>(entry ?? startOf[shelf]);
  const fields = fieldsOf[shelf];
  const saving = useMutation({
    mutationFn: () => {
      const body = bodyOf(fields, values);
      return entry ? put[shelf](entry.id, body) : post[shelf]({ ...body, ...(id === '' ? {} : { id }) });
    },
    onSuccess: async () => {
      await client.invalidateQueries();
      await navigate({ to: `/admin/places/${shelf}` });
    },
  });
  const faults = useFaultsUnder(saving.error, 'body');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Stack>
      <form className={classes.card} onSubmit={submit} noValidate aria-labelledby="place-title">
        <Stack>
          <Title order={2} size="h4" id="place-title">
            {entry ? entry.name : say(`new.${shelf}`)}
          </Title>
          {entry && <Text c="var(--muted)">{say('idIs', { id: entry.id })}</Text>}
          <div className={layout.short}>
            {fields.map((field) => (
              <div key={field.name} {...(roomy.has(field.kind.as) ? { className: layout.wide } : {})}>
                <FieldInput
                  shelf={shelf}
                  field={field}
                  value={values[field.name]}
                  error={faults[field.name]}
                  onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
                />
              </div>
            ))}
            {!entry && (
              <TextInput
                label={say('id')}
                description={say('idHint')}
                value={id}
                maxLength={64}
                error={faults['id']}
                onChange={(event) => setId(event.currentTarget.value.trim())}
              />
            )}
          </div>
          <Group>
            <Button type="submit" loading={saving.isPending} leftSection={<Icon name="check" />}>
              {common('save')}
            </Button>
            <Button variant="default" onClick={() => void navigate({ to: `/admin/places/${shelf}` })}>
              {common('cancel')}
            </Button>
          </Group>
          {Object.keys(faults).length > 0 ? (
            <Text role="alert" c="var(--bad)">
              {say('faults')}
            </Text>
          ) : (
            <Trouble error={saving.error} />
          )}
        </Stack>
      </form>
      {entry && <Remove shelf={shelf} entry={entry} />}
    </Stack>
  );
}

/** What the form shows of it, without what was left empty: what is absent is removed. */
function bodyOf(fields: readonly Field[], values: Values): Values {
  return Object.fromEntries(
    fields.flatMap(({ name, required }) => {
      const value = values[name];
      const empty = value === undefined || (value === '' && !required);
      return empty ? [] : [[name, value]];
    }),
  );
}

function Remove({ shelf, entry }: { readonly shelf: Shelf; readonly entry: Entry }) {
  const say = useWords('places');
  const common = useWords('common');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const removing = useMutation({
    mutationFn: () => remove[shelf](entry.id),
    onSuccess: async () => {
      await navigate({ to: `/admin/places/${shelf}` });
      await client.invalidateQueries();
    },
  });
  return (
    <Stack align="start" gap="xs">
      {asked ? (
        <Group>
          <Text>{say('removeSure', { name: entry.name })}</Text>
          <Button color="orange" loading={removing.isPending} onClick={() => removing.mutate()}>
            {common('remove')}
          </Button>
          <Button variant="default" onClick={() => setAsked(false)}>
            {common('cancel')}
          </Button>
        </Group>
      ) : (
        <Button variant="subtle" onClick={() => setAsked(true)}>
          {common('remove')}
        </Button>
      )}
      <Trouble error={removing.error} />
    </Stack>
  );
}
