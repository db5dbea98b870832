import type { JobsOptions, Processor, WorkerOptions } from 'bullmq';
import type { Lane } from '../alarm/index.ts';
import type { Job } from '../ports.ts';
import type { QueueName } from './jobs.ts';

/** Of BullMQ's queue, what a lane calls. */
export interface JobQueue {
  add(name: string, job: Job, options: JobsOptions): Promise<unknown>;
  getJobCounts(...states: ('waiting' | 'active' | 'delayed')[]): Promise<Record<string, number>>;
  on(event: 'error', hear: (error: Error) => void): unknown;
}

/** Of BullMQ's worker, what a lane calls. */
export interface JobWorker {
  run(): Promise<void>;
  isRunning(): boolean;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
  /** Cuts its connections. */
  disconnect(): Promise<void>;
  on(event: 'error', hear: (error: Error) => void): unknown;
}

export type Process = Processor<unknown, void>;

/** Where the queue is kept. Each lane has connections of its own. */
export interface Backend {
  readonly kind: 'postgresql' | 'redis';
  readonly queues: Readonly<Record<QueueName, JobQueue>>;
  /** Why the lane cannot add just now, told without waiting; undefined when it can be tried. */
  obstacle(lane: Lane): string | undefined;
  /** Writes something that nobody reads: a server may answer, and have no room. @throws what a job would be refused with */
  tryWrite(lane: Lane): Promise<unknown>;
  /** What a person should put right although jobs still pass; undefined when nothing. */
  warning(): string | undefined;
  openWorker(name: QueueName, process: Process, concurrency: number): JobWorker;
  /** Puts right what can be (makes a dropped schema again, looks again at Redis' settings); warning() tells what cannot. */
  mend(): Promise<void>;
  /** Gives every connection back. Waits `patience` ms for a polite end, then cuts. */
  close(patience?: number): Promise<void>;
}

/**
 * A job that ended leaves nothing behind: an id that stands in a queue, ended or not, would swallow the next offer of it.
 * The pauses (0.2 to 1.6 s) are set by one worker's clock and may be ended by another's: a dead worker with a fast clock can hold a
 * job of its back by the difference. Due times of the record never stand here.
 */
export const jobOptions: JobsOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 200 },
  removeOnComplete: true,
  removeOnFail: true,
};

/** Nobody reads BullMQ's event streams here. */
export const streams = { events: { maxLen: 256 } };

/** BullMQ's defaults notice a dead worker after 30 to 60 s, and give a job up that met two of them. */
export const workerOptions = (name: QueueName, concurrency: number): Omit<WorkerOptions, 'connection' | 'prefix'> => ({
  autorun: false,
  concurrency,
  lockDuration: 3000,
  stalledInterval: name.startsWith('urgent') ? 1000 : 2000,
  maxStalledCount: 10,
  runRetryDelay: 1000,
});
