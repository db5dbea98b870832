import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words/index.ts';

interface DegreesInputProps extends Pick<NumberInputProps, 'label' | 'error' | 'flex'> {
  /** The least is the same below nought. */
  readonly most: number;
  readonly value: number | undefined;
  readonly onChange: (degrees: number | undefined) => void;
}

/**
 * Degrees to a tenth of a metre. What is typed stays as it is typed: 30.0 is on its way to 30.05, and a longitude that was
 * written where the latitude belongs is told, not moved to the pole.
 */
export function DegreesInput({ most, value, error, onChange, ...rest }: DegreesInputProps) {
  const say = useWords('common');
  const [typed, setTyped] = useState<string | number>(value ?? '');
  return (
    <NumberInput
      {...rest}
      error={isBeyond(value, most) ? say('degreesBeyond', { most }) : error}
      clampBehavior="none"
      decimalScale={6}
      hideControls
      value={degreesOf(typed) === value ? typed : (value ?? '')}
      onChange={(next) => {
        setTyped(next);
        onChange(degreesOf(next));
      }}
    />
  );
}

function degreesOf(typed: string | number): number | undefined {
  const degrees = typed === '' ? Number.NaN : Number(typed);
  return Number.isFinite(degrees) ? degrees : undefined;
}

const isBeyond = (degrees: number | undefined, most: number): boolean => degrees !== undefined && Math.abs(degrees) > most;

interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** The place, `none` when nothing is written, `half` when only one of the two is, `beyond` when it is not on the earth. */
export function placeWritten({ lat, lon }: Partial<Point>): Point | 'none' | 'half' | 'beyond' {
  if (isBeyond(lat, 90) || isBeyond(lon, 180)) return 'beyond';
  if (lat === undefined && lon === undefined) return 'none';
  return lat === undefined || lon === undefined ? 'half' : { lat, lon };
}
