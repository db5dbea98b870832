import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { find } from '../../bench/processes.ts';
import { Absent, type Bench, until } from '../bench.ts';
import { type County, raiseCounty, units } from '../county.ts';
import { type OperatorDesk, openOperatorDesk } from '../desk.ts';
import { type FakeClock, openFakeClock } from '../fake-clock.ts';
import { lettersOf, readRecord } from '../ledgers.ts';
import { untilAcknowledged } from '../load.ts';
import type { Product } from '../product.ts';
import { type Found, judged, type Row } from '../row.ts';
import { besiege } from '../siege.ts';
import { openTown } from '../town.ts';
import { judge, type PressEntry } from '../verdict.ts';

/** Clocks that jump, and machines that disagree. */

const hour = 3600;
/** The first step of an emergency that nobody answers (config/policies/escalation.yaml), in ms. */
const firstStep = 15_000;

/** PostgreSQL is started with an environment of its own: a program of that name before the real one gives it the clock too. */
async function withPostgres(bench: Bench, { env }: FakeClock): Promise<Readonly<Record<string, string>>> {
  if (process.getuid?.() !== 0)
    throw new Absent('needs root: PostgreSQL is then started through a program that can give it the same clock');
  const folder = await mkdtemp(join(tmpdir(), 'baiying-torture-path-'));
  bench.defer(() => rm(folder, { recursive: true, force: true }));
  const given = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
  for (const program of ['unshare', 'setpriv']) {
    const file = join(folder, program);
    await writeFile(file, `#!/bin/sh\nexec env ${given.join(' ')} '${find(program) ?? program}' "$@"\n`);
    await chmod(file, 0o755);
  }
  return { ...env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
}

interface Called {
  readonly entry: PressEntry;
  /** By the driver's monotonic clock. */
  readonly at: number;
}

async function call({ keys }: County, index: number): Promise<Called> {
  const key = keys[index];
  if (!key) throw new Error(`there is no key ${index}`);
  const entry: PressEntry = { eventId: randomUUID(), keyId: key.id, sentAt: Date.now() };
  await untilAcknowledged(key, entry);
  return { entry, at: performance.now() };
}

/** How long after the press the incident came to its first step, in ms. */
async function escalatedAfter(desk: OperatorDesk, { entry, at }: Called): Promise<number> {
  await until(`${entry.keyId} is escalated`, firstStep + 20_000, async () => {
    const incident = (await desk.all<{ id: string; deviceId?: string }>('/incidents')).find(({ deviceId }) => deviceId === entry.keyId);
    if (!incident) return false;
    const { timeline } = await desk.ask<{ timeline: readonly { kind: string }[] }>('GET', `/incidents/${incident.id}`);
    return timeline.some(({ kind }) => kind === 'escalated');
  });
  return Math.round(performance.now() - at);
}

const jumps = [
  { what: 'an hour forwards', offset: hour, killed: false },
  { what: 'an hour back again', offset: 0, killed: false },
  { what: 'an hour back and killed with -9', offset: -hour, killed: true },
] as const;

async function clockSet(bench: Bench): Promise<Found> {
  const clock = await openFakeClock(bench);
  const product = await bench.product(await withPostgres(bench, clock));
  const desk = await openOperatorDesk(product.http);
  const county = await raiseCounty(desk, [product.mqtt], jumps.length);
  bench.defer(county.stop);
  for (const radio of county.radios) radio.behave('delivers-only');
  const presses: PressEntry[] = [];
  const late: (readonly [string, number])[] = [];
  for (const [index, jump] of jumps.entries()) {
    const called = await call(county, index);
    presses.push(called.entry);
    await pause(5000);
    await clock.set(jump.offset);
    if (jump.killed) await killed(product);
    late.push([jump.what, (await escalatedAfter(desk, called)) - firstStep]);
  }
  const record = await readRecord(desk);
  const violations = judge({ presses, record, letters: lettersOf(county), units }).map(({ rule, about }) => `${rule}: ${about}`);
  return judged(
    [
      ...late.map(([what, by]) => [`${what}: ${by} ms after its time`, Math.abs(by) <= 1000, 'timed'] as const),
      [`${violations.length} broken promises; the session still holds`, violations.length === 0],
    ],
    [...violations, ...product.ownEnds],
  );
}

async function killed(product: Product): Promise<void> {
  await product.kill();
  await until('ready again', 30_000, product.ready);
}

async function apart(bench: Bench): Promise<Found> {
  const [early, late] = [await openFakeClock(bench, -60), await openFakeClock(bench, 60)];
  const town = await openTown(bench, {
    counts: { broker: 1, pipeline: 2, dispatch: 2 },
    env: (role, index) => (role === 'broker' ? {} : ([early, late][index]?.env ?? {})),
  });
  const load = { product: town.place, keys: 40, rate: 15, lasts: 10 };
  const { violations, figures, value } = await besiege(bench, load, async (stage) => stage);
  // Of these calls nobody hears: whichever process decides, it must be at the right time.
  for (const radio of value.county.radios) radio.behave('delivers-only');
  const calls = await Promise.all([0, 1, 2, 3].map((index) => call(value.county, index)));
  const after = await Promise.all(calls.map((called) => escalatedAfter(value.desk, called)));
  const furthest = Math.max(...after.map((ms) => Math.abs(ms - firstStep)));
  return judged(
    [
      [
        `${figures.counts.incidents} incidents, ${figures.counts.letters} letters, ${violations.length} broken promises`,
        violations.length === 0,
      ],
      [`press to order p99 ${figures.order.p99} ms, max ${figures.order.max} ms`, figures.order.max <= 5000, 'timed'],
      [`four calls escalated ${furthest} ms from their time at most`, furthest <= 1000, 'timed'],
    ],
    violations,
  );
}

export const clockRows: readonly Row[] = [
  {
    number: 17,
    title: 'the clock is set by an hour while an escalation is pending',
    bound: 'the escalation within 1 s of its due time; what is said and how it is chained stays sound',
    how: 'libfaketime under the product and its PostgreSQL: an hour forwards, an hour back, an hour back with a kill -9',
    run: clockSet,
  },
  {
    number: 18,
    title: 'two processes whose clocks are 60 s apart',
    bound: 'no effect: orders within 5 s, escalations within 1 s of their time',
    how: 'libfaketime under two pipelines and two dispatches, one pair a minute early and one late, as in a city',
    run: apart,
  },
];
