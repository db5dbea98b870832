import { type Correlation, correlate } from '../alarm/index.ts';
import type { PipelineDeps, Stage, Work } from './stages.ts';

/** Does it belong to something already open? */
export const correlateStage = (deps: PipelineDeps): Stage => ({
  name: 'correlate',
  async run(work) {
    const correlation = placeOf(deps, work);
    if (correlation) work.correlation = correlation;
  },
});

/** What the signal belongs to among what is open; undefined for one that is not asked where it belongs. */
export function placeOf(deps: PipelineDeps, { signal, sorting, site, open, now }: Work): Correlation | undefined {
  if (!sorting || sorting.role === 'keeps' || sorting.role === 'answers') return undefined;
  return correlate(signal, site?.id, sorting, open, now, deps.sorting());
}
