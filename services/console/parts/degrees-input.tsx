import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

interface DegreesInputProps extends Pick<NumberInputProps, 'label' | 'error' | 'flex'> {
  /** The least is the same below nought. */
  readonly most: number;
  readonly value: number | undefined;
  readonly onChange: (degrees: number | undefined) => void;
}

/** Degrees to a tenth of a metre. What is typed stays as it is typed: 30.0 is on its way to 30.05. */
export function DegreesInput({ most, value, onChange, ...rest }: DegreesInputProps) {
  const [typed, setTyped] = useState<string | number>(value ?? '');
  return (
    <NumberInput
      {...rest}
      min={-most}
      max={most}
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
