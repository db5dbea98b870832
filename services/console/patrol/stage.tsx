import { LivePicture } from '../parts/live-picture/live-picture.tsx';
import classes from './patrol.module.css';

export interface Placed {
  /** Unique on the stage. */
  readonly key: string;
  readonly cameraId: string;
  /** Below the picture. */
  readonly caption?: React.ReactNode;
  /** Where it stands in a list, for people: from 1. */
  readonly number: number;
}

interface StageProps {
  readonly placed: readonly Placed[];
  readonly focus: string;
  readonly choose: (key: string) => void;
  readonly onLive?: (key: string, live: boolean) => void;
  readonly runId?: string;
}

/** One to four pictures, one of them the one that is acted on. */
export function Stage({ placed, focus, choose, onLive, runId }: StageProps) {
  return (
    <div className={classes.stage} data-pictures={placed.length}>
      {placed.map(({ key, cameraId, caption, number }) => (
        <div key={key} className={classes.placed} data-focus={key === focus}>
          <LivePicture
            cameraId={cameraId}
            {...(runId === undefined ? {} : { runId })}
            {...(onLive && { onLive: (live) => onLive(key, live) })}
          />
          <button type="button" className={classes.choose} aria-pressed={key === focus} onClick={() => choose(key)}>
            <span className={classes.number}>{number}</span>
            {caption}
          </button>
        </div>
      ))}
    </div>
  );
}
