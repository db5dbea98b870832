import type { Push } from '../../maker-settings.ts';
import type { Model } from './settings.ts';

/**
 * What a LoRaWAN button sends, from its bytes: ChirpStack gives a decoded object only where somebody installed a codec, and
 * the makers' codecs differ (Milesight's adds a random number, Dragino's writes "FALSE", which JavaScript takes for true).
 */
export interface Frame {
  readonly pushed: readonly Pushed[];
  /** Percent. */
  readonly battery?: number;
  readonly volts?: number;
}
export interface Pushed {
  /** Undefined where the button tells none that we know. */
  readonly push?: Push;
  /** Of a button with several keys. */
  readonly key?: number;
  /** Milliseconds UTC, of a push that the button kept since no uplink of it was answered. */
  readonly at?: number;
}
export type Unread = { readonly fault: string };

export function readFrame(model: Model, port: number, bytes: Uint8Array): Frame | Unread {
  switch (model) {
    case 'milesight-ws101':
      return readMilesight(bytes);
    case 'dragino-pb01':
      return readDragino(port, bytes, false);
    case 'dragino-pb05':
      return readDragino(port, bytes, true);
    default:
      return model satisfies never;
  }
}

const empty: Frame = { pushed: [] };

/** Lengths of what else a WS101 tells (Milesight SensorDecoders, ws-series/ws101): versions, serial number, class, restart. */
const milesightLengths: ReadonlyMap<number, number> = new Map([
  [0xff01, 1],
  [0xff08, 6],
  [0xff09, 2],
  [0xff0a, 2],
  [0xff0b, 1],
  [0xff0f, 1],
  [0xff16, 8],
  [0xfffe, 1],
  [0xffff, 2],
]);
const battery = 0x0175;
const press = 0xff2e;
const milesightPushes: Readonly<Record<number, Push>> = { 1: 'single', 2: 'long', 3: 'double' };

function readMilesight(bytes: Uint8Array): Frame | Unread {
  const pushed: Pushed[] = [];
  let percent: number | undefined;
  let at = 0;
  while (at < bytes.length) {
    const name = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const value = bytes[at + 2];
    if (name === press) {
      const push = value === undefined ? undefined : milesightPushes[value];
      pushed.push(push === undefined ? {} : { push });
      at += 3;
      continue;
    }
    if (name === battery) percent = value;
    const length = name === battery ? 1 : milesightLengths.get(name);
    // Behind what nobody knows may stand a push; an unknown kind of it is better than none.
    if (length === undefined) return hidesPress(bytes.subarray(at)) ? { pushed: [...pushed, {}] } : unknown(pushed, percent);
    at += 2 + length;
  }
  return frame(pushed, percent);
}

const frame = (pushed: readonly Pushed[], percent: number | undefined): Frame => ({
  pushed,
  ...(percent === undefined ? {} : { battery: percent }),
});
const unknown = (pushed: readonly Pushed[], percent: number | undefined): Frame | Unread =>
  pushed.length > 0 || percent !== undefined ? frame(pushed, percent) : { fault: 'no channel that a WS101 has' };
const hidesPress = (rest: Uint8Array): boolean => rest.some((byte, index) => byte === 0xff && rest[index + 1] === 0x2e);

/** Port 2: what stands; 3: what was kept; 5: model and firmware (Dragino end-node decoders, PB01 and PB05-L). */
function readDragino(port: number, bytes: Uint8Array, several: boolean): Frame | Unread {
  if (port === 5) return empty;
  if (port === 3) return readKept(bytes, several);
  if (port !== 2) return { fault: `port ${port} is none of the button's` };
  const alarm = bytes[3];
  if (alarm === undefined || (several && bytes.length < 5)) return { fault: `${bytes.length} bytes are too few` };
  const volts = (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) / 1000;
  const keys = several ? keysOf(bytes[4] ?? 0) : [];
  const pushed = keys.length > 0 ? keys.map((key) => ({ key })) : (alarm & 1) === 1 ? [{}] : [];
  return { pushed, volts };
}

const keysOf = (bits: number): number[] => [1, 2, 3, 4, 5].filter((key) => (bits & (1 << (key - 1))) !== 0);

const entry = 11;

/** A push whose uplink nobody answered is kept with its time and sent later, marked so. Asked for by hand, answered ones come too. */
function readKept(bytes: Uint8Array, several: boolean): Frame | Unread {
  if (bytes.length === 0 || bytes.length % entry !== 0) return { fault: `${bytes.length} bytes are no kept entries` };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pushed: Pushed[] = [];
  for (let start = 0; start < bytes.length; start += entry) {
    const state = view.getUint8(start + 6);
    const unanswered = (state & 0x80) !== 0;
    if (!unanswered || (state & 1) === 0) continue;
    const at = view.getUint32(start + 7) * 1000;
    const keys = several ? keysOf(view.getUint8(start + 4)) : [];
    pushed.push(...(keys.length > 0 ? keys.map((key) => ({ key, at })) : [{ at }]));
  }
  return { pushed };
}
