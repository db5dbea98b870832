import { answer, api, Refused } from '../../api/client.ts';
import { type Freshness, freshness, type PictureFacts } from './freshness.ts';
import { type PictureTrouble, Player } from './player.ts';

/** How one picture stands, as a component shows it. */
export interface Shown {
  readonly freshness: Freshness;
  readonly trouble: PictureTrouble | undefined;
  /** In place of the stream: a picture every two seconds. */
  readonly still: string | undefined;
}

const nothing: Shown = { freshness: { kind: 'opening' }, trouble: undefined, still: undefined };
const tick = 250;
const stillEach = 2000;
/** A camera that gives no picture at all has none two seconds later either; its driver may be changed meanwhile. */
const pictureless = { code: 'not-implemented', askedAgain: 60_000 };
/** What was missing for a stream may be there by then. */
const streamAfter = 30;
const waits = { first: 500, longest: 5000 };
/** Refusals that only a picture after the other gets round. */
const noStream = new Set(['media-unavailable', 'not-implemented']);

/** One camera on the screen: streamed where that is possible, picture after picture where it is not, and asked for again when it breaks. */
export class Picture {
  readonly #cameraId: string;
  readonly #query: string;
  readonly #hearers = new Set<() => void>();
  #shown: Shown = nothing;
  #facts: PictureFacts = { askedAt: 0, lag: 0, trouble: false, closed: false, pace: 'stream' };
  #trouble: PictureTrouble | undefined;
  #still: string | undefined;
  #failures = 0;

  constructor(cameraId: string, runId: string | undefined) {
    this.#cameraId = cameraId;
    this.#query = runId === undefined ? '' : `?runId=${encodeURIComponent(runId)}`;
  }

  readonly subscribe = (hear: () => void): (() => void) => {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  };
  readonly shown = (): Shown => this.#shown;

  /** Shows it in the element until it is stopped. */
  start(video: HTMLVideoElement): () => void {
    const end = new AbortController();
    this.#facts = { askedAt: performance.now(), lag: 0, trouble: false, closed: false, pace: 'stream' };
    this.#trouble = undefined;
    const timer = setInterval(() => this.#draw(), tick);
    this.#run(video, end.signal);
    return () => {
      end.abort();
      clearInterval(timer);
      if (this.#still) URL.revokeObjectURL(this.#still);
      this.#still = undefined;
      this.#shown = nothing;
    };
  }

  async #run(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const opened = Player.possible() && (await this.#stream(video, signal));
      if (signal.aborted) return;
      if (!opened && (await this.#refusal()) === 'no-stream') await this.#stills(signal);
      this.#failures += 1;
      await pause(Math.min(waits.longest, waits.first * 2 ** (this.#failures - 1)), signal);
    }
  }

  /** One connection, until it ends. Answers whether it was let in. */
  #stream(video: HTMLVideoElement, signal: AbortSignal): Promise<boolean> {
    const address = new URL(`/api/v1/cameras/${this.#cameraId}/live${this.#query}`, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    return new Promise((resolve) => {
      const player = new Player(video, address.href, {
        shown: (lag) => this.#came('stream', lag),
        trouble: (trouble) => this.#failed(trouble),
        closed: (opened) => {
          player.leave();
          signal.removeEventListener('abort', stop);
          this.#facts = { ...this.#facts, closed: this.#facts.pace === 'stream' };
          resolve(opened);
        },
      });
      const stop = (): void => {
        player.close();
        resolve(true);
      };
      signal.addEventListener('abort', stop);
    });
  }

  /** A browser does not say why a WebSocket was refused; the same question without one does. */
  async #refusal(): Promise<'no-stream' | 'other'> {
    if (!Player.possible()) return 'no-stream';
    try {
      await answer(api.GET('/api/v1/cameras/{id}/live', { params: { path: { id: this.#cameraId } } }));
    } catch (error) {
      if (!(error instanceof Refused) || !error.problem) return 'other';
      if (noStream.has(error.problem.code)) return 'no-stream';
      this.#failed(error.problem);
    }
    return 'other';
  }

  async #stills(signal: AbortSignal): Promise<void> {
    this.#facts = { ...this.#facts, pace: 'stills', closed: false };
    for (let pictures = 0; pictures < streamAfter && !signal.aborted; pictures += 1) {
      await this.#oneStill(signal).catch((error: unknown) => {
        if (!signal.aborted) this.#failed({ code: 'unreachable', detail: String(error), remedy: '' });
      });
      if (this.#trouble?.code === pictureless.code) return pause(pictureless.askedAgain, signal);
      await pause(stillEach, signal);
    }
  }

  async #oneStill(signal: AbortSignal): Promise<void> {
    const response = await fetch(`/api/v1/cameras/${this.#cameraId}/snapshot${this.#query}`, { signal, credentials: 'same-origin' });
    if (!response.ok) return this.#failed((await response.json()) as PictureTrouble);
    const url = URL.createObjectURL(await response.blob());
    if (signal.aborted) return URL.revokeObjectURL(url);
    if (this.#still) URL.revokeObjectURL(this.#still);
    this.#still = url;
    this.#came('stills', Number(response.headers.get('age') ?? 0) * 1000);
  }

  #came(pace: 'stream' | 'stills', lag: number): void {
    this.#failures = 0;
    this.#trouble = undefined;
    if (pace === 'stream' && this.#still) {
      URL.revokeObjectURL(this.#still);
      this.#still = undefined;
    }
    this.#facts = { ...this.#facts, pace, shownAt: performance.now(), lag, trouble: false, closed: false };
  }

  #failed(trouble: PictureTrouble): void {
    this.#trouble = trouble;
    this.#facts = { ...this.#facts, trouble: true };
  }

  #draw(): void {
    this.#shown = { freshness: freshness(this.#facts, performance.now()), trouble: this.#trouble, still: this.#still };
    for (const hear of this.#hearers) hear();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
