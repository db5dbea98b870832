import type { Give, Sound, Speaking } from '../driver.ts';
import { openHandClock } from './hand-clock.ts';
import { likeSpeech, soundOf } from './voice.ts';

/** What the tests of all loudspeakers say, and how. */

export const words = likeSpeech(3000);

export const give: Give = {
  now: () => 0,
  request: async () => ({ error: 'not used' }),
  post: async () => ({ outcome: 'failed', reason: 'not used' }),
};

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
