import type { Socket } from 'node:net';
import { z } from 'zod';
import { type Device, type DriverType, type Powers, Trouble } from '../../driver.ts';
import { type Door, webOpen, webRequest } from '../../web.ts';
import { systemTimer, type Timer } from '../pace.ts';
import { doorOf, webSettings } from '../settings.ts';
import { type Line, speakOver } from '../talk.ts';
import { chooseChannel, readChannels, readSessionId, troubleOf } from './isapi.ts';

const answerWithin = 5000;
const goodbyeWithin = 1000;
const tail = 300;
/** Bytes beyond what the kernel holds: two seconds of sound that the device did not take. */
const mostUnsent = 16_000;
const roomWithin = 3000;

const settings = z.strictObject({
  ...webSettings,
  channel: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/)
    .optional()
    .meta({ title: 'Audio channel', description: 'The first that the device lists when empty.' }),
  closeFirst: z.boolean().default(true).meta({
    title: 'Close the channel before opening it',
    description: 'A session that was left open blocks the next one. Also ends whoever else speaks there.',
  }),
});
type Settings = z.infer<typeof settings>;

const root = '/ISAPI/System/TwoWayAudio/channels';

interface Way {
  readonly door: Door;
  readonly timer: Timer;
  readonly signal?: AbortSignal;
}

type Asked = { readonly method: 'GET' | 'PUT'; readonly path: string; readonly milliseconds?: number };

const ask = ({ door, timer, signal }: Way, asked: Asked) =>
  webRequest(door, { milliseconds: answerWithin, after: timer.after, ...asked, ...(signal === undefined ? {} : { signal }) });

/** @throws Trouble */
async function expectOk(way: Way, asked: Asked, step: string): Promise<Uint8Array> {
  const { status, body } = await ask(way, asked);
  if (status === 200) return body;
  throw troubleOf(status, body, step);
}

/** Nothing was open, or it is now closed: only that we may not even ask is of interest, and the next step will tell it. */
const closeChannel = (way: Way, path: string): Promise<void> =>
  ask(way, { method: 'PUT', path: `${path}/close`, milliseconds: goodbyeWithin }).then(
    () => undefined,
    () => undefined,
  );

/** @throws Trouble, or the reason of `signal` */
async function openLine(wanted: Settings, timer: Timer, signal: AbortSignal): Promise<Line> {
  const door = doorOf(wanted);
  const way: Way = { door, timer, signal };
  const channel = chooseChannel(readChannels(await expectOk(way, { method: 'GET', path: root }, 'channels')), wanted.channel);
  const path = `${root}/${channel.id}`;
  if (wanted.closeFirst) await closeChannel(way, path);
  const leave = (): Promise<void> => closeChannel({ door, timer }, path);
  try {
    const session = readSessionId(await expectOk(way, { method: 'PUT', path: `${path}/open` }, 'open'));
    const query = session === undefined ? '' : `?sessionId=${session}`;
    const headers = { 'content-type': 'application/octet-stream', 'content-length': '0', connection: 'keep-alive' };
    const opening = { method: 'PUT', path: `${path}/audioData${query}`, headers, milliseconds: answerWithin, after: timer.after };
    const { status, socket } = await webOpen(door, { ...opening, signal });
    if (status >= 300) throw troubleOf(status, new Uint8Array(), 'audioData');
    return lineOver({ socket, channel, timer, leave });
  } catch (error) {
    // It may be open for us, whether we heard so or not. Where it is open for someone else, it is not ours to close.
    if (!(error instanceof Trouble && error.code === 'busy')) void leave();
    throw error;
  }
}

interface Parts {
  readonly socket: Socket;
  readonly channel: ReturnType<typeof chooseChannel>;
  readonly timer: Timer;
  readonly leave: () => Promise<void>;
}

function lineOver({ socket, channel, timer, leave }: Parts): Line {
  const broken = new AbortController();
  // What the device sends meanwhile is its microphone, if anything; read only so that its end is heard.
  socket.on('close', () => broken.abort(new Trouble('unreachable', 'the device closed the connection'))).resume();
  let closing: Promise<undefined> | undefined;
  const close = async (): Promise<undefined> => {
    const left = leave();
    socket.end();
    await left;
    socket.destroy();
    return undefined;
  };
  return {
    law: channel.law,
    broken: broken.signal,
    tail,
    send: (payload) => (socket.write(payload) || socket.writableLength < mostUnsent ? undefined : roomIn(socket, timer)),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function roomIn(socket: Socket, timer: Timer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancel = timer.after(roomWithin, () => reject(new Trouble('unreachable', 'the device takes no more sound')));
  socket.once('drain', resolve);
  return promise.finally(cancel);
}

export function openHikvisionLoudspeaker(device: Device<Settings>, timer: Timer): Powers {
  return { speak: (sound, speaking) => speakOver((signal) => openLine(device.settings, timer, signal), sound, speaking, timer) };
}

/** Cameras and loudspeakers of Hikvision: a channel of two-way audio is opened, and takes raw G.711 behind the head of a request. */
export const hikvisionLoudspeaker: DriverType<Settings> = {
  name: 'hikvision',
  kind: 'loudspeaker',
  title: { zh: '海康威视扬声器（ISAPI 双向语音）', en: 'Hikvision loudspeaker (ISAPI two-way audio)' },
  settings,
  open: (_give, device) => openHikvisionLoudspeaker(device, systemTimer),
};
