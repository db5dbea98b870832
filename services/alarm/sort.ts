import { closed } from './closed.ts';
import type { Grade, Signal } from './signal.ts';

/** GB/T 28181 AlarmPriority: 1 is the most urgent, 4 the least. */
export type Priority = 1 | 2 | 3 | 4;

/** What signals can open. An operator who saw something names a kind of the station's own. */
export const incidentKinds = [
  'emergency',
  'assist',
  'duress',
  'unparsed',
  'officer-emergency',
  'intrusion',
  'line-crossing',
  'audio-alarm',
  'tamper',
  'silence',
  'device-fault',
  'walk-test',
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

export type SortReason =
  | 'press-emergency'
  | 'press-assist'
  | 'press-duress'
  | 'officer-calls-for-help'
  | 'message-cannot-be-read'
  | 'wired-key-active'
  | 'analytics-alarm'
  | 'device-opened-or-covered'
  | 'device-unheard'
  | 'battery-low'
  | 'picture-lost'
  | 'device-heard-again'
  | 'ends-an-activity'
  | 'key-released'
  | 'walk-test'
  | 'answer-of-a-unit'
  | 'report-of-a-loudspeaker'
  | 'information-only';

/** What a signal is, before anyone asks what it belongs to. */
export type Sorting =
  | {
      readonly role: 'opens';
      readonly kind: IncidentKind;
      readonly priority: Priority;
      readonly silent: boolean;
      readonly reason: SortReason;
    }
  | { readonly role: 'informs'; readonly confirms: boolean; readonly reason: SortReason }
  | { readonly role: 'answers'; readonly reason: SortReason }
  | { readonly role: 'keeps'; readonly reason: SortReason };

export interface SortPolicy {
  /** Analytics of cameras that open an incident on their own. Motion alone never does: it needs no answer. */
  readonly opening: readonly ('line-crossing' | 'intrusion' | 'audio-alarm')[];
  /** Percent at or below which a key's battery becomes a fault to mend. */
  readonly lowBattery: number;
}

const opens = (kind: IncidentKind, priority: Priority, reason: SortReason, silent = false): Sorting => ({
  role: 'opens',
  kind,
  priority,
  silent,
  reason,
});
const informs = (reason: SortReason, confirms = false): Sorting => ({ role: 'informs', confirms, reason });
const keeps = (reason: SortReason): Sorting => ({ role: 'keeps', reason });

/** Says what a signal is and how urgent. Pure; total over every signal a device can tell. */
export function sort(signal: Signal, policy: SortPolicy): Sorting {
  switch (signal.type) {
    case 'press':
      return sortPress(signal);
    case 'unparsed':
      return opens('unparsed', 1, 'message-cannot-be-read', signal.grade === 'duress');
    case 'digital-input':
      return sortWiredKey(signal);
    case 'line-crossing':
    case 'intrusion':
    case 'audio-alarm':
      return sortAnalytics(signal, signal.type, policy);
    case 'tamper':
      return signal.active ? opens('tamper', signal.deviceKind === 'key' ? 2 : 3, 'device-opened-or-covered') : informs('ends-an-activity');
    case 'video-loss':
      return signal.active ? opens('device-fault', 4, 'picture-lost') : informs('ends-an-activity');
    case 'silence':
      return opens('silence', signal.deviceKind === 'key' || signal.deviceKind === 'radio' ? 3 : 4, 'device-unheard');
    case 'battery':
      return sortBattery(signal, policy);
    case 'online':
      return informs('device-heard-again');
    case 'release':
      return informs('key-released');
    case 'motion':
    case 'object':
      return informs('information-only');
    case 'test':
      return keeps('walk-test');
    case 'report':
      return { role: 'answers', reason: 'answer-of-a-unit' };
    case 'playback':
      return { role: 'answers', reason: 'report-of-a-loudspeaker' };
    case 'heartbeat':
    case 'offline':
      return keeps('information-only');
    default:
      return closed(signal.type);
  }
}

function sortPress(signal: Signal): Sorting {
  if (signal.deviceKind === 'radio') return opens('officer-emergency', 1, 'officer-calls-for-help', signal.grade === 'duress');
  return byGrade(signal.grade ?? 'emergency');
}

function byGrade(grade: Grade): Sorting {
  switch (grade) {
    case 'emergency':
      return opens('emergency', 1, 'press-emergency');
    case 'assist':
      return opens('assist', 2, 'press-assist');
    case 'duress':
      return opens('duress', 1, 'press-duress', true);
    default:
      return closed(grade);
  }
}

/** What the installer wired to the input says what its closing means; one that nobody graded is a call for help. */
function sortWiredKey(signal: Signal): Sorting {
  if (!signal.active) return informs('ends-an-activity');
  return signal.grade === undefined || signal.grade === 'emergency' ? opens('emergency', 1, 'wired-key-active') : byGrade(signal.grade);
}

function sortAnalytics(signal: Signal, type: SortPolicy['opening'][number], policy: SortPolicy): Sorting {
  if (!signal.active) return informs('ends-an-activity');
  return policy.opening.includes(type) ? opens(type, 3, 'analytics-alarm') : informs('analytics-alarm', true);
}

function sortBattery(signal: Signal, policy: SortPolicy): Sorting {
  const percent = signal.data['battery'];
  if (typeof percent === 'number' && percent > policy.lowBattery) return keeps('information-only');
  return opens('device-fault', 4, 'battery-low');
}
