import { Alert, Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { Heads } from '../parts/heads.tsx';
import { Icon } from '../parts/icon.tsx';
import { MomentInput } from '../parts/moment-input.tsx';
import { dateAndTime, momentOf } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { rooms, useWordFor, useWords } from '../words/index.ts';
import classes from './admin.module.css';
import { type AuditSearch, auditQuery } from './requests.ts';

/** Who did which privileged act, searched and verified. Nothing here changes it, and nobody can. */
export function Audit() {
  const say = useWords('admin');
  const common = useWords('common');
  const inWords = useActWords();
  const [search, setSearch] = useState<AuditSearch>({});
  const { data, error, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery(auditQuery(search));
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const table = `/api/v1/audit/export?${new URLSearchParams({ ...search })}`;
  return (
    <Stack>
      <Search onSearch={setSearch} busy={isFetching} />
      <Group>
        <Button component="a" href={table} download variant="default">
          {say('exportCsv')}
        </Button>
        <Verify />
      </Group>
      <Trouble error={error} />
      {data && items.length === 0 && <Text c="var(--muted)">{say('noEntries')}</Text>}
      {items.length > 0 && (
        <Table verticalSpacing={4}>
          <Heads of={(['at', 'by', 'act', 'subject', 'details'] as const).map((head) => say(head))} />
          <Table.Tbody>
            {items.map(({ seq, at, by, act, subject, subjectName, data: details }) => (
              <Table.Tr key={seq}>
                <Table.Td>{dateAndTime(at)}</Table.Td>
                <Table.Td>{by}</Table.Td>
                <Table.Td>
                  {inWords(act)}
                  <div className={classes.raw}>{act}</div>
                </Table.Td>
                <Table.Td>
                  {subjectName}
                  <div className={classes.raw}>{subject}</div>
                </Table.Td>
                <Table.Td>
                  <Details of={details} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()}>
          {common('more')}
        </Button>
      )}
    </Stack>
  );
}

/** What an entry's `act` says, in words; itself where there is none for it. */
function useActWords(): (act: string) => string {
  const say = useWords('audit');
  const word = useWordFor('audit');
  return (act) => {
    const [of = '', ...done] = act.split('.');
    return say('said', { of: word(`of.${of}`), done: word(`done.${done.join('.')}`) });
  };
}

/** One line for each detail; what has parts of its own stands as it is kept. */
function Details({ of }: { readonly of: Readonly<Record<string, unknown>> }) {
  const word = useWordFor('audit');
  const role = useWordFor('admin');
  const plain = (name: string, value: unknown): unknown => {
    if (typeof value === 'boolean') return word(`value.${value}`);
    if (!Array.isArray(value) || !value.every((part) => typeof part === 'string')) return value;
    return value.length === 0 ? '—' : value.map((part) => (name === 'roles' ? role(`role.${part}`) : part)).join(', ');
  };
  return (
    <dl className={classes.details}>
      {Object.entries(of).map(([name, value]) => (
        <div key={name}>
          <dt>{word(`data.${name}`)}</dt>
          <dd>{shortened(plain(name, value))}</dd>
        </div>
      ))}
    </dl>
  );
}

const longest = 200;
function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const prefix = 'of.';

/** What acts are done to, by name. `cameras` begins as `camera` does, so the shorter of two with one name finds both. */
function useKinds(): { readonly value: string; readonly label: string }[] {
  const word = useWordFor('audit');
  const stems = Object.keys(rooms.audit.en).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  const alone = stems.filter((stem) => !stems.some((other) => other !== stem && stem === `${other}s`));
  return alone.map((stem) => ({ value: stem, label: word(prefix + stem) }));
}

function Search({ onSearch, busy }: { readonly onSearch: (search: AuditSearch) => void; readonly busy: boolean }) {
  const say = useWords('admin');
  const kinds = useKinds();
  const common = useWords('common');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const instant = (name: string) => (text(name) === '' ? '' : momentOf(text(name)));
    const given = { by: text('by'), act: text('act'), subject: text('subject'), since: instant('since'), until: instant('until') };
    onSearch(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')));
  };
  return (
    <form className={`${classes.card} ${classes.fields}`} onSubmit={submit}>
      <TextInput name="by" label={say('by')} />
      <Select name="act" label={say('actOn')} data={kinds} searchable clearable />
      <TextInput name="subject" label={say('subject')} placeholder={say('subjectHint')} />
      <MomentInput name="since" label={say('since')} />
      <MomentInput name="until" label={say('until')} />
      <Button type="submit" loading={busy}>
        {common('search')}
      </Button>
    </form>
  );
}

function Verify() {
  const say = useWords('admin');
  const verifying = useMutation({ mutationFn: () => answer(api.GET('/api/v1/audit/verify')) });
  const verdict = verifying.data;
  return (
    <>
      <Button variant="default" loading={verifying.isPending} onClick={() => verifying.mutate()}>
        {say('verify')}
      </Button>
      {verdict && (
        <Alert
          variant="outline"
          p="xs"
          role="status"
          color={verdict.ok ? 'green' : 'orange'}
          icon={<Icon name={verdict.ok ? 'check' : 'warning'} />}
        >
          {verdict.ok ? say('chainIntact', { count: verdict.length ?? 0 }) : say('chainBroken', { seq: verdict.seq ?? 0 })}
        </Alert>
      )}
      <Trouble error={verifying.error} />
    </>
  );
}
