import { expect, test } from 'vitest';
import { alarms, check, lineLost, samplesOf, secondsOf, signedOut, unseen } from './patterns.ts';

const rate = 8000;
const all = [...Object.values(alarms), check, lineLost, unseen, signedOut];

test('no figure is louder than the card can carry, and none begins or ends with a crack', () => {
  for (const pattern of all) {
    const samples = samplesOf(pattern, rate);
    expect(samples.length).toBe(Math.round(secondsOf(pattern) * rate));
    expect(Math.max(...samples.map(Math.abs))).toBeLessThanOrEqual(pattern.loudness);
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.05);
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.05);
    expect(Math.max(...samples)).toBeGreaterThan(pattern.loudness / 2);
  }
});

test('the more urgent, the more of the time it sounds and the louder it is', () => {
  const sounding = Object.values(alarms).map(({ tones, loudness }) => {
    const on = tones.reduce((sum, { pitch, length }) => sum + (pitch > 0 ? length : 0), 0);
    return { share: on / secondsOf({ tones, loudness }), loudness };
  });
  for (const [index, { share, loudness }] of sounding.entries()) {
    const before = sounding[index - 1];
    if (!before) continue;
    expect(share).toBeLessThan(before.share);
    expect(loudness).toBeLessThan(before.loudness);
  }
});
