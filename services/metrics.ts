import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { Duration, Lane } from './alarm/index.ts';

/**
 * What this process measures, for Prometheus. Labels come from closed lists only, so that no device can make series up.
 * Loop lag, memory and garbage collection come with the client's own metrics.
 */

const registry = new Registry();
const registers = [registry];
collectDefaultMetrics({ register: registry });

const pressToOrder = new Histogram({
  name: 'baiying_press_to_order_seconds',
  help: 'From the arrival of an urgent signal until its first order left',
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});
const signals = new Counter({ name: 'baiying_signals_total', help: 'Signals accepted, by type', labelNames: ['type'], registers });
const orders = new Counter({ name: 'baiying_orders_total', help: 'Orders that came into a state', labelNames: ['state'], registers });
const jobs = new Counter({
  name: 'baiying_jobs_total',
  help: 'Jobs of the lanes, by what became of them',
  labelNames: ['lane', 'outcome'],
  registers,
});
const connected = new Gauge({ name: 'baiying_connected_devices', help: 'Devices connected to the broker of this process', registers });
const joined = new Gauge({ name: 'baiying_joined_broker_up', help: '1 while the joined broker is there; 0 without one', registers });
const requests = new Histogram({
  name: 'baiying_http_request_seconds',
  help: 'HTTP requests by method, route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.025, 0.1, 0.25, 1, 5],
  registers,
});

const canary = new Gauge({
  name: 'baiying_canary_seconds',
  help: 'How late the last canary came through a queue, or is by now; along the line of this process, or through the queue to a worker',
  labelNames: ['queue', 'way'],
  registers,
});
const silentWorkers = new Counter({
  name: 'baiying_silent_workers_total',
  help: 'Workers that took nothing and were opened anew',
  labelNames: ['queue'],
  registers,
});

const floods = new Counter({
  name: 'baiying_devices_kept_out_total',
  help: 'Devices whose connections were closed because they flood, by kind',
  labelNames: ['kind'],
  registers,
});

export const countFlood = (kind: string): void => floods.inc({ kind });
export const setCanaryLate = (queue: string, way: string, late: Duration): void => canary.set({ queue, way }, late / 1000);
export const countSilentWorker = (queue: string): void => silentWorkers.inc({ queue });
export const observePressToOrder = (took: Duration): void => pressToOrder.observe(took / 1000);
/** `type` is one of the fact types, never a device's own word. */
export const countSignal = (type: string): void => signals.inc({ type });
export const countOrder = (state: string): void => orders.inc({ state });
/** `handed-on`: done in this process; `queued`: given to the queue; `swept`: found by the sweeper; `done` and `failed`: how a handler ended. */
export type JobOutcome = 'handed-on' | 'queued' | 'swept' | 'done' | 'failed';
export const countJob = (lane: Lane, outcome: JobOutcome): void => jobs.inc({ lane, outcome });
export const setConnectedDevices = (count: number): void => connected.set(count);
export const setJoined = (up: boolean): void => joined.set(up ? 1 : 0);
/** `route` is the route's pattern, never the address that was asked. */
export const observeRequest = (method: string, route: string, status: number, took: Duration): void =>
  requests.observe({ method, route, status }, took / 1000);

/** The text that Prometheus scrapes, and its content type. */
export async function readMetrics(): Promise<{ readonly type: string; readonly text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}
