import { first } from './alarm-keys/first/driver.ts';

export const catalogue = [first];
