import { Resampler, talkRate } from './resample.ts';

/** Runs beside the page in the browser's sound thread: microphone in, pieces of 40 ms out. */

declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, made: new () => AudioWorkletProcessor): void;

const piece = talkRate / 25;

class Microphone extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(sampleRate);
  #held: number[] = [];

  process(inputs: Float32Array[][]): boolean {
    const heard = inputs[0]?.[0];
    if (!heard) return true;
    this.#held.push(...this.#resampler.push(heard));
    while (this.#held.length >= piece) {
      const sound = Int16Array.from(this.#held.slice(0, piece));
      this.#held = this.#held.slice(piece);
      this.port.postMessage(sound, [sound.buffer]);
    }
    return true;
  }
}

registerProcessor('baiying-microphone', Microphone);
