import type { StreamAddress, TroubleCode } from '../driver.ts';

/** What the media room offers. Sound is always mono, 16 bit, 8,000 samples a second; instants are milliseconds UTC. */

/** A camera's stream as it may be used: the address that the camera or a person gave, and what it is checked against. */
export interface Source extends StreamAddress {
  /** The host that the installer configured. The address must name it, or lie within the networks given to `openMedia`. */
  readonly host: string;
  /** SHA-256 of the certificate that the installer pinned, hexadecimal; `rtsps` without one is trusted only by the usual authorities. */
  readonly fingerprint?: string;
  /** The password may go out readable where the camera knows nothing but Basic and the connection is not encrypted. */
  readonly allowBasic?: boolean;
}

/** Asked each time the stream is started, so that a camera whose address changed is found again. @throws Trouble */
export type FindSource = () => Promise<Source>;

export interface Availability {
  /** Whether streams, clips and decoded pictures can be had. Without them, pictures come only from cameras that give a JPEG. */
  readonly ok: boolean;
  readonly version?: string;
  readonly why?: string;
  /** What makes words into sound. With `none` the caller plays recorded phrases or the attention tone. */
  readonly speech: 'program' | 'package' | 'none';
}

/** The stream of a camera is kept running while anyone has one of these. */
export interface Holding {
  /** Safe to call twice. */
  release(): void;
}

/** What a viewer is sent, in order. After a new `init` the timing goes on from where it was. */
export type LivePiece =
  | {
      readonly kind: 'init';
      /** As MediaSource takes it, for example `avc1.64001f`. */
      readonly codec: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'fragment'; readonly key: boolean; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'trouble'; readonly code: TroubleCode; readonly detail: string };

export interface ClipWanted {
  readonly from: number;
  /** May lie ahead: the clip is written as it comes. */
  readonly to: number;
  /** Where the file goes; made when it is not there. */
  readonly folder: string;
  /** Name of the file without its ending, of A-Z, a-z, 0-9, `-` and `_`. */
  readonly name: string;
  readonly signal?: AbortSignal;
}

export interface Clip {
  readonly file: string;
  readonly bytes: number;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  /** What is really on it: from the key frame at or before what was wanted, where the ring went back that far. */
  readonly from: number;
  readonly to: number;
  readonly codec: string;
  /** How often the camera's stream broke off within it. */
  readonly gaps: number;
}

export interface StillWays {
  /** The camera's own still picture. Given two seconds. */
  readonly http?: (signal: AbortSignal) => Promise<Uint8Array>;
  readonly source?: FindSource;
  readonly signal?: AbortSignal;
}

export interface Still {
  readonly jpeg: Uint8Array;
  readonly via: 'http' | 'key-frame' | 'rtsp';
  readonly at: number;
}

/** How a running stream does, measured over its last seconds. */
export interface StreamHealth {
  readonly cameraId: string;
  readonly state: 'starting' | 'running' | 'waiting';
  /** When the last picture came. */
  readonly lastAt?: number;
  readonly codec?: string;
  readonly width?: number;
  readonly height?: number;
  readonly framesPerSecond?: number;
  readonly bitsPerSecond?: number;
  readonly secondsBetweenKeyFrames?: number;
  readonly trouble?: { readonly code: TroubleCode; readonly detail: string };
  /** Bytes of past pictures that are kept. */
  readonly kept: number;
  readonly viewers: number;
}

export interface ListenWanted {
  readonly milliseconds: number;
  readonly signal?: AbortSignal;
  /** Told once, when the first sound has come: what is played from now on will be on the recording. */
  readonly began?: () => void;
}

export interface Media {
  /** Until the first check is over (under a second) it says so and is not ok. */
  available(): Availability;
  /** Resolves when the check is over. */
  ready(): Promise<Availability>;
  /** Keeps the stream running, with at least so much of the past. */
  watch(cameraId: string, source: FindSource, want: { readonly preRollSeconds: number }): Holding;
  /** Starts with the current group of pictures; a slow viewer loses all up to the next key frame. Ends with the signal. */
  live(cameraId: string, source: FindSource, signal: AbortSignal): AsyncIterable<LivePiece>;
  /** @throws Trouble when nothing at all came in that time */
  clip(cameraId: string, source: FindSource, wanted: ClipWanted): Promise<Clip>;
  /** @throws Trouble of the last way that was tried */
  still(cameraId: string, ways: StillWays): Promise<Still>;
  /** Undefined where nothing here can speak: play a recorded phrase or `attentionTone` instead. */
  speech(text: string, lang: 'zh' | 'en', signal?: AbortSignal): Promise<Int16Array | undefined>;
  /** Any sound file. @throws Trouble `garbled`, or `unsupported` where there is no ffmpeg and it is no plain WAV */
  decode(bytes: Uint8Array, signal?: AbortSignal): Promise<Int16Array>;
  /** The microphone of a camera, from the first sound on. @throws Trouble */
  listen(source: Source, wanted: ListenWanted): Promise<Int16Array>;
  /** Brightness of each pixel, row by row, after scaling. @throws Trouble */
  gray(jpeg: Uint8Array, width: number, height: number, signal?: AbortSignal): Promise<Uint8Array>;
  health(cameraId: string): StreamHealth | undefined;
  streams(): readonly StreamHealth[];
  /** Ends every process and waits until they are gone. */
  close(): Promise<void>;
}

/** Waits; resolves early when aborted. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** The two voices of the product's log that are used here. */
export interface MediaLog {
  info(about: Readonly<Record<string, unknown>>, text: string): void;
  warn(about: Readonly<Record<string, unknown>>, text: string): void;
}

export interface MediaOptions {
  /** Program to use before all others. */
  readonly ffmpegBin?: string;
  readonly log: MediaLog;
  readonly now?: () => number;
  readonly pause?: Pause;
  /** Networks (CIDR) in which cameras may stand besides at their configured host. */
  readonly networks?: readonly string[];
  /** Streams that may run at once. */
  readonly mostStreams?: number;
  /** Single runs of ffmpeg (stills, decoding) at once; more wait. */
  readonly mostAtOnce?: number;
  /** Bytes of past pictures for one camera. */
  readonly mostKept?: number;
}
