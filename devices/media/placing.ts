import { type Fragment, type InitSegment, retime } from './boxes.ts';
import type { Kept } from './ring.ts';

/** Puts the fragments of one process behind those of the process before, as far apart as they really were. */
export interface Placing {
  /**
   * How far the end of a fragment is off the instant at which it came, milliseconds. A clock that runs a little wrong is
   * followed; one that is wrong by a fifth, or was set, is not.
   */
  off(fragment: Fragment, init: InitSegment): number;
  kept(fragment: Fragment, init: InitSegment): Kept;
}

/** Of what it is off, a fragment of 200 ms forgives this part: all of it within a minute. */
const forgiven = 0.004;

/** @param epoch when the stream was first started, told when the process of this placing began */
export function openPlacing(now: () => number, epoch: (began: number) => number): Placing {
  let anchor: number | undefined;
  let began: number | undefined;
  return {
    off: (fragment, { timescale }) => {
      const end = ((fragment.start + fragment.duration) * 1000) / timescale;
      anchor ??= now() - end;
      const off = anchor + end - now();
      anchor -= off * forgiven;
      return off;
    },
    kept: (fragment, init) => {
      const until = now();
      const at = Math.round(until - (fragment.duration * 1000) / init.timescale);
      began ??= at - (fragment.start * 1000) / init.timescale;
      const start = fragment.start + Math.round(((began - epoch(began)) * init.timescale) / 1000);
      const bytes = start === fragment.start ? fragment.bytes : retime(fragment.bytes, start);
      return { init, bytes, key: fragment.key, frames: fragment.frames, start, at, until };
    },
  };
}
