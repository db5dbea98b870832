import { type Description, Trouble } from '../../../devices/driver.ts';
import { type Finding, seconds } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { clockTolerance } from '../doctor.ts';
import { jpegSize } from './jpeg-size.ts';
import { found, type Outcome, type Trial, type TrialDeps } from './trial.ts';

const describePatience = seconds(6);
const streamPatience = seconds(12);

/** What it says of itself, a picture, and whether it moves. It passes with the picture. */
export async function testCamera(trial: Trial, deps: TrialDeps): Promise<Outcome> {
  const described = await describe(trial, deps);
  const picture = await takePicture(trial, deps);
  const stream = await tryStream(trial, deps);
  return {
    passed: picture.ok,
    measured: { ...described.measured, ...picture.measured, stream: stream.measured },
    findings: [...described.findings, ...picture.findings, ...stream.findings],
  };
}

interface Part {
  readonly measured: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
}

/** Trouble and Fault say what is wrong with the camera; anything else is wrong with us. */
function why(error: unknown): string {
  if (error instanceof Trouble || error instanceof Fault) return error.message;
  throw error;
}

async function describe(trial: Trial, { cameras }: TrialDeps): Promise<Part> {
  const { powers } = await cameras.open(trial.device.id);
  try {
    const described = await powers.describe?.(AbortSignal.any([trial.signal, AbortSignal.timeout(describePatience)]));
    if (!described) return { measured: {}, findings: [] };
    const measured = faceOf(described);
    await trial.step('described', measured);
    const { clockOffset = 0 } = described;
    const off = Math.abs(clockOffset) > clockTolerance;
    return { measured, findings: off ? [found('clock-off', { seconds: Math.round(clockOffset / 1000) })] : [] };
  } catch (error) {
    return { measured: { describe: why(error) }, findings: [] };
  }
}

const faceOf = ({ maker, model, firmware, serial, clockOffset }: Description): Record<string, unknown> => ({
  ...(maker === undefined ? {} : { maker }),
  ...(model === undefined ? {} : { model }),
  ...(firmware === undefined ? {} : { firmware }),
  ...(serial === undefined ? {} : { serial }),
  ...(clockOffset === undefined ? {} : { clockOffsetMs: Math.round(clockOffset) }),
});

async function takePicture(trial: Trial, { cameras, clock }: TrialDeps): Promise<Part & { readonly ok: boolean }> {
  const asked = clock.now();
  try {
    const still = await cameras.still(trial.device.id);
    const size = jpegSize(still.jpeg);
    const measured = { firstFrameMs: Math.max(0, clock.now() - asked), via: still.via, bytes: still.jpeg.byteLength, ...size };
    await trial.step('picture', measured);
    return { ok: size !== undefined, measured, findings: size ? [] : [found('no-picture', { detail: 'no JPEG' })] };
  } catch (error) {
    return { ok: false, measured: {}, findings: [found('no-picture', { detail: why(error) })] };
  }
}

async function tryStream(trial: Trial, deps: TrialDeps): Promise<Part> {
  const reached = await firstPiece(trial, deps);
  await trial.step('stream', reached);
  const findings = reached.reachable ? [] : [found('no-stream', { detail: reached.why })];
  return { measured: reached, findings };
}

type Reached =
  | { readonly reachable: true; readonly codec: string; readonly width: number; readonly height: number; readonly firstPieceMs: number }
  | { readonly reachable: false; readonly why: string };

async function firstPiece(trial: Trial, { cameras, clock }: TrialDeps): Promise<Reached> {
  const asked = clock.now();
  const patience = AbortSignal.timeout(streamPatience);
  const ending = new AbortController();
  const end = () => ending.abort();
  for (const signal of [trial.signal, patience]) signal.addEventListener('abort', end, { once: true });
  try {
    for await (const piece of await cameras.live(trial.device.id, ending.signal)) {
      if (piece.kind === 'trouble') return { reachable: false, why: piece.detail };
      if (piece.kind !== 'init') continue;
      const { codec, width, height } = piece;
      return { reachable: true, codec, width, height, firstPieceMs: Math.max(0, clock.now() - asked) };
    }
    return { reachable: false, why: `nothing came within ${streamPatience / 1000} s` };
  } catch (error) {
    return { reachable: false, why: why(error) };
  } finally {
    ending.abort();
  }
}
