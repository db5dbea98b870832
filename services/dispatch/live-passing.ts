import { rfc3339 } from '../alarm/index.ts';
import type { Clock, Timer } from '../ports.ts';
import type { PassingType } from '../store/event-types.ts';
import type { CloudEvent, NewEvent } from '../store/events.ts';
import { uuidv7 } from '../store/ids.ts';

/** An event of the moment: told to whoever listens, kept nowhere, missed by who was away. It has no place to resume from. */
export interface PassingEvent {
  readonly type: string;
  /** The CloudEvent as JSON on one line. */
  readonly json: string;
}

export interface Passing {
  /** Calls `hear` with every event that is passed on. */
  overhear(hear: (event: PassingEvent) => void): Timer;
  /** Tells all clients of this process of what is not worth keeping, such as where a unit is now. */
  pass(event: Omit<NewEvent, 'at' | 'type'> & { readonly type: PassingType }): void;
}

export function openPassing(clock: Pick<Clock, 'now'>): Passing {
  const hearers = new Set<(event: PassingEvent) => void>();
  return {
    overhear(hear) {
      hearers.add(hear);
      return { stop: () => void hearers.delete(hear) };
    },
    pass({ type, subject, data }) {
      if (hearers.size === 0) return;
      const now = clock.now();
      const event: CloudEvent = {
        ...{ specversion: '1.0', id: uuidv7(now), source: '/baiying', type, subject, time: rfc3339(now) },
        ...{ datacontenttype: 'application/json', data },
      };
      const json = JSON.stringify(event);
      for (const hear of [...hearers]) hear({ type, json });
    },
  };
}
