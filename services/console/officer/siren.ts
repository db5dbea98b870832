import { useEffect, useSyncExternalStore } from 'react';

/** The call that an order came: two tones and a buzz, again and again until somebody answers. Made here, so that there is nothing to load. */

type Call = 'order' | 'silent' | 'ended';

/** What must be answered. */
export type Calling = 'order' | 'silent' | undefined;

const again = 5000;
/** Seconds, hertz: a sequence that is heard over an engine and is no siren of a car. */
const tones: Readonly<Record<Call, readonly (readonly [at: number, pitch: number, loud: number])[]>> = {
  order: [
    [0, 880, 0.9],
    [0.25, 1320, 0.9],
    [0.5, 880, 0.9],
    [0.75, 1320, 0.9],
  ],
  // After duress nothing may be heard at the site: the phone only buzzes.
  silent: [],
  ended: [[0, 440, 0.4]],
};
const buzz: Readonly<Record<Call, readonly number[]>> = { order: [400, 150, 400, 150, 800], silent: [200, 100, 200], ended: [150] };

export class Siren {
  #context: AudioContext | undefined;
  readonly #hearers = new Set<() => void>();

  /** Browsers let a page sound only after somebody has touched it. */
  readonly arm = (): void => {
    this.#context ??= this.#open();
    this.wake();
  };

  /** The system takes the sound for a phone call or while the page is away, and gives it back only when asked. */
  readonly wake = (): void => {
    if (this.#context === undefined || this.armed()) return;
    this.#context.resume().catch((error: unknown) => console.info('the sound does not come back yet:', error));
  };

  readonly armed = (): boolean => this.#context?.state === 'running';
  readonly subscribe = (hear: () => void): (() => void) => {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  };

  call(what: Call): void {
    // Before the first touch the browser only complains.
    if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([...buzz[what]]);
    const context = this.#context;
    if (context?.state !== 'running') return this.wake();
    for (const [at, pitch, loud] of tones[what]) {
      const [oscillator, gain] = [context.createOscillator(), context.createGain()];
      const start = context.currentTime + at;
      oscillator.type = 'square';
      oscillator.frequency.value = pitch;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(loud, start + 0.02);
      gain.gain.setValueAtTime(loud, start + 0.2);
      gain.gain.linearRampToValueAtTime(0, start + 0.24);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(start + 0.25);
    }
  }

  #open(): AudioContext {
    const context = new AudioContext();
    context.addEventListener('statechange', () => {
      for (const hear of this.#hearers) hear();
    });
    return context;
  }
}

export const siren = new Siren();

/** Arms it with the first touch of anything, and again whenever the system took the sound. Returns how to end that. */
export function keepArmed({ arm, wake }: Pick<Siren, 'arm' | 'wake'>): () => void {
  const back = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  document.addEventListener('pointerdown', arm);
  document.addEventListener('keydown', arm);
  document.addEventListener('visibilitychange', back);
  return () => {
    document.removeEventListener('pointerdown', arm);
    document.removeEventListener('keydown', arm);
    document.removeEventListener('visibilitychange', back);
  };
}

export function useArmed(): boolean {
  useEffect(() => keepArmed(siren), []);
  return useSyncExternalStore(siren.subscribe, siren.armed);
}

/** Calls for as long as something wants to be answered. */
export function useCalling(what: Calling): void {
  useEffect(() => {
    if (what === undefined) return;
    siren.call(what);
    const timer = setInterval(() => siren.call(what), again);
    return () => clearInterval(timer);
  }, [what]);
}

/** What must be seen, since it is not heard: a silent order wherever it comes, for no phone says whether it buzzed, and any while the sound is off. */
export const glareOf = (what: Calling, armed: boolean): 'silent' | 'mute' | undefined =>
  what === 'silent' ? 'silent' : what === 'order' && !armed ? 'mute' : undefined;
