import { expect, onTestFinished, test } from 'vitest';
import { type Hearing, hear, withChirp } from '../../devices/media/hearing.ts';
import { quiet } from '../store/testing.ts';
import type { SoundQuestion } from './ear-worker.ts';
import { openSideThread } from './side-thread.ts';

const words = Int16Array.from({ length: 16_000 }, (_none, at) => Math.round(9000 * Math.sin(at * at * 1e-4) * Math.sin(at / 900)));
const sent = withChirp(words);
const recorded = Int16Array.from({ length: 32_000 }, (_none, at) => Math.round(0.2 * (sent[at - 1600] ?? 0) + ((at * 7919) % 200)));

test('the thread says what the ear says, to each what he asked, and ends when it is closed', async () => {
  const thread = openSideThread<SoundQuestion, Hearing>(quiet, new URL('./ear-worker.ts', import.meta.url));
  onTestFinished(() => thread.close());
  const [there, absent] = await Promise.all([thread.ask({ sent, recorded }), thread.ask({ sent, recorded: new Int16Array(16_000) })]);
  expect(there).toEqual(hear(sent, recorded));
  expect(there.heard).toBe(true);
  expect(absent).toMatchObject({ heard: false, why: 'microphone-silent' });
  const unanswered = thread.ask({ sent, recorded });
  await Promise.all([expect(unanswered).rejects.toThrow('ended'), thread.close()]);
  await expect(thread.ask({ sent, recorded })).rejects.toThrow('closed');
});
