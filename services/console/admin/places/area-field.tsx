import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { StationMap } from '../../parts/map/station-map.tsx';
import { useWords } from '../../words/index.ts';
import { areaOf, cornersOf, linesOf, readCorners } from './corners.ts';
import classes from './places.module.css';
import { rounded } from './point-field.tsx';

interface AreaFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (area: unknown) => void;
}

/** The ground that a grid covers: its corners typed, or touched on the map one after the other. */
export function AreaField({ label, value, error, onChange }: AreaFieldProps) {
  const say = useWords('places');
  const [text, setText] = useState(() => linesOf(cornersOf(value)));
  const [onMap, setOnMap] = useState(false);
  const read = readCorners(text);
  const ring = 'ring' in read ? read.ring : [];
  const write = (next: string): void => {
    setText(next);
    const corners = readCorners(next);
    // What cannot be read is sent as it is, so that the server refuses it too.
    onChange('ring' in corners ? areaOf(corners.ring) : next);
  };
  const points = ring.map(([lat, lon]) => ({ lat, lon }));
  const [first] = points;
  const [look] = useState(first && { at: first, zoom: 13 });
  return (
    <div>
      <Textarea
        label={label}
        description={say('areaHint')}
        autosize
        minRows={4}
        maxRows={12}
        value={text}
        error={'line' in read ? say('notACorner', { line: read.line }) : error}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <Group mt="xs" gap="xs">
        <Button variant="default" leftSection={<Icon name="map" />} aria-expanded={onMap} onClick={() => setOnMap(!onMap)}>
          {say('onMap')}
        </Button>
        {onMap && (
          <Button variant="default" disabled={ring.length === 0} onClick={() => write(linesOf(ring.slice(0, -1)))}>
            {say('lastCorner')}
          </Button>
        )}
      </Group>
      {onMap && (
        <div className={classes.map}>
          <StationMap
            look={look}
            route={first && [...points, first]}
            onPress={(_things, touched) => {
              const { lat, lon } = rounded(touched);
              write(linesOf([...ring, [lat, lon]]));
            }}
          />
        </div>
      )}
    </div>
  );
}
