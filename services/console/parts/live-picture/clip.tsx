import { useState } from 'react';
import { useWords } from '../../words/index.ts';
import { useDeviceName } from '../device-name.ts';
import { timeOfDay } from '../time.tsx';
import classes from './live-picture.module.css';

export interface ClipProps {
  readonly incidentId: string;
  readonly piece: {
    readonly id: string;
    readonly cameraId: string;
    readonly what: string;
    readonly from: string;
    readonly to: string;
  };
}

/** What a camera saw, from before the call on: a recording, or one picture. Says when it was, so that it is not taken for the present. */
export function Clip({ incidentId, piece }: ClipProps) {
  const say = useWords('livePicture');
  const name = useDeviceName(piece.cameraId);
  const [broken, setBroken] = useState(false);
  const source = `/api/v1/incidents/${incidentId}/footage/${piece.id}`;
  const span = piece.what === 'clip' ? say('clipSpan', { from: timeOfDay(piece.from), to: timeOfDay(piece.to) }) : timeOfDay(piece.from);
  const label = `${name} ${span}`;
  return (
    <figure className={classes.box} data-state={broken ? 'none' : 'clip'}>
      {piece.what === 'clip' ? (
        <video
          className={classes.picture}
          src={source}
          controls
          muted
          playsInline
          preload="metadata"
          aria-label={label}
          onError={() => setBroken(true)}
        />
      ) : (
        <img className={classes.picture} src={source} alt={label} onError={() => setBroken(true)} />
      )}
      <figcaption className={classes.name}>{label}</figcaption>
      {broken && (
        <div className={classes.veil} role="status">
          <strong>{say('clipGone')}</strong>
        </div>
      )}
    </figure>
  );
}
