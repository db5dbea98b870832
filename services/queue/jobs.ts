import { z } from 'zod';
import type { Lane } from '../alarm/index.ts';
import type { Job, JobType } from '../ports.ts';

/** What stands in the queue, parsed when a worker takes it: another version of the product may have put it there. */
const id = z.string().min(1).max(128);
export const jobSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('signal'), id, deviceId: id, lane: z.enum(['urgent', 'routine']), answers: z.boolean() }),
  z.strictObject({ type: z.literal('incident-clock'), id }),
  z.strictObject({ type: z.literal('order-clock'), id }),
  z.strictObject({ type: z.literal('order'), id, again: z.literal(true).exactOptional() }),
  z.strictObject({ type: z.literal('orders-sent'), id, orders: z.array(z.strictObject({ id, lease: id })) }),
  z.strictObject({ type: z.literal('broadcast'), id, deviceId: id }),
  z.strictObject({ type: z.literal('receipt'), id }),
  z.strictObject({ type: z.literal('footage'), id }),
  z.strictObject({ type: z.literal('reachable'), id }),
  z.strictObject({ type: z.literal('webhook'), id }),
  z.strictObject({ type: z.literal('canary'), id, by: id, lane: z.enum(['urgent', 'routine']), room: z.enum(['pipeline', 'dispatch']) }),
]) satisfies z.ZodType<Job>;

type Room = 'pipeline' | 'dispatch';
export type QueueName = `${Lane}-${Room}`;
export const queueNames: readonly QueueName[] = ['urgent-pipeline', 'urgent-dispatch', 'routine-pipeline', 'routine-dispatch'];

const rooms: Record<Exclude<JobType, 'canary'>, Room> = {
  signal: 'pipeline',
  'incident-clock': 'pipeline',
  'order-clock': 'pipeline',
  order: 'dispatch',
  'orders-sent': 'dispatch',
  broadcast: 'dispatch',
  receipt: 'dispatch',
  footage: 'dispatch',
  reachable: 'dispatch',
  webhook: 'dispatch',
};

const lanes: Record<Exclude<JobType, 'signal' | 'canary'>, Lane> = {
  'incident-clock': 'urgent',
  'order-clock': 'urgent',
  order: 'urgent',
  'orders-sent': 'urgent',
  broadcast: 'urgent',
  receipt: 'urgent',
  footage: 'urgent',
  reachable: 'urgent',
  webhook: 'routine',
};

export function queueOf(job: Job): QueueName {
  if (job.type === 'canary') return `${job.lane}-${job.room}`;
  return `${job.type === 'signal' ? job.lane : lanes[job.type]}-${rooms[job.type]}`;
}

export const roomOf = (name: QueueName): Room => (name.endsWith('pipeline') ? 'pipeline' : 'dispatch');

export const laneOf = (name: QueueName): Lane => (name.startsWith('urgent') ? 'urgent' : 'routine');

/** The queues in which a job of this type may stand. */
export function queuesOf(type: JobType): readonly QueueName[] {
  // A canary walks where others make a process serve.
  if (type === 'canary') return [];
  return type === 'signal' ? ['urgent-pipeline', 'routine-pipeline'] : [`${lanes[type]}-${rooms[type]}`];
}

/** The same work has the same key, in every process. */
export function keyOf(job: Job): string {
  switch (job.type) {
    // One piece of work for each of its loudspeakers.
    case 'broadcast':
      return `broadcast-${job.id}-${job.deviceId}`;
    // A radio that was heard again does not wait for the try that was made without knowing of it.
    case 'order':
      return `order-${job.again ? 'again-' : ''}${job.id}`;
    // An incident's orders leave at different times; each sending has a lease of its own.
    case 'orders-sent':
      return `orders-sent-${job.orders.map(({ lease }) => lease).join('-')}`;
    default:
      return `${job.type}-${job.id}`;
  }
}

/**
 * How a job stands in the line of its process: before others, gathered with its like (deadlines by themselves), or behind those that go
 * first: orders that no bearer took yet, and then all else.
 */
export type Standing = 'first' | 'gathered' | 'due' | 'again' | 'after';

const standings: Record<Exclude<JobType, 'signal'>, Standing> = {
  'incident-clock': 'due',
  'order-clock': 'first',
  order: 'first',
  'orders-sent': 'gathered',
  broadcast: 'first',
  receipt: 'gathered',
  footage: 'after',
  reachable: 'after',
  webhook: 'after',
  canary: 'first',
};

/**
 * Calls for help and orders go first; what only writes down how far those came goes after them. An order that is tried again may hold its
 * place for as long as a bearer that is out of reach takes to fail.
 */
export function standingOf(job: Job): Standing {
  if (job.type === 'signal') return job.answers ? 'gathered' : 'first';
  return job.type === 'order' && job.again ? 'again' : standings[job.type];
}
