import { type Incident, isPanic, type Priority } from '../alarm/index.ts';
import type { Db } from '../store/connect.ts';
import { callsOpen } from '../store/incidents.ts';

/**
 * The keys whose calls are being handled, for when the record cannot be asked: what is pressed again then sends nobody again.
 * Where it is not sure it says no, since two orders are better than none.
 */
export interface OpenCalls {
  /** Whether a call of this key, at least as urgent, is open. */
  has(key: Key, priority: Priority): boolean;
  /** The incident is in the record as it is given here. */
  stands(incident: Call): void;
  /** The incident is about to be closed. */
  ends(incident: Key): void;
  /** Reads how it stands in the record. */
  load(db: Db): Promise<void>;
}

/** Several keys may be wired to one device, and a call of an exercise is none of the real key's (as in correlate.ts). */
export type Key = Pick<Incident, 'deviceId' | 'part' | 'exercise'>;
export type Call = Key & Pick<Incident, 'kind' | 'priority' | 'state'>;

const nameOf = ({ deviceId, part, exercise }: Key): string => `${exercise ? 'exercise ' : ''}${deviceId} ${part ?? ''}`;

export function openCalls(): OpenCalls {
  let open = new Map<string, Priority>();
  const put = (call: Call) => {
    if (call.state !== 'closed' && call.deviceId !== undefined && isPanic(call.kind)) open.set(nameOf(call), call.priority);
  };
  return {
    has: (key, priority) => (open.get(nameOf(key)) ?? Number.POSITIVE_INFINITY) <= priority,
    stands: put,
    ends: (key) => void open.delete(nameOf(key)),
    async load(db) {
      const calls = await callsOpen(db);
      open = new Map();
      for (const call of calls) put(call);
    },
  };
}
