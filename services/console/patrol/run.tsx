import { Alert, Button, Group, Progress, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useRefetchOn } from '../api/use-live.ts';
import { aim } from '../parts/camera-controls/turn.ts';
import { useDeviceName } from '../parts/device-name.ts';
import { Icon } from '../parts/icon.tsx';
import { KeyCap } from '../parts/key-cap.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useSecond } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import { Attempt } from './attempt.ts';
import { Dwell, nextStop, together } from './dwell.ts';
import { Findings } from './findings.tsx';
import { NoteForm } from './note-form.tsx';
import classes from './patrol.module.css';
import { abandon, end, find, oneRun, type Place, type Run as RunData, type Said } from './requests.ts';
import { Side, type Tool } from './side.tsx';
import { Stage } from './stage.tsx';

/** One run of a round, at the pictures. */
export function Run({ id }: { readonly id: string }) {
  const say = useWords('patrol');
  useRefetchOn(['round.'], ['runs', id]);
  return (
    <Loaded query={useQuery(oneRun(id))} what={say('title')}>
      {(run) => (run.state === 'under-way' ? <UnderWay run={run} /> : <Over run={run} />)}
    </Loaded>
  );
}

function Over({ run }: { readonly run: RunData }) {
  const say = useWords('patrol');
  const navigate = useNavigate();
  useKeys({ Enter: () => void navigate({ to: '/patrol' }) });
  return (
    <div className={classes.over}>
      <Title order={1} size="h3">
        {run.name}
      </Title>
      <Alert role="status" icon={<Icon name={run.state === 'done' ? 'check' : 'warning'} />} title={say(`runState.${run.state}`)}>
        {run.reason ?? say('foundOf', { found: run.found.length, all: run.stops.length })}
      </Alert>
      <Link to="/patrol">{say('toOverview')}</Link>
    </div>
  );
}

function UnderWay({ run }: { readonly run: RunData }) {
  const say = useWords('patrol');
  const client = useQueryClient();
  const found = new Map(run.found.map((one) => [one.stop, one]));
  const [focus, setFocus] = useState(() => nextStop(run.stops.length, new Set(found.keys()), run.stops.length));
  const [followed, setFollowed] = useState<string>();
  const [tool, setTool] = useState<Tool>();
  const dwell = useRef(new Dwell());
  useSecond();
  const keep = (next: RunData) => client.setQueryData(oneRun(run.id).queryKey, next);
  const go = (stop: number) => {
    setFocus(stop);
    setFollowed(undefined);
  };
  const finding = useFinding((next, stop) => {
    keep(next);
    go(nextStop(next.stops.length, new Set(next.found.map((one) => one.stop)), stop));
  });
  const count = run.stops.length;
  useKeys({
    ArrowRight: () => go((focus % count) + 1),
    ArrowLeft: () => go(((focus - 2 + count) % count) + 1),
  });
  const stop = run.stops[focus - 1];
  usePreset(stop, `${run.id} ${focus}`);
  if (!stop) return null;
  const placed = together(count, run.picturesAtOnce, focus).map((number) => ({
    key: String(number),
    cameraId: run.stops[number - 1]?.cameraId ?? '',
    number,
    caption: <Caption run={run} stop={number} left={leftOf(dwell.current, run, number)} looking={dwell.current.looking(number)} />,
  }));
  return (
    <div className={classes.run}>
      <Head run={run} keep={keep} />
      {followed === undefined ? (
        <Stage
          placed={placed}
          focus={String(focus)}
          choose={(key) => go(Number(key))}
          onLive={(key, live) => dwell.current.note(Number(key), live, performance.now())}
          runId={run.id}
        />
      ) : (
        <Followed cameraId={followed} back={() => setFollowed(undefined)} />
      )}
      <aside className={classes.side}>
        <Findings
          key={`${focus} ${found.get(focus)?.at}`}
          found={found.get(focus)}
          left={leftOf(dwell.current, run, focus)}
          looking={dwell.current.looking(focus)}
          busy={finding.isPending}
          say={(said) => finding.mutate({ place: { runId: run.id, stop: focus, followed }, said })}
        />
        <Trouble error={finding.error} />
        <Side cameraId={followed ?? stop.cameraId} tool={tool} choose={setTool} follow={setFollowed} />
        <Text size="sm" c="var(--muted)">
          <KeyCap of="←" /> <KeyCap of="→" /> {say('otherStop')}
        </Text>
      </aside>
    </div>
  );
}

/** Writes down what was found. @param found told of the run as it is then, and of the stop */
function useFinding(found: (run: RunData, stop: number) => void) {
  const [attempt] = useState(() => new Attempt());
  return useMutation({
    mutationFn: ({ place, said }: { place: Place; said: Said }) => find(place, said, attempt.nameOf({ place, said })),
    onSuccess: (next, { place }) => {
      attempt.done();
      found(next, place.stop);
    },
  });
}

const leftOf = (dwell: Dwell, run: RunData, stop: number): number =>
  dwell.left(stop, run.stops[stop - 1]?.dwellSeconds ?? 0, performance.now());

/** A camera that turns is sent to what the stop is to show. */
function usePreset(stop: RunData['stops'][number] | undefined, place: string): void {
  const { mutate } = useMutation({ mutationFn: ({ id, preset }: { id: string; preset: string }) => aim(id, { preset }) });
  const [cameraId, preset] = [stop?.cameraId, stop?.preset];
  useEffect(() => {
    if (place !== '' && cameraId !== undefined && preset !== undefined) mutate({ id: cameraId, preset });
  }, [place, cameraId, preset, mutate]);
}

interface CaptionProps {
  readonly run: RunData;
  readonly stop: number;
  readonly left: number;
  readonly looking: boolean;
}

function Caption({ run, stop, left, looking }: CaptionProps) {
  const say = useWords('patrol');
  const name = useDeviceName(run.stops[stop - 1]?.cameraId ?? '');
  const found = run.found.find((one) => one.stop === stop);
  return (
    <span className={classes.caption}>
      <span>{name}</span>
      {found ? (
        <strong data-finding={found.finding}>{say(`finding.${found.finding}`)}</strong>
      ) : (
        <span>{left === 0 ? say('lookedEnough') : looking ? say('lookFor', { seconds: left }) : say('notSeen')}</span>
      )}
    </span>
  );
}

/** Somebody walked out of the picture: the run waits meanwhile. */
function Followed({ cameraId, back }: { readonly cameraId: string; readonly back: () => void }) {
  const say = useWords('patrol');
  useKeys({ Backspace: back });
  return (
    <div className={classes.followed}>
      <Stage placed={[{ key: cameraId, cameraId, number: 1, caption: say('followed') }]} focus={cameraId} choose={back} />
      <Button variant="default" onClick={back} rightSection={<KeyCap of="⌫" />}>
        {say('backToStop')}
      </Button>
    </div>
  );
}

function Head({ run, keep }: { readonly run: RunData; readonly keep: (run: RunData) => void }) {
  const say = useWords('patrol');
  const [giving, setGiving] = useState(false);
  const all = run.found.length === run.stops.length;
  const ending = useMutation({ mutationFn: () => end(run.id), onSuccess: keep });
  const leaving = useMutation({ mutationFn: (reason: string) => abandon(run.id, reason), onSuccess: keep });
  useKeys({ Enter: all ? () => ending.mutate() : undefined });
  return (
    <header className={classes.head}>
      <Title order={1} size="h4">
        {run.name}
      </Title>
      <Text>{say('foundOf', { found: run.found.length, all: run.stops.length })}</Text>
      <Progress w="10rem" value={(100 * run.found.length) / run.stops.length} aria-label={say('progress')} />
      <Group gap="xs" ms="auto">
        <Button disabled={!all} loading={ending.isPending} onClick={() => ending.mutate()} rightSection={<KeyCap of="Enter" />}>
          {say('endRun')}
        </Button>
        <Button variant="default" onClick={() => setGiving(!giving)} aria-expanded={giving}>
          {say('abandon')}
        </Button>
      </Group>
      {giving && (
        <div className={classes.wide}>
          <NoteForm
            label={say('abandonReason')}
            needed
            busy={leaving.isPending}
            send={(reason) => leaving.mutate(reason)}
            cancel={() => setGiving(false)}
          />
        </div>
      )}
      <div className={classes.wide}>
        <Trouble error={ending.error ?? leaving.error} />
      </div>
    </header>
  );
}
