import { Button, Fieldset, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { DegreesInput } from '../../parts/degrees-input.tsx';
import { Icon } from '../../parts/icon.tsx';
import { type Point, StationMap } from '../../parts/map/station-map.tsx';
import { useWords } from '../../words/index.ts';
import classes from './places.module.css';

interface PointFieldProps {
  readonly label: string;
  readonly value: Partial<Point> | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: Partial<Point> | undefined) => void;
}

/** A place by its coordinates (WGS-84), or touched on the map. */
export function PointField({ label, value, error, onChange }: PointFieldProps) {
  const say = useWords('places');
  const [onMap, setOnMap] = useState(false);
  const axis = (name: 'lat' | 'lon', most: number) => (
    <DegreesInput
      flex="1 1 9rem"
      label={say(name)}
      most={most}
      error={error !== undefined}
      value={value?.[name]}
      onChange={(degrees) => {
        const { [name]: _before, ...rest } = value ?? {};
        const next = degrees === undefined ? rest : { ...rest, [name]: degrees };
        onChange(Object.keys(next).length === 0 ? undefined : next);
      }}
    />
  );
  return (
    <Fieldset legend={label}>
      <Group align="end" gap="xs">
        {axis('lat', 90)}
        {axis('lon', 180)}
        <Button variant="default" leftSection={<Icon name="map" />} aria-expanded={onMap} onClick={() => setOnMap(!onMap)}>
          {say('onMap')}
        </Button>
      </Group>
      {error !== undefined && <p className={classes.fault}>{error}</p>}
      {onMap && <Touched value={value} onChange={onChange} />}
    </Fieldset>
  );
}

function Touched({ value, onChange }: Pick<PointFieldProps, 'value' | 'onChange'>) {
  const say = useWords('places');
  const { lat, lon } = value ?? {};
  const at = lat === undefined || lon === undefined ? undefined : { lat, lon };
  const [look] = useState(at && { at, zoom: 15 });
  return (
    <>
      <Text c="var(--muted)" size="sm">
        {say('touchMap')}
      </Text>
      <div className={classes.map}>
        <StationMap look={look} scene={at && { at }} onPress={(_things, touched) => onChange(rounded(touched))} />
      </div>
    </>
  );
}

/** A tenth of a metre. */
export const rounded = ({ lat, lon }: Point): Point => ({
  lat: Math.round(lat * 1_000_000) / 1_000_000,
  lon: Math.round(lon * 1_000_000) / 1_000_000,
});
