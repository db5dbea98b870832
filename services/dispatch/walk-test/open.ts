import { type Finding, type Instant, rfc3339, seconds } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { audit } from '../../store/audit.ts';
import { beginTest, cancelTest, endTest, type KeptStep, type StoredTest, testNamed } from '../../store/device-tests.ts';
import { putEvents } from '../../store/events.ts';
import { uuidv7 } from '../../store/ids.ts';
import type { Device } from '../../store/register-view.ts';
import type { Language } from '../../words.ts';
import { diagnose } from '../doctor.ts';
import { type DoctorDeps, factsOf } from '../doctor-facts.ts';
import { testCamera } from './camera.ts';
import { testKey } from './key.ts';
import { testLoudspeaker } from './loudspeaker.ts';
import { testRadio } from './radio.ts';
import { found, type Outcome, type StepName, type Trial, type TrialDeps } from './trial.ts';
import { waitFor } from './wait.ts';

export interface Asked {
  readonly waitSeconds: number;
  readonly lang: Language;
  readonly text?: string | undefined;
}

export interface WalkTests {
  /** @throws Fault `not-found`, `test-under-way`, and what stands in the way of testing that kind */
  run(deviceId: string, asked: Asked, by: string): Promise<StoredTest>;
  /** @throws Fault `not-found` */
  doctor(deviceId: string): Promise<{ readonly device: Device; readonly at: Instant; readonly findings: readonly Finding[] }>;
  /** Cuts short what goes on, and waits for it. */
  close(): Promise<void>;
}

export type WalkTestDeps = TrialDeps & DoctorDeps;

/** Writing what came of it may take so long beyond the wait; a process that died is known by it. */
const ending = seconds(60);

/** The walk test of every kind of device: what is done, told as it goes, and kept. */
export function openWalkTests(deps: WalkTestDeps): WalkTests {
  const stop = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const deviceOf = async (id: string): Promise<Device> => {
    const device = await deps.register.deviceOrLoad(id);
    if (!device) throw new Fault('not-found', `devices: there is no ${id}`);
    return device;
  };
  return {
    async run(deviceId, asked, by) {
      const running = test(await deviceOf(deviceId), asked, by, stop.signal, deps);
      underWay.add(running);
      try {
        return await running;
      } finally {
        underWay.delete(running);
      }
    },
    async doctor(deviceId) {
      const device = await deviceOf(deviceId);
      const facts = await factsOf(device, deps);
      if (!facts) throw new Fault('not-found', `devices: there is no ${deviceId}`);
      return { device, at: facts.now, findings: diagnose(facts) };
    },
    async close() {
      stop.abort();
      await Promise.allSettled(underWay);
    },
  };
}

async function test(device: Device, asked: Asked, by: string, signal: AbortSignal, deps: WalkTestDeps): Promise<StoredTest> {
  const { store, clock } = deps;
  const at = clock.now();
  const until = at + seconds(asked.waitSeconds);
  const begun = {
    ...{ id: uuidv7(at), deviceId: device.id, kind: device.kind, by, at, until: until + ending },
    ...(device.siteId === undefined ? {} : { siteId: device.siteId }),
  };
  if (!(await beginTest(store.desk, begun))) throw new Fault('test-under-way', `${device.id} is being tested`);
  const steps: KeptStep[] = [];
  const step = teller(begun.id, device, steps, deps);
  const trial: Trial = {
    ...{ id: begun.id, device, by, at, until, waitSeconds: asked.waitSeconds, lang: asked.lang, signal, step },
    ...(asked.text === undefined ? {} : { text: asked.text }),
    wait: (look) => waitFor(deps, until, signal, look),
  };
  let outcome: Outcome;
  try {
    await noteWords(trial, deps);
    await step('started', { kind: device.kind, waitSeconds: asked.waitSeconds });
    outcome = await ways[device.kind](trial, deps);
  } catch (error) {
    // What could not be tested was not tested: it leaves no record of a device that failed.
    await cancelTest(store.desk, begun.id);
    throw error;
  }
  return keep(trial, outcome, steps, deps);
}

const ways: Readonly<Record<Device['kind'], (trial: Trial, deps: TrialDeps) => Promise<Outcome>>> = {
  key: testKey,
  camera: testCamera,
  radio: testRadio,
  loudspeaker: testLoudspeaker,
};

/** Consoles see each step as it is taken; it is kept with the test as well. */
const teller =
  (id: string, device: Device, steps: KeptStep[], { store, hub, clock }: TrialDeps) =>
  async (name: StepName, data: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    const at = clock.now();
    steps.push({ step: name, at: rfc3339(at), ...(Object.keys(data).length === 0 ? {} : { data }) });
    const told = { id, deviceId: device.id, siteId: device.siteId, step: name, ...data };
    await putEvents(store.desk, [{ type: 'baiying.device-test.step.v1', subject: `device-tests/${id}`, at, data: told }]);
    hub.tell('events');
  };

/** Somebody's own words are on the trail before anybody hears them; what came of the test follows when it is over. */
async function noteWords({ id, device, by, at, text }: Trial, { store }: WalkTestDeps): Promise<void> {
  if (text === undefined) return;
  await audit(store.desk, { at, by, act: 'device.tested', subject: `devices:${device.id}`, data: { test: id, text } });
}

async function keep(trial: Trial, outcome: Outcome, steps: KeptStep[], deps: WalkTestDeps): Promise<StoredTest> {
  const { store, hub, clock } = deps;
  const { id, device, by } = trial;
  const findings = [
    ...outcome.findings,
    ...(trial.signal.aborted && !outcome.passed ? [found('test-interrupted', { detail: 'process-stopping' })] : []),
  ];
  if (!outcome.passed) findings.push(...(await diagnosed(trial, findings, deps)));
  const at = clock.now();
  steps.push({ step: 'ended', at: rfc3339(at), data: { passed: outcome.passed } });
  const result = {
    passed: outcome.passed,
    measured: outcome.measured,
    findings: findings.map((one) => ({ code: one.code, data: { ...one.data } })),
    steps,
  };
  await store.desk.transaction().execute(async (trx) => {
    await endTest(trx, id, result, at);
    const told = {
      id,
      deviceId: device.id,
      siteId: device.siteId,
      step: 'ended',
      passed: outcome.passed,
      findings: findings.map(({ code }) => code),
    };
    await putEvents(trx, [{ type: 'baiying.device-test.step.v1', subject: `device-tests/${id}`, at, data: told }]);
    await audit(trx, { at, by, act: 'device.tested', subject: `devices:${device.id}`, data: { test: id, passed: outcome.passed } });
  });
  hub.tell('events');
  const stored = await testNamed(store.desk, id);
  if (!stored) throw new Fault('internal');
  return stored;
}

/** What the doctor adds to a test that failed, less what the test itself has found. */
async function diagnosed({ device }: Trial, already: readonly Finding[], deps: WalkTestDeps): Promise<readonly Finding[]> {
  const facts = await factsOf(device, deps);
  const known = new Set(already.map(({ code }) => code));
  if (!facts) return [];
  const { failure: _before, ...now } = facts;
  return diagnose(now).filter(({ code }) => !known.has(code));
}
