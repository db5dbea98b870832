import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { KeyCap } from '../parts/key-cap.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import { Attempt } from './attempt.ts';
import { IncidentForm } from './incident-form.tsx';
import { NoteForm } from './note-form.tsx';
import classes from './patrol.module.css';
import { cameras, open, reportFault, type Seen } from './requests.ts';
import { Side, type Tool } from './side.tsx';
import { Stage } from './stage.tsx';

/** With more pictures a person sees less of each: 85 % of what happens with one, 53 % with nine. */
const mostPictures = 4;

/** Free looking: one to four cameras, of which one is acted on. */
export function Look({ ids }: { readonly ids: readonly string[] }) {
  const say = useWords('patrol');
  const navigate = useNavigate();
  const shown = ids.slice(0, mostPictures);
  const [chosen, setChosen] = useState<string>();
  const [tool, setTool] = useState<Tool>();
  const focus = chosen !== undefined && shown.includes(chosen) ? chosen : shown[0];
  const show = (next: readonly string[]) => void navigate({ to: `/patrol/look/${next.join(',')}` });
  const add = (id: string) => {
    setChosen(id);
    if (!shown.includes(id)) show(shown.length < mostPictures ? [...shown, id] : shown.map((known) => (known === focus ? id : known)));
  };
  const follow = (id: string) => {
    setChosen(id);
    show(shown.includes(id) ? shown : shown.map((known) => (known === focus ? id : known)));
  };
  const step = (by: number) => setChosen(shown[(shown.indexOf(focus ?? '') + by + shown.length) % shown.length]);
  useKeys({
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    Delete: () => show(shown.filter((known) => known !== focus)),
  });
  return (
    <div className={classes.look}>
      <Finder shown={shown} add={add} />
      {focus === undefined ? (
        <Text m="xl">{say('chooseCamera')}</Text>
      ) : (
        <>
          <Stage
            placed={shown.map((cameraId, at) => ({ key: cameraId, cameraId, number: at + 1 }))}
            focus={focus}
            choose={(key) => setChosen(key)}
          />
          <aside className={classes.side}>
            <Seeing key={focus} cameraId={focus} />
            <Side cameraId={focus} tool={tool} choose={setTool} follow={follow} />
            <Text size="sm" c="var(--muted)">
              <KeyCap of="←" /> <KeyCap of="→" /> {say('otherPicture')} <KeyCap of="Del" /> {say('takeAway')}
            </Text>
          </aside>
        </>
      )}
    </div>
  );
}

const listed = 200;

function Finder({ shown, add }: { readonly shown: readonly string[]; readonly add: (id: string) => void }) {
  const say = useWords('patrol');
  const common = useWords('common');
  const [wanted, setWanted] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const { data, error } = useQuery(cameras);
  useKeys({ '/': () => field.current?.focus() });
  const words = wanted.trim().toLowerCase();
  const found = (data ?? []).filter(({ id, name }) => words === '' || name.toLowerCase().includes(words) || id.includes(words));
  return (
    <nav className={classes.finder} aria-label={say('cameras')}>
      <Title order={1} size="h4">
        {say('freeLook')}
      </Title>
      <TextInput
        ref={field}
        aria-label={common('search')}
        placeholder={common('search')}
        rightSection={<KeyCap of="/" />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <Trouble error={error} />
      <ul>
        {found.slice(0, listed).map(({ id, name, state }) => (
          <li key={id}>
            <button type="button" aria-pressed={shown.includes(id)} onClick={() => add(id)}>
              <span className={classes.cameraName}>{name}</span>
              {state !== 'unknown' && <span data-state={state}>{common(`device.${state}`)}</span>}
            </button>
          </li>
        ))}
      </ul>
      {found.length > listed && <Text size="sm">{say('moreCameras', { count: found.length - listed })}</Text>}
    </nav>
  );
}

/** What was seen outside a round: an incident, or a camera that wants mending. */
function Seeing({ cameraId }: { readonly cameraId: string }) {
  const say = useWords('patrol');
  const [asked, setAsked] = useState<'incident' | 'fault'>();
  const [attempt] = useState(() => new Attempt());
  const opening = useMutation({
    mutationFn: (seen: Seen) => open(cameraId, seen, attempt.nameOf(seen)),
    onSuccess: () => {
      attempt.done();
      setAsked(undefined);
    },
  });
  const reporting = useMutation({ mutationFn: (note: string) => reportFault(cameraId, note), onSuccess: () => setAsked(undefined) });
  useKeys({ '3': () => setAsked('incident'), '4': () => setAsked('fault') });
  const cancel = () => setAsked(undefined);
  return (
    <Stack gap="xs">
      <Button
        color="orange"
        justify="start"
        leftSection={<Icon name="alarm" />}
        rightSection={<KeyCap of="3" />}
        onClick={() => setAsked('incident')}
      >
        {say('openIncident')}
      </Button>
      {asked === 'incident' && <IncidentForm busy={opening.isPending} open={(seen) => opening.mutate(seen)} cancel={cancel} />}
      {opening.data !== undefined && (
        <Alert role="status" icon={<Icon name="check" />}>
          {say('opened', { number: opening.data.number })}
        </Alert>
      )}
      <Button
        variant="default"
        justify="start"
        leftSection={<Icon name="tools" />}
        rightSection={<KeyCap of="4" />}
        onClick={() => setAsked('fault')}
      >
        {say('finding.camera-fault')}
      </Button>
      {asked === 'fault' && (
        <NoteForm
          label={say('faultWhat')}
          needed={false}
          busy={reporting.isPending}
          send={(note) => reporting.mutate(note)}
          cancel={cancel}
        />
      )}
      {reporting.isSuccess && (
        <Text size="sm" role="status">
          {say('faultNoted')}
        </Text>
      )}
      <Trouble error={opening.error ?? reporting.error} />
    </Stack>
  );
}
