import { frameSamples } from './pace.ts';

/** How much sound is fetched ahead of the one being said, so that a slow source or a busy disk is not heard: 2 s. */
const ahead = 16_000;

export interface Frame {
  /** 160; the last ones of the sound are filled up with silence. */
  readonly samples: Int16Array;
  /** How many of them are not filler. */
  readonly sound: number;
}

/** Sound as packets want it, whatever the pieces were in which it came. */
export interface Feed {
  /** undefined when the sound is over or the feed was closed. @throws what the source threw */
  readonly next: () => Promise<Frame | undefined>;
  /** Lets go of the source, also in the middle of a piece. */
  readonly close: () => void;
}

interface Store {
  readonly held: () => number;
  readonly put: (piece: Int16Array) => void;
  readonly take: () => Frame;
  readonly clear: () => void;
}

function openStore(): Store {
  const queue: Int16Array[] = [];
  let held = 0;
  return {
    held: () => held,
    put: (piece) => {
      queue.push(piece);
      held += piece.length;
    },
    take: () => {
      const samples = new Int16Array(frameSamples);
      let sound = 0;
      while (sound < frameSamples) {
        const head = queue[0];
        if (!head) break;
        const part = head.subarray(0, frameSamples - sound);
        samples.set(part, sound);
        sound += part.length;
        if (part.length === head.length) queue.shift();
        else queue[0] = head.subarray(part.length);
      }
      held -= sound;
      return { samples, sound };
    },
    clear: () => {
      queue.length = 0;
      held = 0;
    },
  };
}

export function openFeed(pieces: AsyncIterable<Int16Array>): Feed {
  const source = pieces[Symbol.asyncIterator]();
  const store = openStore();
  let over = false;
  let fault: { readonly error: unknown } | undefined;
  let pumping = false;
  let wake = (): void => undefined;

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      while (!over && store.held() < ahead) {
        const piece = await source.next();
        if (piece.done) over = true;
        else if (!over) store.put(piece.value);
        wake();
      }
    } catch (error) {
      over = true;
      fault = { error };
      wake();
    } finally {
      pumping = false;
    }
  }

  return {
    next: async () => {
      while (store.held() < frameSamples && !over) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        void pump();
        await promise;
      }
      void pump();
      if (store.held() > 0) return store.take();
      if (fault) throw fault.error;
      return undefined;
    },
    close: () => {
      // A generator that stands in an await answers only when that is over, or never: nobody is to wait for it.
      if (!over) void Promise.resolve(source.return?.()).then(undefined, () => wake());
      over = true;
      store.clear();
      wake();
    },
  };
}
