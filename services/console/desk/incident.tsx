import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { askAnew, useLiveEvents } from '../api/use-live.ts';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import { Actions, type Work } from './actions.tsx';
import { type Acts, detailKey, incidentKey, useActs } from './acts.ts';
import { BroadcastPane } from './broadcast-pane.tsx';
import { CameraPane } from './camera-pane.tsx';
import { ClosePane } from './close-pane.tsx';
import { DispatchPane } from './dispatch-pane.tsx';
import { Head } from './head.tsx';
import { inTurn } from './in-turn.ts';
import classes from './incident.module.css';
import { DeskMap, MapPane } from './map-pane.tsx';
import { type Detail, faceOf, type Surroundings, unanswered } from './model.ts';
import { concerns } from './queue-news.ts';
import { ScenePane } from './scene-pane.tsx';
import { Timeline } from './timeline.tsx';
import { useUndo } from './undo.tsx';
import { queueQuery } from './use-queue.ts';

/** Wide enough for the scene to have a column of its own. */
const wide = '(min-width: 100rem)';

/** Whoever goes through the queue by the arrows rests so long on what he wants to see, milliseconds. */
const rest = 250;

/**
 * One incident with all that is needed to see it through. What the queue knows stands here at once; what costs time, as
 * pictures and what is around, comes when somebody rests on it.
 */
export function Incident({ id }: { readonly id: string }) {
  const say = useWords('desk');
  const client = useQueryClient();
  const [restedOn] = useDebouncedValue(id, rest);
  const rested = restedOn === id;
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const detail = useQuery({
    queryKey: detailKey(id),
    queryFn: () => answer(api.GET('/api/v1/incidents/{id}', { params: { path: { id } } })),
    enabled: rested,
    placeholderData: () => {
      const row = client.getQueryData(queueQuery.queryKey)?.find((one) => one.id === id);
      return row && faceOf(row);
    },
  });
  const around = useQuery({
    queryKey: [...incidentKey(id), 'surroundings'],
    queryFn: () => answer(api.GET('/api/v1/incidents/{id}/surroundings', { params: { path: { id } } })),
    enabled: rested,
    staleTime: 10_000,
    // Units move, and what they say of that is not told by an event for each.
    refetchInterval: 30_000,
  });
  const follow = useMemo(() => inTurn(() => askAnew(client, incidentKey(id))), [client, id]);
  useLiveEvents(['incident.', 'order.', 'broadcast.'], (event) => {
    if (concerns(event) === id) void follow();
  });
  if (detail.error && (!detail.data || detail.isPlaceholderData))
    return <Trouble error={detail.error} retry={() => void detail.refetch()} />;
  if (!detail.data) return <Loading what={say('theIncident')} />;
  return (
    <>
      <Table
        key={id}
        incident={detail.data}
        whole={rested && !detail.isPlaceholderData}
        around={rested ? around.data : undefined}
        place={setPlace}
        trouble={around.error ?? detail.error}
      />
      <DeskMap around={rested ? around.data : undefined} place={place} />
    </>
  );
}

/** The act that could not be done, by its name: the line may be back by the time somebody looks. */
function Failed({ acts: { failed } }: { readonly acts: Acts }) {
  const say = useWords('desk');
  if (!failed) return null;
  const what = say('notDone', { act: say(`act.${failed.name}`) });
  return <Trouble error={failed.error} what={what} retry={failed.again} forget={failed.forget} />;
}

export interface PaneProps {
  readonly incident: Detail;
  readonly around: Surroundings | undefined;
  readonly acts: Acts;
}

interface TableProps extends Omit<PaneProps, 'acts'> {
  /** Not only what the queue knows of it. */
  readonly whole: boolean;
  readonly place: (element: HTMLElement | null) => void;
  readonly trouble: unknown;
}

function Table({ incident, whole, around, place, trouble }: TableProps) {
  const say = useWords('desk');
  const acts = useActs(incident.id);
  const [{ work, asked }, setAsked] = useState<{ readonly work: Work; readonly asked: number }>({ work: 'scene', asked: 0 });
  const setWork = (name: Work): void => setAsked(({ asked: before }) => ({ work: name, asked: before + 1 }));
  const undo = useUndo();
  const roomy = useMediaQuery(wide, true) ?? true;
  const over = incident.state === 'closed';
  useKeys({
    '1': unanswered(incident) ? acts.acknowledge : undefined,
    '2': () => setWork('camera'),
    '3': () => setWork('dispatch'),
    '4': () => setWork('broadcast'),
    '5': () => setWork('close'),
    Escape: () => setWork('scene'),
    t: over ? undefined : acts.take,
    z: () => undo.undo(),
  });
  const pane = { incident, around, acts };
  // What can be done no more is not offered, also to whoever was about to do it.
  const wanted = over && work !== 'camera' ? 'scene' : work;
  const shown = roomy && wanted === 'scene' ? 'dispatch' : wanted;
  const focus = (on: Work): number => (work === on ? asked : 0);
  return (
    <article className={classes.incident} aria-labelledby="incident-title">
      <Head incident={incident} acts={acts} />
      <Actions incident={incident} acts={acts} work={shown} choose={setWork} scene={!roomy} />
      <div className={classes.columns} data-roomy={roomy}>
        <div className={classes.column}>
          {whole ? <CameraPane {...pane} big={shown === 'camera'} focus={focus('camera')} /> : <div className={classes.picture} />}
          {!roomy && shown === 'dispatch' ? (
            <MapPane around={around} place={place} />
          ) : (
            whole && <Timeline incident={incident} acts={acts} />
          )}
        </div>
        {roomy && (
          <div className={classes.column}>
            <MapPane around={around} place={place} />
            {whole && <ScenePane {...pane} focus={focus('scene')} />}
          </div>
        )}
        <div className={classes.column}>
          <Failed acts={acts} />
          <Trouble error={trouble} />
          {whole ? <WorkPane work={shown} focus={focus(shown)} {...pane} /> : <Loading what={say('theIncident')} />}
        </div>
      </div>
    </article>
  );
}

function WorkPane({ work, focus, ...pane }: PaneProps & { readonly work: Work; readonly focus: number }) {
  switch (work) {
    case 'scene':
      return <ScenePane {...pane} focus={focus} />;
    case 'dispatch':
      return <DispatchPane {...pane} focus={focus} />;
    case 'camera':
      // Who asked for the pictures is one Enter away from none of the orders.
      return <DispatchPane {...pane} focus={0} />;
    case 'broadcast':
      return <BroadcastPane {...pane} />;
    case 'close':
      return <ClosePane {...pane} />;
    default:
      return work satisfies never;
  }
}
