import { findBroadcast } from '../../store/broadcast-lists.ts';
import type { BroadcastState } from '../../store/broadcast-moves.ts';
import type { StoredBroadcast } from '../../store/broadcasts.ts';
import { type BroadcastBody, requestBroadcast } from '../broadcast-request.ts';
import { found, type Outcome, type Trial, type TrialDeps } from './trial.ts';

type Target = StoredBroadcast['targets'][number];

/** Says a short phrase by the way that every broadcast takes, at the lowest priority, and waits for what becomes of it. */
export async function testLoudspeaker(trial: Trial, deps: TrialDeps): Promise<Outcome> {
  const { device, lang, text } = trial;
  const words = text === undefined ? { phraseId: 'speaker-test' } : { text };
  const body: BroadcastBody = { loudspeakerIds: [device.id], lang, repeat: 1, priority: 4, ...words };
  const { id } = await requestBroadcast(deps.broadcasts, body, trial.by);
  await trial.step('asked', { broadcastId: id });
  const targetNow = async (): Promise<Target | undefined> => (await findBroadcast(deps.store.desk, id))?.targets[0];
  const verdict = (await trial.wait(async () => decided(await targetNow()))) ?? (await targetNow());
  await trial.step('said', { state: verdict?.state, reason: verdict?.reason });
  return judge(id, verdict);
}

/** A loudspeaker that finds the words itself reports later what became of them; of one that we speak to, `sent` is the end. */
function decided(target: Target | undefined): Target | undefined {
  const ends: readonly BroadcastState[] = target?.spoken
    ? ['heard', 'played', 'failed', 'stopped', 'sent']
    : ['heard', 'played', 'failed', 'stopped'];
  return target && ends.includes(target.state) ? target : undefined;
}

function judge(broadcastId: string, target: Target | undefined): Outcome {
  const { state = 'queued', reason, rungs = [] } = target ?? {};
  const proof = rungs.findLast((rung) => rung.proof !== undefined)?.proof;
  const measured = {
    broadcastId,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(proof === undefined ? {} : { proof }),
    ...playedAfter(rungs),
  };
  if (state === 'heard' || state === 'played') return { passed: true, measured, findings: [] };
  if (state === 'sent' || state === 'playing') return { passed: false, measured, findings: [found('not-proved')] };
  return { passed: false, measured, findings: [found('not-played', { detail: reason ?? state })] };
}

/** From the asking to the first sound, as far as it was told. */
function playedAfter(rungs: Target['rungs']): { readonly firstSoundMs?: number } {
  const [first] = rungs;
  const playing = rungs.find((rung) => rung.state === 'playing');
  return first && playing ? { firstSoundMs: Date.parse(playing.at) - Date.parse(first.at) } : {};
}
