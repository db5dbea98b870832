// Breaks nothing-unresolved.
// @ts-expect-error there is no such file, on purpose
import { nothing } from './nowhere.ts';

export const lost: unknown = nothing;
