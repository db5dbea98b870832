import { useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { LivePicture } from '../parts/live-picture/live-picture.tsx';
import { useWords } from '../words/index.ts';
import classes from './officer.module.css';
import type { Order } from './orders.ts';

/** What the cameras there see now. Only when asked for: a picture takes the network that an answer may need. */
export function Scene({ cameras }: { readonly cameras: Order['cameras'] }) {
  const say = useWords('officer');
  const [watched, watch] = useState<string>();
  const shown = cameras.find(({ id }) => id === watched);
  if (cameras.length === 0) return null;
  return (
    <section>
      <h3>{say('cameras')}</h3>
      {shown && (
        <div className={classes.picture}>
          <LivePicture key={shown.id} cameraId={shown.id} known={shown.name} />
        </div>
      )}
      <div className={classes.cameras}>
        {cameras.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className={classes.plain}
            aria-pressed={watched === id}
            onClick={() => watch(watched === id ? undefined : id)}
          >
            <Icon name="camera" />
            <span>{watched === id ? say('hideCamera') : say('showCamera')}</span>
            <span>{name}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
