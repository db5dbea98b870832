import { sort } from '../alarm/index.ts';
import type { PipelineDeps, Stage } from './stages.ts';

/** What is it, and how urgent? */
export const sortStage = (deps: PipelineDeps): Stage => ({
  name: 'sort',
  async run(work) {
    work.sorting = sort(work.signal, deps.sorting());
  },
});
