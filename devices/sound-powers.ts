/** What the powers of loudspeakers are about. */

/** What a loudspeaker is asked to say. `volume` in percent; `repeat` is how many times it is said. */
export interface Announcement {
  readonly broadcastId: string;
  readonly text?: string;
  readonly audioUrl?: string;
  readonly lang: 'zh' | 'en';
  readonly repeat: number;
  readonly volume?: number;
  readonly priority: 1 | 2 | 3 | 4;
  readonly expiresAt: number;
}

/** Sound on its way to a loudspeaker: mono, 16 bit, 8 kHz, in pieces of any length, as fast as it can be had. */
export interface Sound {
  readonly sampleRate: 8000;
  readonly pieces: AsyncIterable<Int16Array>;
}

export interface Speaking {
  readonly priority: 1 | 2 | 3 | 4;
  /** Percent; where the device has a volume of its own. */
  readonly volume?: number;
  /** Told once, when the first sound leaves for the device. */
  readonly began: () => void;
  /** Aborted when the words are to end at once. */
  readonly signal: AbortSignal;
}

/** What is known after speaking. `played` only where the device itself says so. */
export type Spoken =
  | { readonly outcome: 'sent' | 'played'; readonly milliseconds: number }
  | { readonly outcome: 'stopped' }
  | { readonly outcome: 'unreachable' | 'failed'; readonly reason: string };
