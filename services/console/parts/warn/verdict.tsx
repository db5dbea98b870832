import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { useRefetchOn } from '../../api/use-live.ts';
import { useWordFor, useWords } from '../../words/index.ts';
import { useDeviceName } from '../device-name.ts';
import { Icon, type IconName } from '../icon.tsx';
import { Trouble } from '../trouble.tsx';
import type { Broadcast } from './broadcasts.ts';
import classes from './warn.module.css';

type State = Broadcast['state'];
const icons: Readonly<Record<State, IconName>> = {
  queued: 'clock',
  playing: 'speaker',
  heard: 'check',
  played: 'check',
  sent: 'order',
  failed: 'cross',
  stopped: 'stop',
};
const under = (state: State): boolean => state === 'queued' || state === 'playing';

/** What became of a warning on each loudspeaker, as far as is known. */
export function Verdict({ id }: { readonly id: string }) {
  const say = useWords('warn');
  useRefetchOn(['broadcast.'], ['broadcasts', id]);
  const { data, error } = useQuery({
    queryKey: ['broadcasts', id],
    queryFn: () => answer(api.GET('/api/v1/broadcasts/{id}', { params: { path: { id } } })),
  });
  const stopping = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/broadcasts/{id}/stop', { params: { path: { id } }, body: {} })),
  });
  if (!data) return <Trouble error={error} />;
  return (
    <li className={classes.verdict}>
      <span className={classes.said}>{data.live ? say('liveTalk') : data.text}</span>
      <ul className={classes.targets}>
        {data.targets.map((target) => (
          <Target key={target.deviceId} target={target} />
        ))}
      </ul>
      {data.targets.some(({ state }) => under(state)) && (
        <Button size="compact-sm" variant="default" loading={stopping.isPending} onClick={() => stopping.mutate()}>
          {say('stop')}
        </Button>
      )}
      <Trouble error={stopping.error} />
    </li>
  );
}

function Target({ target }: { readonly target: Broadcast['targets'][number] }) {
  const say = useWords('warn');
  const reason = useWordFor('warn');
  const name = useDeviceName(target.deviceId);
  return (
    <li data-state={target.state}>
      <Icon name={icons[target.state]} size="1.1em" />
      {name} · {say(`state.${target.state}`)}
      {target.state === 'failed' && target.reason !== undefined ? ` · ${reason(`reason.${target.reason}`)}` : ''}
    </li>
  );
}
