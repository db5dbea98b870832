import type { WebSocket } from '@fastify/websocket';
import { decodeG711 } from '../../devices/loudspeakers/g711.ts';
import { type Duration, seconds } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import type { LiveTalk, TalkNews } from './live-talk.ts';

/** How the microphone's sound comes: 16 bit little endian, or G.711; always 8,000 samples a second, one channel. */
export const soundFormats = ['pcm', 'alaw', 'ulaw'] as const;
export type SoundFormat = (typeof soundFormats)[number];

/**
 * One operator's microphone. In: binary messages of sound; the text message `end`. Out: JSON text messages `waiting`, `talking` and
 * `ended`, one for each loudspeaker. The socket is closed when all have ended.
 */
export interface Microphone {
  readonly socket: WebSocket;
  readonly format: SoundFormat;
  readonly open: (tell: (news: TalkNews) => void) => LiveTalk;
  /** Whether the credential that opened it still holds. */
  readonly stillSignedIn: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

const askEach: Duration = seconds(3);
/** A microphone that sends nothing for so long is gone, and holds loudspeakers that others need. */
const silentFor: Duration = seconds(5);

/** Runs until every loudspeaker is done. */
export async function hearMicrophone(microphone: Microphone): Promise<void> {
  const { socket, clock, log, format } = microphone;
  const talk = microphone.open((news) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(news));
  });
  let heardAt = clock.now();
  socket.on('message', (data, isBinary) => {
    heardAt = clock.now();
    const bytes = bytesOf(data);
    if (isBinary) talk.hear(samplesOf(bytes, format));
    else if (bytes.toString('utf8') === 'end') talk.end();
    else socket.close(1003, 'sound in binary messages, or the text end');
  });
  socket.on('close', () => talk.end());
  socket.on('error', (error) => {
    log.debug({ err: error }, 'a microphone broke');
    talk.end();
  });
  const asking = clock.every('live talk asks for its session', askEach, async () => {
    if (clock.now() - heardAt >= silentFor || !(await microphone.stillSignedIn())) talk.end();
  });
  await talk.over;
  asking.stop();
  if (socket.readyState === socket.OPEN) socket.close(1000, 'over');
}

type Data = Parameters<Parameters<WebSocket['on']>[1]>[0];

function bytesOf(data: Data): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer);
}

/** A byte too many is no sample. */
export function samplesOf(bytes: Uint8Array, format: SoundFormat): Int16Array {
  switch (format) {
    case 'pcm': {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return Int16Array.from({ length: bytes.length >> 1 }, (_none, at) => view.getInt16(2 * at, true));
    }
    case 'alaw':
      return decodeG711('PCMA', bytes);
    case 'ulaw':
      return decodeG711('PCMU', bytes);
    default:
      return format satisfies never;
  }
}
