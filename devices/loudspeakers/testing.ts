import { expect } from 'vitest';
import type { Sound, Speaking } from '../driver.ts';
import { compare } from './compare.ts';
import { openHandClock } from './hand-clock.ts';
import type { Recording } from './recorder.ts';
import { likeSpeech, soundOf } from './voice.ts';

/** What the tests of all loudspeakers say, and how. */

export const words = likeSpeech(3000);

export interface Attempt {
  readonly clock: ReturnType<typeof openHandClock>;
  readonly speaking: Speaking;
  /** Clock readings at which the driver said that sound leaves. */
  readonly began: readonly number[];
  stop(): void;
}

export function attempt(clock = openHandClock()): Attempt {
  const controller = new AbortController();
  const began: number[] = [];
  const speaking: Speaking = { priority: 1, began: () => void began.push(clock.now()), signal: controller.signal };
  return { clock, speaking, began, stop: () => controller.abort() };
}

export const theWords = (): Sound => soundOf(words);

/** Length, level and form, for any loudspeaker. G.711 costs less than a tenth of a decibel. */
export function expectTheWords(sound: Recording): void {
  const result = compare(words, sound.pcm());
  expect(Math.abs(result.lengthError)).toBeLessThan(5);
  expect(Math.abs(result.levelError)).toBeLessThan(0.1);
  expect(result.correlation).toBeGreaterThan(0.999);
  expect(sound.strange).toBe(0);
}
