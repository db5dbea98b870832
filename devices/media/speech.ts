import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Trouble } from '../driver.ts';
import type { Availability } from './media.ts';
import { readWav, resample } from './pcm.ts';
import { openQueue, runOnce } from './run.ts';

/**
 * Words into sound without a network: eSpeak NG as a program on PATH, or its npm package in a worker thread. Both are
 * GPL-3 and optional; the product runs without.
 */
export interface Speech {
  readonly by: Availability['speech'];
  /** 8 kHz mono; undefined where nothing here can speak. @throws Trouble */
  say(text: string, lang: 'zh' | 'en', signal?: AbortSignal): Promise<Int16Array | undefined>;
}

/** `cmn` and `zh` of 1.51 read the pinyin as English letters; this voice is right, for Chinese characters too. */
const voices = { zh: 'cmn-latn-pinyin', en: 'en' } as const;
const rate = 8000;
const longestText = 2000;
const within = 20_000;
const largestWav = 64 * 1024 * 1024;
const mostKept = 16 * 1024 * 1024;

export interface Speakers {
  readonly program: string | undefined;
  readonly packaged: boolean;
}

type Speak = (text: string, voice: string, signal?: AbortSignal) => Promise<Uint8Array>;

export const findSpeakers = (): Speakers => ({ program: findProgram(), packaged: hasPackage() });

export function openSpeech({ program, packaged }: Speakers = findSpeakers()): Speech {
  const queue = openQueue(1, 100);
  const kept = openCache(mostKept);
  const speak = program === undefined ? (packaged ? inWorker : undefined) : withProgram(program);
  return {
    by: program !== undefined ? 'program' : packaged ? 'package' : 'none',
    say: async (text, lang, signal) => {
      const words = plainWords(text);
      if (!speak || words === '') return undefined;
      const key = `${lang} ${words}`;
      const known = kept.get(key);
      if (known) return known;
      const wav = readWav(await queue(() => speak(words, voices[lang], signal), signal));
      if (!wav || wav.samples.length === 0) throw new Trouble('garbled', 'no sound was made of the words');
      const sound = resample(wav, rate);
      kept.put(key, sound);
      return sound;
    },
  };
}

/** `[[` would begin eSpeak's own phoneme letters; control characters are no words. */
export const plainWords = (text: string): string =>
  text
    .slice(0, longestText)
    .toWellFormed()
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .replaceAll(/\[+/g, '[')
    .trim();

function findProgram(path = process.env['PATH'] ?? ''): string | undefined {
  const runs = (program: string): boolean => {
    try {
      accessSync(program, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  const names = path.split(delimiter).filter((folder) => folder !== '');
  return names.map((folder) => join(folder, process.platform === 'win32' ? 'espeak-ng.exe' : 'espeak-ng')).find(runs);
}

function hasPackage(): boolean {
  try {
    createRequire(import.meta.url).resolve('espeak-ng');
    return true;
  } catch {
    return false;
  }
}

/** The words go in as input, never as an argument. */
const withProgram =
  (program: string): Speak =>
  (text, voice, signal) =>
    runOnce(program, ['-v', voice, '-b', 1, '--stdin', '--stdout'], {
      input: Buffer.from(text),
      largest: largestWav,
      milliseconds: within,
      ...(signal ? { signal } : {}),
    });

/** A thread for each text: the package blocks while it works and keeps 60 MB, and a thread can be ended. */
const inWorker: Speak = async (text, voice, signal) => {
  const worker = new Worker(new URL('./speech-worker.ts', import.meta.url), { workerData: { text, voice } });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const abort = (): void => reject(signal?.reason);
  const timer = setTimeout(() => reject(new Trouble('silent', `words not spoken within ${within} ms`)), within);
  worker.once('message', (wav: unknown) =>
    wav instanceof Uint8Array ? resolve(wav) : reject(new Trouble('garbled', 'no sound was made of the words')),
  );
  worker.once('error', (error: unknown) =>
    reject(new Trouble('garbled', error instanceof Error ? error.message : 'unknown', { cause: error })),
  );
  worker.once('exit', () => reject(new Trouble('garbled', 'the speaker ended without a word')));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
};

/** The sentences used last, up to so many bytes. */
export function openCache(most: number): { get: (key: string) => Int16Array | undefined; put: (key: string, sound: Int16Array) => void } {
  const kept = new Map<string, Int16Array>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.byteLength ?? 0;
    kept.delete(key);
  };
  return {
    get: (key) => {
      const sound = kept.get(key);
      if (!sound) return undefined;
      kept.delete(key);
      kept.set(key, sound);
      return sound;
    },
    put: (key, sound) => {
      drop(key);
      kept.set(key, sound);
      bytes += sound.byteLength;
      for (const oldest of kept.keys()) {
        if (bytes <= most) return;
        drop(oldest);
      }
    },
  };
}
