import type { WebSocket } from '@fastify/websocket';
import type { LivePiece } from '../../devices/media/index.ts';
import { type Duration, milliseconds, seconds } from '../alarm/index.ts';
import { errors } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { codeOfTrouble } from './trouble.ts';

/**
 * One viewer of a camera. In order: a JSON text message `{ "type": "init", "codec", "width", "height" }` before each initialisation
 * segment (a new one means a new MediaSource), binary messages of fragmented MP4 (ISO/IEC 14496-12), and when the camera fails
 * `{ "type": "trouble", "code", "detail", "remedy" }`, after which pictures may go on. Nothing is taken from the viewer.
 */
export interface Viewer {
  readonly socket: WebSocket;
  readonly pieces: AsyncIterable<LivePiece>;
  readonly end: AbortController;
  /** Told when the first picture went out; answers what to call when the viewer has gone. */
  readonly shown: () => () => void;
  /** Whether the credential that opened it still holds. */
  readonly stillSignedIn: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

const askEach: Duration = seconds(3);
/** About a second of a good picture: more unsent means that the viewer's line is slower than the camera. */
const mostUnsent = 1024 * 1024;
const look: Duration = milliseconds(50);
/** A viewer that takes nothing for so long is gone. */
const stalledAfter: Duration = seconds(15);

/** Runs until the viewer leaves, signs out, or the stream is closed. */
export async function showLive(viewer: Viewer): Promise<void> {
  const { socket, end, clock, log } = viewer;
  socket.on('close', () => end.abort());
  socket.on('error', () => end.abort());
  const asking = clock.every('live view asks for its session', askEach, async () => {
    if (!(await viewer.stillSignedIn())) end.abort();
  });
  let gone = (): void => undefined;
  const shown = (): void => {
    gone = viewer.shown();
  };
  try {
    await sendAll(viewer, shown);
    if (socket.readyState === socket.OPEN) socket.close(1000, 'over');
  } catch (error) {
    log.debug({ err: error }, 'a live view ends');
    socket.close(1011, 'the camera cannot be shown');
  } finally {
    gone();
    asking.stop();
    end.abort();
  }
}

/** A viewer that lags is shown nothing until the next key frame that its line has room for: late pictures are worth nothing. */
async function sendAll({ socket, pieces, end, clock }: Viewer, shown: () => void): Promise<void> {
  let skipping = false;
  let first = true;
  for await (const piece of pieces) {
    if (end.signal.aborted) return;
    const full = socket.bufferedAmount > mostUnsent;
    switch (piece.kind) {
      case 'init':
        socket.send(JSON.stringify({ type: 'init', codec: piece.codec, width: piece.width, height: piece.height }));
        socket.send(piece.bytes);
        skipping = false;
        break;
      case 'trouble': {
        const code = codeOfTrouble(piece.code);
        socket.send(JSON.stringify({ type: 'trouble', code, detail: piece.detail, remedy: errors[code].remedy }));
        break;
      }
      case 'fragment':
        if (full && piece.key && !(await drained(socket, end.signal, clock))) return;
        skipping = full ? !piece.key : skipping && !piece.key;
        if (skipping) break;
        socket.send(piece.bytes);
        if (first) shown();
        first = false;
        break;
      default:
        piece satisfies never;
    }
  }
}

/** While this waits, the media room drops what this viewer does not take. Answers whether the line has room again. */
async function drained(socket: WebSocket, signal: AbortSignal, clock: Clock): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const gone = clock.after('live view is stalled', stalledAfter, () => resolve(false));
  const looking = clock.every('live view waits for its line', look, () => {
    if (socket.bufferedAmount < mostUnsent / 4) resolve(true);
  });
  signal.addEventListener('abort', () => resolve(false), { once: true });
  const room = await promise;
  gone.stop();
  looking.stop();
  return room;
}
