import { z } from 'zod';
import { type Device, type DriverType, type Powers, Trouble } from '../../driver.ts';
import type { Door } from '../../web-door.ts';
import { systemTimer, type Timer } from '../pace.ts';
import { openPacketizer } from '../rtp-packets.ts';
import { headerOf } from '../rtsp-frames.ts';
import { parseSdp } from '../sdp.ts';
import { allowBasic, doorOf, fingerprint, password, username } from '../settings.ts';
import { type Line, speakOver } from '../talk.ts';
import { addressOf, localAddressTowards, openUdpPair, type UdpPair } from '../udp.ts';
import {
  type Agreed,
  backchannel,
  chooseTrack,
  readSession,
  readTransport,
  rebase,
  type SessionId,
  type Track,
  troubleOfStatus,
  writeTransport,
} from './backchannel.ts';
import { openRtspSession, type RtspSession } from './session.ts';

const standardPort = 554;
/** Cameras hold a fraction of a second before they play it; a TEARDOWN would cut that off. Milliseconds. */
const tail = 300;
const goodbyeWithin = 1000;
/** A camera that went away is noticed by its silence here: UDP tells nothing. */
const longestQuiet = 10_000;

const settings = z.strictObject({
  url: z
    .url({ protocol: /^rtsps?$/ })
    .max(500)
    .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', 'must not carry a user name or password')
    .refine((text) => /^[\x21-\x7e]+$/.test(text), 'must not contain spaces or line ends')
    .meta({ title: 'Stream address of the camera', description: 'As the camera gives it: rtsp://host:port/path.', way: true }),
  username,
  password,
  fingerprint,
  allowBasic,
  transport: z
    .enum(['udp-then-tcp', 'udp', 'tcp'])
    .default('udp-then-tcp')
    .meta({ title: 'Way of the sound', description: 'tcp passes routers and firewalls; udp is what every camera has.' }),
});
type Settings = z.infer<typeof settings>;

function placeOf(wanted: Settings): { readonly door: Door; readonly host: string; readonly port: number } {
  const url = new URL(wanted.url);
  const secure = url.protocol === 'rtsps:';
  const port = url.port === '' ? (secure ? 322 : standardPort) : Number(url.port);
  const base = `${secure ? 'https' : 'http'}://${url.hostname}:${port}`;
  return { door: doorOf({ ...wanted, base }), host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port };
}

async function describe(session: RtspSession, url: string): Promise<Track> {
  const { status, message } = await session.request('DESCRIBE', url, { Accept: 'application/sdp', Require: backchannel });
  if (status !== 200) throw troubleOfStatus(status, 'DESCRIBE');
  const base = headerOf(message, 'content-base') ?? headerOf(message, 'content-location') ?? url;
  return chooseTrack(parseSdp(message.body), rebase(base, url));
}

interface Agreement {
  readonly id: SessionId;
  readonly agreed: Agreed;
}

/** undefined where the camera does not take this way (461). @throws Trouble */
async function setUp(session: RtspSession, track: Track, transport: string): Promise<Agreement | undefined> {
  const { status, message } = await session.request('SETUP', track.control, { Transport: transport, Require: backchannel });
  if (status === 461) return undefined;
  if (status !== 200) throw troubleOfStatus(status, 'SETUP');
  return { id: readSession(headerOf(message, 'session')), agreed: readTransport(headerOf(message, 'transport')) };
}

interface Connected {
  readonly session: RtspSession;
  readonly sockets: UdpPair | undefined;
}

/** @throws Trouble */
async function agree({ session, sockets }: Connected, track: Track, wanted: Settings): Promise<Agreement> {
  const first = sockets && (await setUp(session, track, writeTransport({ over: 'udp', port: sockets.rtp.port })));
  if (first) return first;
  if (wanted.transport === 'udp') throw troubleOfStatus(461, 'SETUP');
  const second = await setUp(session, track, writeTransport({ over: 'tcp' }));
  if (second) return second;
  throw troubleOfStatus(461, 'SETUP');
}

/** @throws Trouble, or the reason of `signal` */
async function openLine(wanted: Settings, timer: Timer, signal: AbortSignal): Promise<Line> {
  const { door, host, port } = placeOf(wanted);
  const address = await addressOf(host);
  const session = await openRtspSession({ door, timer, signal });
  const broken = new AbortController();
  session.broken.addEventListener('abort', () => broken.abort(session.broken.reason), { once: true });
  // Stopped on the way in: the camera frees the session with the connection.
  const abort = (): void => session.end();
  signal.addEventListener('abort', abort, { once: true });
  let sockets: UdpPair | undefined;
  try {
    signal.throwIfAborted();
    const track = await describe(session, wanted.url);
    if (wanted.transport !== 'tcp') {
      sockets = await openUdpPair({ address: await localAddressTowards(address, port), failed: (trouble) => broken.abort(trouble) });
    }
    const { id, agreed } = await agree({ session, sockets }, track, wanted);
    const { status } = await session.request('PLAY', track.aggregate, { Session: id.id, Require: backchannel, Range: 'npt=0.000-' });
    if (status !== 200) throw troubleOfStatus(status, 'PLAY');
    return lineOver({ session, sockets, track, id, agreed, address, broken, timer });
  } catch (error) {
    session.end();
    sockets?.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

interface Parts extends Connected, Agreement {
  readonly track: Track;
  readonly address: string;
  readonly broken: AbortController;
  readonly timer: Timer;
}

function lineOver({ session, sockets, track, id, agreed, address, broken, timer }: Parts): Line {
  const packet = openPacketizer(track.codec.payloadType);
  const stopKeeping = keepAlive({ session, url: track.aggregate, id, timer, broken });
  let closing: Promise<undefined> | undefined;
  const close = async (): Promise<undefined> => {
    stopKeeping();
    const goodbye = session.request('TEARDOWN', track.aggregate, { Session: id.id }).then(
      () => undefined,
      () => undefined,
    );
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = timer.after(goodbyeWithin, resolve);
    await Promise.race([goodbye, promise]);
    cancel();
    session.end();
    sockets?.close();
    return undefined;
  };
  return {
    law: track.codec.law,
    broken: broken.signal,
    tail,
    send: (payload, leftOut) => {
      const bytes = packet(payload, leftOut);
      if (agreed.over === 'tcp') return session.sendPacket(agreed.channel, bytes);
      sockets?.rtp.send(bytes, agreed.port, address);
      return undefined;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

type Keeping = Pick<Parts, 'session' | 'id' | 'timer' | 'broken'> & { readonly url: string };

/** OPTIONS with the session's name is what every camera takes for a sign of life; GET_PARAMETER is not. */
function keepAlive({ session, url, id, timer, broken }: Keeping): () => void {
  const every = Math.min(longestQuiet, (id.timeout * 1000) / 2);
  let cancel = (): void => undefined;
  const ask = async (): Promise<void> => {
    try {
      const { status } = await session.request('OPTIONS', url, { Session: id.id });
      if (status === 454) throw new Trouble('unreachable', 'the camera has forgotten the session');
      next();
    } catch (error) {
      broken.abort(error);
    }
  };
  const next = (): void => {
    cancel = timer.after(every, () => void ask());
  };
  next();
  return () => cancel();
}

export function openOnvifLoudspeaker(device: Device<Settings>, timer: Timer): Powers {
  return { speak: (sound, speaking) => speakOver((signal) => openLine(device.settings, timer, signal), sound, speaking, timer) };
}

/** The loudspeaker of a camera, or one that behaves like a camera: the back channel of its RTSP stream (ONVIF Profile T). */
export const onvifLoudspeaker: DriverType<Settings> = {
  name: 'onvif',
  kind: 'loudspeaker',
  title: { zh: '摄像机扬声器（ONVIF 回传通道）', en: 'Loudspeaker of a camera (ONVIF back channel)' },
  settings,
  open: (_give, device) => openOnvifLoudspeaker(device, systemTimer),
};
