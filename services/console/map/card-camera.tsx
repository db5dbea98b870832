import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { mayDo, useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { LivePicture } from '../parts/live-picture/live-picture.tsx';
import { cameraStates, seeingOf } from '../parts/map/features.ts';
import { useWordFor, useWords } from '../words/index.ts';
import type { CardProps } from './card.tsx';
import classes from './map.module.css';
import { Raise } from './raise.tsx';
import { Sign } from './sign.tsx';

/** A camera: how it is, where it looks, what it sees now. */
export function CameraCard({ id, places, state, choose }: CardProps) {
  const say = useWords('mapPage');
  const map = useWordFor('map');
  const session = useSession();
  const [looking, setLooking] = useState(false);
  const { cameras, sites } = places;
  const index = cameras.id.indexOf(id);
  const how = cameraStates(places, state)[index] ?? 'unknown';
  const seeing = seeingOf(places, index);
  const assumed = cameras.fieldOfView[index] === null || cameras.reach[index] === null;
  const siteId = cameras.siteId[index];
  return (
    <Stack gap="sm">
      <p className={classes.standing}>
        <Sign name={`camera-${how}`} />
        {map(`camera.${how}`)}
      </p>
      {looking && <LivePicture cameraId={id} />}
      {!looking && mayDo(session, ['operator', 'supervisor', 'installer']) && (
        <Button leftSection={<Icon name="camera" />} onClick={() => setLooking(true)}>
          {say('look')}
        </Button>
      )}
      <Text size="sm">
        {seeing
          ? `${say('looks', { bearing: Math.round(seeing.bearing), field: Math.round(seeing.fieldOfView), reach: seeing.reach })} ${assumed ? say('assumed') : ''}`
          : say('looksUnknown')}
      </Text>
      {siteId && (
        <Button variant="default" onClick={() => choose({ kind: 'site', id: siteId })}>
          {sites.name[sites.id.indexOf(siteId)] ?? siteId}
        </Button>
      )}
      <Raise place={{ cameraId: id }} />
    </Stack>
  );
}
