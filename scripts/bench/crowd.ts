import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Voice } from './chatter.ts';

/** Many devices that are connected and say nothing but that they live, from processes of their own. */
export interface CrowdTask {
  readonly url: string;
  readonly voices: readonly Voice[];
  /** Address that the connections come from: each has some 28,000 ports. */
  readonly from: string;
  /** Give up connecting after so many milliseconds. */
  readonly patience: number;
}

export interface Crowd {
  readonly connected: number;
  /** Milliseconds until all were let in. */
  readonly took: number;
  /** How many are connected still. */
  ask(): Promise<number>;
  leave(): Promise<void>;
}

/** One process holds no more, so that none comes near the number of files it may open. */
const most = 5000;

/** @param street one for each crowd, so that no two come from the same address */
export async function openCrowd(url: string, voices: readonly Voice[], patience: number, street: number): Promise<Crowd> {
  const began = performance.now();
  const workers = Array.from({ length: Math.ceil(voices.length / most) }, (_unused, index) => {
    const child = fork(join(import.meta.dirname, 'crowd-worker.ts'));
    const task: CrowdTask = { url, voices: voices.slice(index * most, (index + 1) * most), from: `127.0.${street}.${2 + index}`, patience };
    child.send(task);
    return child;
  });
  const count = async (): Promise<number> => {
    const answers = await Promise.all(workers.map((worker) => once(worker, 'message')));
    return answers.reduce((sum, [answer]) => sum + (answer as number), 0);
  };
  const connected = await count();
  return {
    connected,
    took: Math.round(performance.now() - began),
    ask() {
      const answers = count();
      for (const worker of workers) worker.send('how many');
      return answers;
    },
    async leave() {
      const gone = workers.map((worker) => once(worker, 'exit'));
      for (const worker of workers) worker.kill('SIGKILL');
      await Promise.all(gone);
    },
  };
}
