import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { DegreesInput, placeWritten } from '../parts/degrees-input.tsx';
import { Icon } from '../parts/icon.tsx';
import { StationMap } from '../parts/map/station-map.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { bodyOf } from './device-body.ts';
import classes from './installer.module.css';
import { PlanPlace } from './plans.tsx';
import type { Device } from './queries.ts';

type Point = NonNullable<Device['location']>;

/** Puts a device with one part changed. */
export function usePutDevice(device: Device) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (part: Parameters<typeof bodyOf>[1]) =>
      answer(api.PUT('/api/v1/devices/{id}', { params: { path: { id: device.id } }, body: bodyOf(device, part) })),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Where the device stands: on the map, by coordinates or by the phone in hand; and on a floor plan of its site. */
export function Place({ device }: { readonly device: Device }) {
  const say = useWords('installer');
  const saving = usePutDevice(device);
  return (
    <Paper withBorder p="md" bg="var(--surface)" component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('place')}
        </Title>
        {!device.location && <Text c="var(--muted)">{say(device.siteId === undefined ? 'noPlace' : 'placeOfSite')}</Text>}
        <Coordinates key={`${device.location?.lat} ${device.location?.lon}`} device={device} saving={saving} />
        <Trouble error={saving.error} />
        {device.siteId !== undefined && <PlanPlace device={device} siteId={device.siteId} saving={saving} />}
      </Stack>
    </Paper>
  );
}

type Saving = ReturnType<typeof usePutDevice>;

function Coordinates({ device, saving }: { readonly device: Device; readonly saving: Saving }) {
  const say = useWords('installer');
  const common = useWords('common');
  const [point, setPoint] = useState<Partial<Point>>(device.location ?? {});
  const [onMap, setOnMap] = useState(false);
  const own = useOwnPosition((found) => setPoint(found));
  const place = placeWritten(point);
  const whole = typeof place === 'string' ? undefined : place;
  const [half, setHalf] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setHalf(place === 'half');
    if (place !== 'half' && place !== 'beyond') saving.mutate({ location: whole });
  };
  const axis = (name: 'lat' | 'lon', most: number) => (
    <DegreesInput
      flex="1 1 8rem"
      label={say(name)}
      most={most}
      value={point[name]}
      onChange={(degrees) => {
        const { [name]: _before, ...rest } = point;
        setPoint(degrees === undefined ? rest : { ...rest, [name]: degrees });
      }}
    />
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="end" gap="xs">
          {axis('lat', 90)}
          {axis('lon', 180)}
        </Group>
        <Group gap="xs">
          {own.ask && (
            <Button variant="default" leftSection={<Icon name="phone" />} loading={own.asking} onClick={own.ask}>
              {say('ownPosition')}
            </Button>
          )}
          <Button variant="default" leftSection={<Icon name="map" />} aria-expanded={onMap} onClick={() => setOnMap(!onMap)}>
            {say('onMap')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {common('save')}
          </Button>
        </Group>
        {half && (
          <Text role="alert" c="var(--bad)">
            {common('placeHalf')}
          </Text>
        )}
        {own.told !== undefined && <Text role="status">{own.told}</Text>}
        {onMap && <OnMap point={whole} settings={device.settings} onPoint={setPoint} />}
      </Stack>
    </form>
  );
}

interface OnMapProps {
  readonly point: Point | undefined;
  readonly settings: Device['settings'];
  readonly onPoint: (point: Point) => void;
}

const degrees = (value: unknown, name: 'bearing' | 'fieldOfView' | 'reach') => (typeof value === 'number' ? { [name]: value } : {});

/** Touched where the device is; of a camera it shows what it would see from there. */
function OnMap({ point, settings, onPoint }: OnMapProps) {
  const say = useWords('installer');
  const [look] = useState(point === undefined ? undefined : { at: point, zoom: 17 });
  const { bearing, fieldOfView, reach } = settings;
  const sees = { ...degrees(bearing, 'bearing'), ...degrees(fieldOfView, 'fieldOfView'), ...degrees(reach, 'reach') };
  return (
    <>
      <Text c="var(--muted)">{say('touchMap')}</Text>
      <div className={classes.map}>
        <StationMap
          look={look}
          draft={point === undefined ? undefined : { ...point, ...sees }}
          onPress={(_things, at) => onPoint({ lat: rounded(at.lat), lon: rounded(at.lon) })}
        />
      </div>
    </>
  );
}

/** The phone's own position (WGS-84). Browsers tell it to pages over HTTPS alone. */
function useOwnPosition(found: (point: Point) => void) {
  const say = useWords('installer');
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState<string>();
  if (!('geolocation' in navigator) || !isSecureContext) return { asking, told, ask: undefined };
  const ask = (): void => {
    setAsking(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking(false);
        setTold(say('accurateTo', { metres: Math.round(coords.accuracy) }));
        found({ lat: rounded(coords.latitude), lon: rounded(coords.longitude) });
      },
      () => {
        setAsking(false);
        setTold(say('noPosition'));
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    );
  };
  return { asking, told, ask };
}

/** A tenth of a metre. */
const rounded = (degrees: number): number => Math.round(degrees * 1_000_000) / 1_000_000;
