import { TextInput, type TextInputProps } from '@mantine/core';

/** A date and time by the station's clock; `momentOf` reads what it gives. Browsers let a year run on to six digits where no end is said. */
export const MomentInput = (props: Omit<TextInputProps, 'type' | 'max'>) => (
  <TextInput {...props} type="datetime-local" max="9999-12-31T23:59" />
);
