import type { Instant } from './time.ts';

export const deviceKinds = ['key', 'camera', 'radio', 'loudspeaker'] as const;
export type DeviceKind = (typeof deviceKinds)[number];

/** Everything a device can tell. Grades of a press and the ladder of an answer are data of the signal, not types. */
export const signalTypes = [
  'press',
  'release',
  'test',
  'tamper',
  'battery',
  'heartbeat',
  'unparsed',
  'motion',
  'line-crossing',
  'intrusion',
  'audio-alarm',
  'digital-input',
  'object',
  'video-loss',
  'report',
  'playback',
  'online',
  'offline',
  'silence',
] as const;
export type SignalType = (typeof signalTypes)[number];

export const grades = ['emergency', 'assist', 'duress'] as const;
/** What the person at the key meant: help at once, help when convenient, or help under threat (silent at the site). */
export type Grade = (typeof grades)[number];

/** A queue with its own workers and database connections; urgent never waits behind routine. */
export type Lane = 'urgent' | 'routine';

/**
 * What Baiying itself says of a signal, as far as the rules read it. It stands apart from `data`, which devices and programs fill as
 * they like: nothing that comes from outside can pass for it.
 */
export interface OursOfSignal {
  /** Units that were sent for it while the record was away. */
  readonly firstOrders?: readonly string[];
  /** An answer that was kept out of reach and came late: `at` is when it was given. */
  readonly late?: true;
}

/** One fact told by a device, as it stands in the record. */
export interface Signal {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceKind: DeviceKind;
  readonly type: SignalType;
  /** Set on a press, and on a wired key that the installer graded; one that names none is an emergency. */
  readonly grade?: Grade;
  /** Whether the thing told of is there now; false is the end of an activity. */
  readonly active: boolean;
  /** The device's own clock, information only: cameras have been seen in 1970 and an hour ahead. */
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** Told during a drill or by a simulated device: marked as exercise everywhere. */
  readonly exercise: boolean;
  /** What the device told besides; fields that nobody knows are kept here. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly ours?: OursOfSignal;
}

const routine: ReadonlySet<SignalType> = new Set([
  'heartbeat',
  'motion',
  'line-crossing',
  'intrusion',
  'audio-alarm',
  'object',
  'video-loss',
  'online',
  'offline',
]);

/**
 * The lane of a signal. A camera's tamper is routine, a key's is urgent; a digital input is an alarm key wired to
 * a camera (ONVIF tns1:Device/Trigger/DigitalInput) and therefore urgent.
 */
export function laneOf(kind: DeviceKind, type: SignalType): Lane {
  if (type === 'tamper') return kind === 'camera' ? 'routine' : 'urgent';
  return routine.has(type) ? 'routine' : 'urgent';
}

/** What was asked for comes back: it moves an order or a broadcast on, and no help waits for it as it does for a press. */
export const answersAnOrder = (type: SignalType): boolean => type === 'report' || type === 'playback';

/** Whether repeats are folded into one activity with a count instead of standing in the record one by one. */
export function folds(kind: DeviceKind, type: SignalType): boolean {
  return laneOf(kind, type) === 'routine' && type !== 'offline';
}

/**
 * Which of a device's inputs an alarm key is wired to; none for anything else. A bridge names it in `input`, ONVIF in the
 * source values that end a topic after `/&`; of a message that cannot be read its driver says what it is `of`, and it still has its topic.
 */
export function partOf({ type, data }: Pick<Signal, 'type' | 'data'>): string | undefined {
  const wired = type === 'digital-input' || (type === 'unparsed' && data['of'] === 'digital-input');
  if (!wired) return undefined;
  const { input, sourceValues, topic } = data;
  if (typeof input === 'string' || typeof input === 'number') return String(input);
  if (Array.isArray(sourceValues) && sourceValues.length > 0) return sourceValues.join('/');
  return typeof topic === 'string' ? topic.split('/&')[1] : undefined;
}
