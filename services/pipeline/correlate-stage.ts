import { correlate } from '../alarm/index.ts';
import type { PipelineDeps, Stage } from './stages.ts';

/** Does it belong to something already open? */
export const correlateStage = (deps: PipelineDeps): Stage => ({
  name: 'correlate',
  async run(work) {
    const { signal, sorting, site, open, now } = work;
    if (!sorting || sorting.role === 'keeps' || sorting.role === 'answers') return;
    work.correlation = correlate(signal, site?.id, sorting, open, now, deps.sorting());
  },
});
