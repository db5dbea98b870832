import { Trouble } from '../driver.ts';
import { boxReader, FormatError, type Fragment, type InitSegment } from './boxes.ts';
import { copyStream, type Times } from './commands.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { measure, type Sample } from './measure.ts';
import type { FindSource, Holding, LivePiece, MediaLog, Pause, Source, StreamHealth } from './media.ts';
import { openPlacing } from './placing.ts';
import { isReordered } from './reorder.ts';
import { type Kept, openRing, type Ring } from './ring.ts';
import type { Bridge } from './rtsp-bridge.ts';
import { type Running, start, type Turns } from './run.ts';
import { openViewer, type Viewer } from './viewer.ts';

/** What a stream needs of its surroundings. */
export interface StreamGive {
  /** @throws Trouble unsupported where there is none */
  readonly ffmpeg: () => Promise<Ffmpeg>;
  readonly bridge: (source: Source, signal: AbortSignal) => Promise<Bridge>;
  /** Beginning a stream costs far more than carrying it on: after a power cut not all begin at once. */
  readonly turns: Turns;
  readonly now: () => number;
  readonly pause: Pause;
  readonly log: MediaLog;
  readonly mostKept: number;
}

const firstWait = 1000;
const longestWait = 30_000;
/** Cameras lock accounts after a few wrong passwords. */
const refusedWait = 60_000;
/** A stream that held so long was sound: the next break is mended at once. */
const soundAfter = 30_000;
/** Connected and talking, but no picture comes: the longest usual distance between key frames is 10 s. */
const pictureWithin = 15_000;
/** The past is asked for a while after the press from which it counts back: the incident is opened first. */
const asksLate = 10_000;
/** A camera that takes longer to begin lets the next one have its turn. */
const turnEnds = 3000;
/** Whoever's clock the times come from: when it was set, or runs at another speed, they are wrong from then on. */
const clockStep = 10_000;

/** One camera's stream: one ffmpeg while anyone holds it, nothing at all otherwise. */
export class CameraStream {
  readonly #cameraId: string;
  readonly #give: StreamGive;
  readonly #ring: Ring;
  readonly #holders = new Map<symbol, number>();
  readonly #viewers = new Set<Viewer>();
  readonly #listeners = new Set<(piece: Kept) => void>();
  #source: FindSource;
  #life: AbortController | undefined;
  /** When the process that ran last is gone. */
  #ended: Promise<unknown> = Promise.resolve();
  #retry = new AbortController();
  #state: StreamHealth['state'] = 'starting';
  #trouble: Trouble | undefined;
  #epoch: number | undefined;
  #init: InitSegment | undefined;
  #samples: Sample[] = [];
  #times: Times = 'ours';
  /** The camera's times were tried and found wrong. */
  #distrusted = false;
  #switching = false;

  constructor(cameraId: string, source: FindSource, give: StreamGive) {
    this.#cameraId = cameraId;
    this.#source = source;
    this.#give = give;
    this.#ring = openRing(give.mostKept);
  }

  get held(): boolean {
    return this.#holders.size > 0;
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Starts it where nobody held it. `source` replaces the one that was given before. */
  hold(source: FindSource, preRollSeconds: number): Holding {
    const key = Symbol(this.#cameraId);
    this.#source = source;
    this.#holders.set(key, preRollSeconds);
    this.#fit();
    return {
      release: () => {
        if (this.#holders.delete(key)) this.#fit();
      },
    };
  }

  #fit(): void {
    const wanted = Math.max(0, ...this.#holders.values()) * 1000;
    this.#ring.reach(wanted === 0 ? 0 : wanted + asksLate);
    if (this.held && !this.#life) {
      this.#life = new AbortController();
      this.#ended = Promise.all([this.#ended, this.#keep(this.#life.signal)]);
    }
    if (!this.held) this.#end();
  }

  #end(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#ring.clear();
    this.#init = undefined;
    this.#epoch = undefined;
    this.#samples = [];
    this.#trouble = undefined;
    this.#state = 'starting';
  }

  /** Lets go of every holder, and waits until the process is gone. */
  async close(): Promise<void> {
    this.#holders.clear();
    this.#end();
    await this.#ended;
  }

  /** The current group of pictures at once, then what comes. The caller holds the stream. */
  async *live(signal: AbortSignal): AsyncGenerator<LivePiece, void, undefined> {
    const viewer = openViewer(this.#give.now);
    for (const piece of this.#ring.group()) viewer.offer(piece);
    if (this.#trouble) viewer.hinder(this.#trouble);
    this.#viewers.add(viewer);
    this.nudge();
    try {
      yield* viewer.pieces(signal);
    } finally {
      this.#viewers.delete(viewer);
    }
  }

  /** Someone wants to see it now: an attempt that waits for its turn is made at once, unless the password was refused. */
  nudge(): void {
    if (this.#trouble?.code !== 'refused') this.#retry.abort();
  }

  group(): readonly Kept[] {
    return this.#ring.group();
  }

  since(at: number): readonly Kept[] {
    return this.#ring.since(at);
  }

  /** Hears each fragment as it comes. @returns what ends it */
  listen(hear: (piece: Kept) => void): () => void {
    this.#listeners.add(hear);
    return () => void this.#listeners.delete(hear);
  }

  health(): StreamHealth {
    const { code, message } = this.#trouble ?? {};
    return {
      cameraId: this.#cameraId,
      state: this.#state,
      ...(this.#init ? { codec: this.#init.codec, width: this.#init.width, height: this.#init.height } : {}),
      ...measure(this.#samples, this.#give.now()),
      ...(code === undefined || message === undefined ? {} : { trouble: { code, detail: message } }),
      kept: this.#ring.bytes,
      viewers: this.#viewers.size,
    };
  }

  async #keep(signal: AbortSignal): Promise<void> {
    let wait = firstWait;
    while (!signal.aborted) {
      const began = this.#give.now();
      this.#state = 'starting';
      const trouble = await this.#run(signal);
      if (signal.aborted) return;
      if (this.#switching) {
        this.#switching = false;
        continue;
      }
      if (this.#give.now() - began > soundAfter) wait = firstWait;
      this.#state = 'waiting';
      this.#report(trouble);
      this.#retry = new AbortController();
      const spread = 0.8 + 0.4 * Math.random();
      await this.#give.pause(trouble.code === 'refused' ? refusedWait : wait * spread, AbortSignal.any([signal, this.#retry.signal]));
      wait = Math.min(longestWait, wait * 2);
    }
  }

  #report(trouble: Trouble): void {
    if (this.#trouble?.message !== trouble.message)
      this.#give.log.warn({ cameraId: this.#cameraId, code: trouble.code }, `stream: ${trouble.message}`);
    this.#trouble = trouble;
    for (const viewer of this.#viewers) viewer.hinder(trouble);
  }

  /** One attempt, from the address to the end of its process. */
  async #run(signal: AbortSignal): Promise<Trouble> {
    let bridge: Bridge | undefined;
    let done = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      done = await this.#give.turns(signal);
      timer = setTimeout(done, turnEnds);
      const ffmpeg = await this.#give.ffmpeg();
      bridge = await this.#give.bridge(await this.#source(), signal);
      if (signal.aborted) return new Trouble('silent', 'no longer wanted');
      const said = await this.#copy(start(ffmpeg.program, copyStream(ffmpeg, bridge.url, this.#times)), bridge, signal, done);
      return bridge.trouble() ?? said;
    } catch (error) {
      return error instanceof Trouble
        ? error
        : new Trouble('unreachable', error instanceof Error ? error.message : 'unknown', { cause: error });
    } finally {
      clearTimeout(timer);
      done();
      bridge?.close();
    }
  }

  /** Reads one process to its end. */
  async #copy(running: Running, bridge: Bridge, signal: AbortSignal, came: () => void): Promise<Trouble> {
    let failure: Trouble | undefined;
    const fail = (code: 'silent' | 'garbled', why: string): void => {
      failure ??= new Trouble(code, why);
      bridge.close();
      running.stop();
    };
    const stop = (): void => fail('silent', 'no longer wanted');
    signal.addEventListener('abort', stop, { once: true });
    const watchdog = setTimeout(() => fail('silent', `no picture for ${pictureWithin / 1000} s`), pictureWithin);
    const reader = boxReader();
    const place = openPlacing(this.#give.now, (began) => (this.#epoch ??= began));
    running.stdout.on('data', (chunk: Buffer) => {
      if (failure) return;
      try {
        for (const piece of reader.push(chunk)) {
          watchdog.refresh();
          came();
          if (piece.kind === 'init') this.#describe(piece);
          else {
            if (!this.#init) throw new FormatError('fragment before its header');
            const why = this.#objection(piece, place.off(piece, this.#init));
            if (why) return fail('garbled', why);
            this.#take(place.kept(piece, this.#init));
          }
        }
      } catch (error) {
        fail('garbled', error instanceof FormatError ? error.message : 'the stream cannot be read');
      }
    });
    const { said } = await running.ended;
    clearTimeout(watchdog);
    signal.removeEventListener('abort', stop);
    return failure ?? new Trouble('garbled', said.split('\n').at(-1) || 'the stream ended');
  }

  /** A restart that changed nothing keeps the header that viewers have. */
  #describe(init: InitSegment): void {
    if (!this.#init || Buffer.compare(this.#init.bytes, init.bytes) !== 0) this.#init = init;
  }

  /** Why this process must give way to one that takes the times from the other clock. */
  #objection(fragment: Fragment, off: number): string | undefined {
    if (Math.abs(off) > clockStep) {
      this.#distrusted ||= this.#times === 'camera';
      this.#times = 'ours';
      return 'the times of the pictures jump';
    }
    if (this.#times === 'camera' || this.#distrusted || !this.#init?.codec.startsWith('avc') || !isReordered(fragment.bytes))
      return undefined;
    this.#times = 'camera';
    this.#switching = true;
    return 'its pictures come out of order: their times are taken from the camera';
  }

  #take(piece: Kept): void {
    const now = this.#give.now();
    if (this.#state !== 'running') this.#give.log.info({ cameraId: this.#cameraId, codec: piece.init.codec }, 'stream runs');
    this.#state = 'running';
    this.#trouble = undefined;
    this.#samples = [
      ...this.#samples.filter((sample) => sample.at > now - 30_000),
      { at: now, frames: piece.frames, bytes: piece.bytes.byteLength, key: piece.key },
    ];
    this.#ring.add(piece);
    for (const viewer of this.#viewers) viewer.offer(piece);
    for (const hear of this.#listeners) hear(piece);
  }
}
