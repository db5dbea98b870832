/** What a talk takes: so many samples a second, 16 bit. */
export const talkRate = 8000;

/** Brings a microphone's sound to the rate of a talk, piece by piece: each sample is the mean of those it stands for. */
export class Resampler {
  readonly #step: number;
  #position = 0;
  #sum = 0;
  #count = 0;

  /** @param rate of the microphone; not below that of a talk */
  constructor(rate: number) {
    this.#step = rate / talkRate;
  }

  push(samples: Float32Array): Int16Array {
    const made: number[] = [];
    for (const sample of samples) {
      this.#sum += sample;
      this.#count += 1;
      this.#position += 1;
      if (this.#position < this.#step) continue;
      this.#position -= this.#step;
      made.push(Math.round(Math.max(-1, Math.min(1, this.#sum / this.#count)) * 32_767));
      this.#sum = 0;
      this.#count = 0;
    }
    return Int16Array.from(made);
  }
}

/** How loud a piece is, 0 to 1. */
export const loudness = (samples: Int16Array): number =>
  samples.length === 0 ? 0 : Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) / 32_768;
