import { useEffect, useEffectEvent, useMemo, useRef, useSyncExternalStore } from 'react';
import { language, useWords } from '../../words/index.ts';
import { remedyOf } from '../../words/problems.ts';
import { useDeviceName } from '../device-name.ts';
import { Icon } from '../icon.tsx';
import type { Freshness } from './freshness.ts';
import classes from './live-picture.module.css';
import { Picture } from './picture.ts';
import type { PictureTrouble } from './player.ts';
import { useOnScreen } from './use-on-screen.ts';

export interface LivePictureProps {
  readonly cameraId: string;
  /** Else it is asked of the register. */
  readonly known?: string;
  readonly paused?: boolean;
  /** The run of a round that it is looked at for, for the ledger. */
  readonly runId?: string;
  /** Told when it begins or ceases to show the present. */
  readonly onLive?: (live: boolean) => void;
}

/**
 * What a camera sees now: its name, how old the picture is, and plainly when it is not the present. Shows nothing while
 * nobody can see it.
 */
export function LivePicture({ cameraId, known, paused = false, runId, onLive }: LivePictureProps) {
  const say = useWords('livePicture');
  const name = useDeviceName(cameraId, known);
  const box = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const picture = useMemo(() => new Picture(cameraId, runId), [cameraId, runId]);
  const shown = useSyncExternalStore(picture.subscribe, picture.shown);
  const wanted = useOnScreen(box) && !paused;
  useEffect(() => (wanted && video.current ? picture.start(video.current) : undefined), [wanted, picture]);
  const { freshness, trouble, still } = shown;
  const live = wanted && (freshness.kind === 'live' || freshness.kind === 'late');
  const tell = useEffectEvent((now: boolean) => onLive?.(now));
  useEffect(() => {
    tell(live);
    return () => tell(false);
  }, [live]);
  const kind = wanted ? freshness.kind : 'paused';
  return (
    <figure ref={box} className={classes.box} data-state={kind} aria-label={`${name}: ${say(`state.${kind}`)}`}>
      <video
        ref={video}
        className={classes.picture}
        muted
        autoPlay
        playsInline
        disablePictureInPicture
        tabIndex={-1}
        hidden={still !== undefined}
      />
      {still !== undefined && <img className={classes.picture} src={still} alt={name} />}
      <figcaption className={classes.name}>{name}</figcaption>
      <Age kind={kind} freshness={freshness} stills={still !== undefined} />
      {kind === 'none' || kind === 'frozen' || kind === 'paused' ? (
        <div className={classes.veil} role={kind === 'paused' ? undefined : 'status'}>
          <Icon name={kind === 'paused' ? 'stop' : 'warning'} size="2em" />
          <strong>{say(`big.${kind}`)}</strong>
          {trouble && <Why trouble={trouble} />}
        </div>
      ) : null}
    </figure>
  );
}

/** Those that a person at the console is told in words for a picture; the others as everywhere. */
const known = [
  'codec',
  'device-unreachable',
  'device-silent',
  'device-refused',
  'device-garbled',
  'device-busy',
  'device-misconfigured',
  'media-unavailable',
  'not-found',
  'not-implemented',
  'unreachable',
] as const;

function Why({ trouble }: { readonly trouble: PictureTrouble }) {
  const say = useWords('livePicture');
  const code = known.find((one) => one === trouble.code);
  // What the server adds it says in English; of a camera without a picture it has nothing to add.
  const adds = language() === 'en' && code !== 'not-implemented';
  return (
    <>
      <span>{code ? say(`trouble.${code}`) : (remedyOf(trouble.code) ?? trouble.remedy)}</span>
      {adds && <span className={classes.remedy}>{trouble.detail}</span>}
    </>
  );
}

function Age({ kind, freshness, stills }: { readonly kind: string; readonly freshness: Freshness; readonly stills: boolean }) {
  const say = useWords('livePicture');
  if (kind === 'paused' || freshness.kind === 'none') return null;
  if (freshness.kind === 'opening') return <span className={classes.age}>{say('state.opening')}</span>;
  const seconds = freshness.age < 10_000 ? (freshness.age / 1000).toFixed(1) : String(Math.round(freshness.age / 1000));
  return (
    <span className={classes.age}>
      <Icon name={freshness.kind === 'live' ? 'play' : 'warning'} size="0.9em" />
      {say(stills && freshness.kind === 'live' ? 'age.stills' : `age.${freshness.kind}`, { seconds })}
    </span>
  );
}
