import { Kbd } from '@mantine/core';

/** The key that does it, beside what it does. Keys are called the same in every language. */
export const KeyCap = ({ of }: { readonly of: string }) => <Kbd>{of}</Kbd>;
