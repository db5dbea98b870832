import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useCallback, useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { useWords } from '../../words/index.ts';
import { Icon } from '../icon.tsx';
import { Trouble } from '../trouble.tsx';
import { say as ask, type WarnPlace, type Words, waits } from './broadcasts.ts';
import { Waiting } from './consent.tsx';
import { NoMicrophone } from './talk.ts';
import { useTalk } from './use-talk.ts';
import { Verdict } from './verdict.tsx';
import classes from './warn.module.css';

type Tongue = 'zh' | 'en';
/** Warnings of before are on the page of broadcasts. */
const shownAtMost = 4;

interface Made {
  readonly id: string;
  readonly waits: boolean;
}

/** The talk can begin once a second person has consented. */
class NeedsConsent extends Error {}

/** Warns by the loudspeakers of a place: a phrase, typed words or a live voice; shows what became of it on each of them. */
export function Warn(place: WarnPlace) {
  const say = useWords('warn');
  const [tongue, setTongue] = useState<Tongue>('zh');
  const [made, setMade] = useState<readonly Made[]>([]);
  const [talk, setTalk] = useState<string>();
  const asking = useMutation({
    mutationFn: (words: Omit<Words, 'lang'>) => ask(place, { lang: tongue, ...words }),
    onSuccess: (answer) => setMade((known) => [{ id: answer.id, waits: waits(answer) }, ...known].slice(0, shownAtMost)),
  });
  const begun = useCallback((id: string, live: boolean) => {
    setMade((known) => known.map((one) => (one.id === id ? { id, waits: false } : one)));
    if (live) setTalk(id);
  }, []);
  const askTalk = async (): Promise<string> => {
    setTalk(undefined);
    if (talk !== undefined) return talk;
    const answer = await asking.mutateAsync({ live: true });
    if (waits(answer)) throw new NeedsConsent();
    return answer.id;
  };
  return (
    <Stack gap="sm" component="section" aria-label={say('title')}>
      {place.cameraId !== undefined && <Loudspeakers cameraId={place.cameraId} />}
      <SegmentedControl
        size="xs"
        aria-label={say('tongue')}
        value={tongue}
        onChange={(value) => setTongue(value === 'en' ? 'en' : 'zh')}
        data={[
          { value: 'zh', label: say('tongue.zh') },
          { value: 'en', label: say('tongue.en') },
        ]}
      />
      <Phrases tongue={tongue} busy={asking.isPending} choose={(phraseId) => asking.mutate({ phraseId })} />
      <Typed busy={asking.isPending} send={(text) => asking.mutateAsync({ text })} />
      {talk !== undefined && <Text role="status">{say('maySpeak')}</Text>}
      <Voice ask={askTalk} />
      <Trouble error={asking.error} />
      <ul className={classes.verdicts} aria-live="polite" aria-label={say('verdicts')}>
        {made.map(({ id, waits: waiting }) => (waiting ? <Waiting key={id} id={id} begun={begun} /> : <Verdict key={id} id={id} />))}
      </ul>
    </Stack>
  );
}

function Loudspeakers({ cameraId }: { readonly cameraId: string }) {
  const say = useWords('warn');
  const common = useWords('common');
  const { data, error } = useQuery({
    queryKey: ['cameras', cameraId, 'loudspeakers'],
    queryFn: () => answer(api.GET('/api/v1/cameras/{id}/loudspeakers', { params: { path: { id: cameraId } } })),
    staleTime: 60_000,
  });
  if (!data) return <Trouble error={error} />;
  const names = data.items.map(({ name, distance }) =>
    distance === undefined ? name : `${name} ${common('metres', { count: distance })}`,
  );
  return (
    <Text size="sm" c={names.length === 0 ? 'var(--warning)' : 'var(--muted)'}>
      <Icon name="speaker" size="1em" /> {names.length === 0 ? say('noLoudspeaker') : names.join(', ')}
    </Text>
  );
}

function Phrases({ tongue, busy, choose }: { readonly tongue: Tongue; readonly busy: boolean; readonly choose: (id: string) => void }) {
  const { data, error } = useQuery({ queryKey: ['phrases'], queryFn: () => answer(api.GET('/api/v1/phrases')), staleTime: 600_000 });
  if (!data) return <Trouble error={error} />;
  return (
    <Stack gap={4} className={classes.phrases}>
      {data.items.map((phrase) => {
        const text = phrase[tongue];
        return text === undefined ? null : (
          <Button
            key={phrase.id}
            size="compact-md"
            variant="default"
            justify="start"
            title={text}
            disabled={busy}
            onClick={() => choose(phrase.id)}
          >
            <span lang={tongue === 'zh' ? 'zh-CN' : 'en'}>{text}</span>
          </Button>
        );
      })}
    </Stack>
  );
}

function Typed({ busy, send }: { readonly busy: boolean; readonly send: (text: string) => Promise<unknown> }) {
  const say = useWords('warn');
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    // What was refused stays in the field; the refusal is shown above.
    send(text.trim()).then(
      () => setText(''),
      () => undefined,
    );
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="end" wrap="nowrap">
        <TextInput flex={1} label={say('typed')} value={text} maxLength={500} onChange={(event) => setText(event.currentTarget.value)} />
        <Button type="submit" disabled={busy || text.trim() === ''}>
          {say('send')}
        </Button>
      </Group>
    </form>
  );
}

function Voice({ ask }: { readonly ask: () => Promise<string> }) {
  const say = useWords('warn');
  const { state, level, error, begin, end } = useTalk(ask);
  const silent = state === 'silent';
  return (
    <Stack gap={4}>
      <Button
        leftSection={<Icon name={silent ? 'microphone' : 'stop'} />}
        variant={silent ? 'default' : 'filled'}
        color={silent ? 'sky' : 'orange'}
        onClick={silent ? begin : end}
      >
        {say(`voice.${state}`)}
      </Button>
      {!silent && <meter className={classes.level} min={0} max={0.3} value={level} aria-label={say('level')} />}
      {error instanceof NoMicrophone ? (
        <Text c="var(--warning)" size="sm" role="alert">
          {say(`microphone.${error.why}`)}
        </Text>
      ) : null}
    </Stack>
  );
}
