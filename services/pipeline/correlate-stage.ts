import { correlate } from '../alarm/index.ts';
import { lockPlace, openAround } from '../store/incidents.ts';
import type { PipelineDeps, Stage } from './stages.ts';

/** Does it belong to something already open? Decided one signal at a time for each place. */
export const correlateStage = (deps: PipelineDeps): Stage => ({
  name: 'correlate',
  async run(work) {
    const { db, signal, sorting, site, now } = work;
    if (!sorting || sorting.role === 'keeps' || sorting.role === 'answers') return;
    await lockPlace(db, site?.id ?? signal.deviceId);
    const open = await openAround(db, site?.id, signal.deviceId);
    work.correlation = correlate(signal, site?.id, sorting, open, now, deps.sorting());
  },
});
