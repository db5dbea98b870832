import { expect } from 'vitest';
import type { Powers, Sound, Speaking } from '../driver.ts';
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

export interface Trial extends Attempt {
  readonly speak: () => Promise<unknown>;
}

/** Says the words through a driver that was opened for it. */
export const trialOf = (tried: Attempt, { speak }: Pick<Powers, 'speak'>): Trial => ({
  ...tried,
  speak: () => speak?.(theWords(), tried.speaking) ?? Promise.reject(new Error('it takes no sound')),
});

/** What is known of the words when something happens to them after so many milliseconds: it must be known at once. */
export async function cutInto({ clock, speak }: Trial, after: number, happens: () => void): Promise<unknown> {
  const spoken = speak();
  await clock.advance(after);
  happens();
  const before = clock.now();
  const outcome = await clock.until(spoken);
  expect(clock.now() - before).toBeLessThan(100);
  return outcome;
}

/** Length, level and form, for any loudspeaker. G.711 costs less than a tenth of a decibel. */
export function expectTheWords(sound: Recording): void {
  const result = compare(words, sound.pcm());
  expect(Math.abs(result.lengthError)).toBeLessThan(5);
  expect(Math.abs(result.levelError)).toBeLessThan(0.1);
  expect(result.correlation).toBeGreaterThan(0.999);
  expect(sound.strange).toBe(0);
}
