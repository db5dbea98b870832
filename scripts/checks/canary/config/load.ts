// Breaks config-knows-the-rules-only and, with cycle.ts, no-cycles.
import { hands } from '../services/pipeline/hands.ts';
import { round } from './cycle.ts';

export const load = (): unknown => [hands, round];
