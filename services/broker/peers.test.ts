import { expect, onTestFinished, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { freshStore } from '../store/testing.ts';
import { openPeers, peerGone } from './peers.ts';

test('brokers know each other for as long as they tell of themselves, and none counts itself', async () => {
  const { hub } = await freshStore();
  const clock = manualClock();
  const [a, b] = ['a', 'b'].map((brokerId) => openPeers({ hub, clock, brokerId }));
  onTestFinished(() => {
    a?.close();
    b?.close();
  });
  a?.tell();
  b?.tell();
  await expect.poll(() => [a?.others(), b?.others()]).toEqual([['b'], ['a']]);
  await clock.advance(peerGone);
  b?.tell();
  await clock.advance(seconds(1));
  await expect.poll(() => [a?.others(), b?.others()]).toEqual([['b'], []]);
});
