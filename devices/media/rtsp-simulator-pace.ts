import { randomBytes } from 'node:crypto';
import { encodeG711 } from '../loudspeakers/g711.ts';
import { type Picture, type Pictures, packPicture } from './h264.ts';

/** The simulated cameras' clockwork: one timer for all of a kind, running only while somebody plays. */
export interface Pacer {
  onPicture: ((index: number, at: number) => void) | undefined;
  readonly playing: number;
  /** Connections stay, and nothing is sent. */
  hushed: boolean;
  /** Sends RTP from the next key frame on. @returns what ends it */
  pictures(pictures: Pictures, send: (packet: Uint8Array) => void): () => void;
  sound(microphone: (samples: number, at: number) => Int16Array, send: (packet: Uint8Array) => void): () => void;
}

const samplesOfPacket = 160;

export function openPacer(): Pacer {
  const loops = new Map<Pictures, Loop>();
  const packed = new WeakMap<Picture, Uint8Array[]>();
  let playing = 0;
  const pacer: Pacer = {
    onPicture: undefined,
    hushed: false,
    get playing() {
      return playing;
    },
    pictures: (pictures, send) => {
      const header = rtpHeader(96);
      let begun = false;
      const loop = loops.get(pictures) ?? openLoop(1000 / pictures.framesPerSecond, pacer, pictures.list.length);
      loops.set(pictures, loop);
      playing += 1;
      const leave = loop.join((tick) => {
        const picture = pictures.list[tick % pictures.list.length];
        begun ||= picture?.key === true;
        if (!picture || !begun || pacer.hushed) return;
        const payloads = packed.get(picture) ?? packPicture(picture);
        packed.set(picture, payloads);
        const time = Math.round((tick * 90_000) / pictures.framesPerSecond);
        for (const [index, payload] of payloads.entries()) send(header(payload, time, index === payloads.length - 1));
      });
      return () => {
        playing -= 1;
        leave();
      };
    },
    sound: (microphone, send) => {
      const header = rtpHeader(0);
      const loop = openLoop(20, undefined, 1);
      return loop.join((tick, at) => send(header(encodeG711('PCMU', microphone(samplesOfPacket, at)), tick * samplesOfPacket, tick === 0)));
    },
  };
  return pacer;
}

interface Loop {
  join(each: (tick: number, at: number) => void): () => void;
}

/** Ticks at a fixed rate without drift: a late timer is made up for. */
function openLoop(period: number, told: Pacer | undefined, length: number): Loop {
  const members = new Set<(tick: number, at: number) => void>();
  let timer: NodeJS.Timeout | undefined;
  let began = 0;
  let tick = 0;
  const run = (): void => {
    while (began + tick * period <= performance.now()) {
      const at = Date.now();
      told?.onPicture?.(tick % length, at);
      for (const each of members) each(tick, at);
      tick += 1;
    }
    clearTimeout(timer);
    timer = members.size === 0 ? undefined : setTimeout(run, Math.max(1, began + tick * period - performance.now()));
  };
  return {
    join: (each) => {
      members.add(each);
      if (timer === undefined) {
        began = performance.now();
        tick = 0;
        timer = setTimeout(run, 0);
      }
      return () => {
        members.delete(each);
        if (members.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}

/** RFC 3550, 5.1. */
function rtpHeader(type: number): (payload: Uint8Array, time: number, marker: boolean) => Uint8Array {
  const source = randomBytes(4);
  let sequence = randomBytes(2).readUInt16BE(0);
  const offset = randomBytes(4).readUInt32BE(0);
  return (payload, time, marker) => {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = type | (marker ? 0x80 : 0);
    header.writeUInt16BE(sequence & 0xffff, 2);
    header.writeUInt32BE((time + offset) >>> 0, 4);
    source.copy(header, 8);
    sequence += 1;
    return Buffer.concat([header, payload]);
  };
}
