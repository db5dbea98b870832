import { Trouble } from '../../driver.ts';
import { attributeOf, type Codec, g711Of, namesOf, type Sdp, type SdpMedia } from '../sdp.ts';

/** The ONVIF back channel (Streaming Specification 5.3): which track takes our sound, and how it is set up. Pure. */

export const backchannel = 'www.onvif.org/ver20/backchannel';

export interface Track {
  readonly codec: Codec;
  /** Where SETUP goes. */
  readonly control: string;
  /** Where PLAY and TEARDOWN go. */
  readonly aggregate: string;
}

/**
 * The track that is marked `sendonly`, which in this specification means that the client sends (5.3.1).
 * @throws Trouble unsupported
 */
export function chooseTrack(sdp: Sdp, base: string): Track {
  const tracks = sdp.media.filter((media) => media.type === 'audio' && media.direction === 'sendonly');
  const [first] = tracks;
  if (!first) throw new Trouble('unsupported', 'offers no track that takes sound: no loudspeaker, or its sound is switched off');
  for (const media of tracks) {
    const [codec] = g711Of(media);
    if (codec) return { codec, control: controlOf(media, base), aggregate: controlOf(sdp, base) };
  }
  throw new Trouble('unsupported', `its loudspeaker takes no G.711 at 8 kHz, only ${namesOf(first)}`);
}

/**
 * Cameras give a path to put behind the base (as live555 and ffmpeg read it, also behind a query), a whole address, or
 * `*`. A whole address keeps only its path: it may name the camera as it sees itself behind a router.
 */
function controlOf(of: Pick<SdpMedia, 'attributes'>, base: string): string {
  const control = attributeOf(of, 'control') ?? '*';
  if (control === '*' || control === '') return base;
  if (/^rtsps?:\/\//i.test(control)) return rebase(control, base);
  return control.startsWith('/') ? `${originOf(base)}${control}` : `${base}${base.endsWith('/') ? '' : '/'}${control}`;
}

const originOf = (url: string): string => /^[a-z]+:\/\/[^/?]+/i.exec(url)?.[0] ?? '';

/** The path of one address at the host of another. */
export const rebase = (url: string, at: string): string => `${originOf(at)}${url.slice(originOf(url).length)}`;

export type Way = { readonly over: 'tcp' } | { readonly over: 'udp'; readonly port: number };

export const writeTransport = (way: Way): string =>
  way.over === 'tcp' ? 'RTP/AVP/TCP;unicast;interleaved=0-1' : `RTP/AVP;unicast;client_port=${way.port}-${way.port + 1}`;

/** Where the packets go: a channel of the connection, or a port of the camera. Its `destination` and `source` are not followed. */
export type Agreed = { readonly over: 'tcp'; readonly channel: number } | { readonly over: 'udp'; readonly port: number };

/** @throws Trouble garbled */
export function readTransport(header: string | undefined): Agreed {
  const [protocol = '', ...params] = (header ?? '').split(',')[0]?.split(';') ?? [];
  const first = (name: string): number | undefined => {
    const value = params.find((param) => param.trim().toLowerCase().startsWith(`${name}=`));
    const number = Number.parseInt(value?.slice(value.indexOf('=') + 1) ?? '', 10);
    return Number.isInteger(number) ? number : undefined;
  };
  if (/\/TCP$/i.test(protocol.trim())) {
    const channel = first('interleaved') ?? 0;
    if (channel >= 0 && channel < 256) return { over: 'tcp', channel };
  } else {
    const port = first('server_port');
    if (port !== undefined && port > 0 && port < 65536) return { over: 'udp', port };
  }
  throw new Trouble('garbled', 'the camera does not say where the sound is to go');
}

export interface SessionId {
  readonly id: string;
  /** Seconds; 60 where it is not told (RFC 2326 12.37). */
  readonly timeout: number;
}

/** @throws Trouble garbled */
export function readSession(header: string | undefined): SessionId {
  const [id = '', ...params] = (header ?? '').split(';').map((part) => part.trim());
  const timeout = Number.parseInt(params.find((param) => param.toLowerCase().startsWith('timeout='))?.slice('timeout='.length) ?? '', 10);
  if (id === '') throw new Trouble('garbled', 'the camera names no session');
  return { id, timeout: timeout > 0 ? timeout : 60 };
}

/** What a refusal means. `forWords` is what was asked for. */
export function troubleOfStatus(status: number, forWords: string): Trouble {
  switch (status) {
    case 401:
    case 403:
      return new Trouble(
        'refused',
        status === 401 ? 'user name or password not taken' : `the user may not use the loudspeaker (${forWords}: 403)`,
      );
    case 404:
      return new Trouble('misconfigured', 'the camera does not know this stream address');
    case 453:
    case 503:
      return new Trouble('busy', `the loudspeaker has no place left for us (${forWords}: ${status})`);
    case 461:
      return new Trouble('unsupported', 'the camera takes neither UDP nor TCP as set');
    case 501:
    case 551:
      return new Trouble('unsupported', 'the camera has no back channel for sound');
    default:
      return status >= 500
        ? new Trouble('unreachable', `the camera answered ${status} to ${forWords}`)
        : new Trouble('garbled', `the camera answered ${status} to ${forWords}`);
  }
}
