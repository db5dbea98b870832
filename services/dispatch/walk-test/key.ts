import { type Instant, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { type HeardPress, pressSince } from '../../store/device-tests.ts';
import { putTestUntil } from '../../store/register-write.ts';
import { clockTolerance, lowBattery } from '../doctor.ts';
import { found, type Outcome, type Trial, type TrialDeps } from './trial.ts';

/** A press that takes longer than this from the key's own clock to us would be late in need, too. */
const slow = 2000;
/** Beyond this it is the key's clock that is off, not the way that is long. */
const longestWay = 10_000;

/** Puts the key in test mode and waits for its press to come by the way that a real one takes. */
export async function testKey(trial: Trial, deps: TrialDeps): Promise<Outcome> {
  const { device, until, waitSeconds } = trial;
  const before = device.testUntil;
  await setTestMode(trial, deps, Math.max(until, before ?? 0));
  try {
    await trial.step('press-now', { until: rfc3339(until) });
    const press = await trial.wait(() => pressSince(deps.store.desk, device.id, trial.at));
    if (!press) return { passed: false, measured: {}, findings: [found('no-press', { seconds: waitSeconds })] };
    await trial.step('press-heard', press.incident ? { incidentNumber: press.incident.number } : {});
    await closeIncident(press.incident, trial, deps);
    return judge(press);
  } finally {
    // The next press is meant: test mode ends with the test, not with its time.
    await setTestMode(trial, deps, before !== undefined && before > deps.clock.now() ? before : undefined);
  }
}

async function setTestMode({ device, by }: Trial, { store, clock, register, log }: TrialDeps, until: Instant | undefined): Promise<void> {
  const { changed } = await putTestUntil(store, device.id, until, { by, at: clock.now() });
  await register.touch(...changed).catch((error: unknown) => log.error({ err: error, changed }, 'the view could not be refreshed'));
}

/** Only what this test has opened; an exercise that somebody else holds on the key stays open. */
async function closeIncident(incident: HeardPress['incident'], trial: Trial, { desk }: TrialDeps): Promise<void> {
  if (incident?.kind !== 'walk-test') return;
  try {
    await desk.act(incident.id, { type: 'closed', by: trial.by, disposition: 'test' });
    await trial.step('incident-closed', { incidentNumber: incident.number });
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'incident-closed') throw error;
  }
}

function judge({ type, grade, active, at, receivedAt, data, mark, incident }: HeardPress): Outcome {
  const way = at === receivedAt ? undefined : receivedAt - at;
  const believed = way !== undefined && way >= 0 && way <= longestWay;
  const battery = typeof data['battery'] === 'number' ? data['battery'] : undefined;
  // A contact that is told as it stands; its mark says so with `on`.
  const level = type === 'digital-input' || (mark !== undefined && 'on' in mark.value);
  const off = way !== undefined && (way < -clockTolerance || way > longestWay);
  return {
    passed: type !== 'unparsed',
    measured: {
      press: type,
      ...(believed ? { latencyMs: way } : {}),
      ...(way === undefined ? {} : { clockOffsetMs: -way }),
      ...(incident === undefined ? {} : { acceptedMs: Math.max(0, incident.openedAt - receivedAt), incidentNumber: incident.number }),
      ...(level ? { polarity: active ? 'active' : 'inactive' } : {}),
      ...(grade === undefined ? {} : { grade }),
      ...(battery === undefined ? {} : { battery }),
    },
    findings: [
      ...(type === 'unparsed' ? [found('unreadable', { detail: String(data['reason'] ?? ''), times: 1, since: rfc3339(receivedAt) })] : []),
      ...(believed && way > slow ? [found('press-slow', { seconds: Math.round(way / 100) / 10 })] : []),
      ...(off ? [found('clock-off', { seconds: Math.round(-way / 1000) })] : []),
      ...(battery !== undefined && battery <= lowBattery ? [found('battery-low', { percent: battery })] : []),
    ],
  };
}
