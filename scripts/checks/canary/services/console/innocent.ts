// A page may import what is the console's own.
import { ours } from './ours.ts';

export const show = (): string => ours;
