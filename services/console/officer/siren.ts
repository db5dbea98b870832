import { useEffect, useState } from 'react';

/** The call that an order came: two tones and a buzz, again and again until somebody answers. Made here, so that there is nothing to load. */

type Call = 'order' | 'silent' | 'ended';

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

class Siren {
  #context: AudioContext | undefined;
  readonly #hearers = new Set<() => void>();

  /** Browsers let a page sound only after somebody has touched it. */
  readonly arm = (): void => {
    this.#context ??= new AudioContext();
    const { state } = this.#context;
    if (state !== 'running') void this.#context.resume().then(() => this.#tell());
    this.#tell();
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
    if (context?.state !== 'running') return;
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

  #tell(): void {
    for (const hear of this.#hearers) hear();
  }
}

export const siren = new Siren();

/** Arms the siren with the first touch of anything. */
export function useArmed(): boolean {
  const [armed, setArmed] = useState(siren.armed);
  useEffect(() => {
    const stop = siren.subscribe(() => setArmed(siren.armed()));
    document.addEventListener('pointerdown', siren.arm);
    document.addEventListener('keydown', siren.arm);
    return () => {
      stop();
      document.removeEventListener('pointerdown', siren.arm);
      document.removeEventListener('keydown', siren.arm);
    };
  }, []);
  return armed;
}

/** Calls for as long as something wants to be answered. */
export function useCalling(what: 'order' | 'silent' | undefined): void {
  useEffect(() => {
    if (what === undefined) return;
    siren.call(what);
    const timer = setInterval(() => siren.call(what), again);
    return () => clearInterval(timer);
  }, [what]);
}
