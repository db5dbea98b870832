import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { CameraControls } from '../parts/camera-controls/camera-controls.tsx';
import { Clip } from '../parts/live-picture/clip.tsx';
import { LivePicture } from '../parts/live-picture/live-picture.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import classes from './incident.module.css';
import type { PaneProps } from './incident.tsx';

/** So many are beside the picture; the others are one press further. */
const near = 4;

/** What the cameras of the place show: now, and from before the call on. */
export function CameraPane({ incident, around, big, focus }: PaneProps & { readonly big: boolean; readonly focus: number }) {
  const say = useWords('desk');
  const cameras = camerasOf(incident, around);
  const [picked, pick] = useState<string>();
  const [before, setBefore] = useState(false);
  const [all, setAll] = useState(false);
  const current = cameras.find(({ id }) => id === picked) ?? cameras[0];
  const piece = incident.footage.find(
    ({ cameraId, what, removedAt }) => cameraId === current?.id && what === 'clip' && removedAt === undefined,
  );
  const next = (): void => {
    const at = cameras.findIndex(({ id }) => id === current?.id);
    pick(cameras[(at + 1) % cameras.length]?.id);
    setBefore(false);
  };
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focus > 0) place.current?.querySelector<HTMLElement>('[data-camera][aria-pressed=true]')?.focus();
  }, [focus]);
  useKeys(big ? { '2': next, p: () => setBefore((was) => !was) } : {});
  if (!current)
    return (
      <section className={classes.card} aria-label={say('work.camera')}>
        {say('noCamera')}
      </section>
    );
  return (
    <section ref={place} className={classes.pane} aria-label={say('work.camera')}>
      <div className={classes.picture}>
        {before && piece ? <Clip incidentId={incident.id} piece={piece} /> : <LivePicture cameraId={current.id} />}
      </div>
      <Group gap="xs">
        {piece && (
          <Button size="compact-md" variant="default" aria-pressed={before} onClick={() => setBefore(!before)}>
            {say(before ? 'backToLive' : 'beforeTheCall')}
          </Button>
        )}
        {cameras
          .filter(({ id }, place) => all || place < near || id === current.id)
          .map(({ id, name }) => (
            <Button
              key={id}
              data-camera={id}
              size="compact-md"
              variant={id === current.id ? 'filled' : 'default'}
              aria-pressed={id === current.id}
              onClick={() => {
                pick(id);
                setBefore(false);
              }}
            >
              {name}
            </Button>
          ))}
        {cameras.length > near && (
          <Button size="compact-md" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? say('fewerCameras') : say('moreCameras', { count: cameras.length - near })}
          </Button>
        )}
      </Group>
      {big && !incident.silent && <CameraControls cameraId={current.id} incidentId={incident.id} />}
    </section>
  );
}

interface Linked {
  readonly id: string;
  readonly name: string;
}

/** Those that were called up for the incident come first, then the others of the place. */
function camerasOf(incident: PaneProps['incident'], around: PaneProps['around']): readonly Linked[] {
  const called = incident.cameras.map(({ cameraId }): Linked => ({ id: cameraId, name: incident.names[cameraId] ?? cameraId }));
  const others = (around?.cameras ?? []).map(({ id, name }): Linked => ({ id, name }));
  return [...new Map([...others, ...called].map((camera) => [camera.id, camera])).values()].sort(
    (a, b) => Number(!called.some(({ id }) => id === a.id)) - Number(!called.some(({ id }) => id === b.id)),
  );
}
