import type { Trouble } from '../driver.ts';
import type { InitSegment } from './boxes.ts';
import type { LivePiece } from './media.ts';
import type { Kept } from './ring.ts';

/** One who looks on: a short queue that would rather miss pictures than fall behind. */
export interface Viewer {
  offer(piece: Kept): void;
  hinder(trouble: Trouble): void;
  /** Ends with the signal. One reader only. */
  pieces(signal: AbortSignal): AsyncGenerator<LivePiece, void, undefined>;
}

/** A viewer who has not taken a piece for so long has a connection too slow for this camera. */
const slowAfter = 2000;
/** However young. A group of pictures of a good camera is 2 to 4 MB. */
const mostBytes = 16 * 1024 * 1024;

interface Waiting {
  readonly piece: LivePiece;
  readonly since: number;
}

export function openViewer(now: () => number): Viewer {
  let queue: Waiting[] = [];
  let bytes = 0;
  let missing = false;
  let init: InitSegment | undefined;
  let wake = (): void => undefined;

  const put = (piece: LivePiece): void => {
    queue.push({ piece, since: now() });
    wake();
  };
  const isSlow = (): boolean => {
    const oldest = queue.find(({ piece }) => piece.kind === 'fragment');
    return bytes > mostBytes || (oldest !== undefined && now() - oldest.since > slowAfter);
  };

  return {
    offer: (piece) => {
      if (isSlow()) {
        missing = true;
        queue = queue.filter((entry) => entry.piece.kind !== 'fragment');
        bytes = 0;
      }
      if (missing && !piece.key) return;
      missing = false;
      if (piece.init !== init) {
        init = piece.init;
        put({ kind: 'init', codec: init.codec, width: init.width, height: init.height, bytes: init.bytes });
      }
      bytes += piece.bytes.byteLength;
      put({ kind: 'fragment', key: piece.key, at: piece.at, bytes: piece.bytes });
    },
    hinder: ({ code, message }) => put({ kind: 'trouble', code, detail: message }),
    async *pieces(signal) {
      const stop = (): void => wake();
      signal.addEventListener('abort', stop, { once: true });
      try {
        while (!signal.aborted) {
          const next = queue.shift();
          if (next) {
            if (next.piece.kind === 'fragment') bytes -= next.piece.bytes.byteLength;
            yield next.piece;
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}
