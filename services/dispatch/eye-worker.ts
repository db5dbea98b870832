import { parentPort } from 'node:worker_threads';
import { judge, type Look, type Picture, type Standard } from '../../devices/media/looking.ts';
import type { Asked } from './side-thread.ts';

/** The thread in which pictures are judged: some 50 ms of a core each, measured. */
export interface PictureQuestion {
  readonly picture: Picture;
  readonly standard: Standard;
}

parentPort?.on('message', ({ id, question: { picture, standard } }: Asked<PictureQuestion>) => {
  const answer: Look = judge(picture, standard);
  parentPort?.postMessage({ id, answer });
});
