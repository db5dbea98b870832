import { load } from './load.ts';

export const round = (): unknown => load();
