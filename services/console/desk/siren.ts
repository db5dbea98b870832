import { check, type Pattern, samplesOf } from './patterns.ts';

export type SoundState = 'not-armed' | 'armed';

/**
 * The desk's voice. A figure repeats in the sound card's own time, so a browser that slows the page's timers down does not
 * slow the alarm down. Browsers let a page sound only after somebody pressed something in it: until then it is not armed.
 */
export class Siren {
  readonly #context = new AudioContext();
  readonly #watchers = new Set<() => void>();
  #playing: { readonly pattern: Pattern; readonly source: AudioBufferSourceNode } | undefined;
  #arming: Promise<void> | undefined;

  constructor() {
    this.#context.addEventListener('statechange', () => {
      for (const watcher of this.#watchers) watcher();
    });
  }

  get state(): SoundState {
    return this.#context.state === 'running' ? 'armed' : 'not-armed';
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** To be called from a press; says once how loud it is. Rejects where the machine has no sound at all. */
  async arm(): Promise<void> {
    if (this.state === 'armed') return;
    const resumed = this.#context.resume();
    // Every press asks the browser again, but all are let in at once: one of them says how loud it is.
    this.#arming ??= resumed.then(() => {
      this.#arming = undefined;
      if (!this.#playing) this.#start(check, false);
    });
    await Promise.all([resumed, this.#arming]);
  }

  /** Lets the pattern sound again and again, instead of what sounded before; undefined is silence. */
  sound(pattern: Pattern | undefined): void {
    if (this.#playing?.pattern === pattern) return;
    this.#playing?.source.stop();
    this.#playing = pattern && { pattern, source: this.#start(pattern, true) };
  }

  #start(pattern: Pattern, loop: boolean): AudioBufferSourceNode {
    const { sampleRate } = this.#context;
    const samples = samplesOf(pattern, sampleRate);
    const buffer = this.#context.createBuffer(1, samples.length, sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.loop = loop;
    source.connect(this.#context.destination);
    source.start();
    return source;
  }
}

let opened: Siren | undefined;
/** One for the whole page: a browser gives only a few. */
export const siren = (): Siren => {
  opened ??= new Siren();
  return opened;
};
