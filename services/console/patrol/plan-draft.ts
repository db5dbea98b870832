import type { Round, RunStop, Schedule } from './requests.ts';
import { timesIn } from './schedule.ts';

/** A plan as the form holds it. */
export interface Draft {
  readonly name: string;
  readonly stationId: string;
  readonly way: 'times' | 'minutes';
  readonly times: string;
  readonly minutes: number;
  readonly from: string;
  readonly to: string;
  readonly days: readonly number[];
  readonly grace: number;
  readonly atOnce: number;
  readonly active: boolean;
  readonly stops: readonly RunStop[];
}

const week = [1, 2, 3, 4, 5, 6, 7];

export const blank = (stationId: string): Draft => ({
  name: '',
  stationId,
  way: 'times',
  times: '08:00 20:00',
  minutes: 60,
  from: '22:00',
  to: '06:00',
  days: week,
  grace: 15,
  atOnce: 1,
  active: true,
  stops: [],
});

export function draftOf({ name, stationId, every, graceMinutes, picturesAtOnce, active, stops }: Round): Draft {
  const common = { name, stationId, grace: graceMinutes, atOnce: picturesAtOnce, active, stops, days: every.days ?? week };
  return 'times' in every
    ? { ...blank(stationId), ...common, way: 'times', times: every.times.join(' ') }
    : { ...blank(stationId), ...common, way: 'minutes', minutes: every.minutes, from: every.from, to: every.to };
}

/** What is sent, when nothing is wrong with it on its own. */
export function bodyOf(draft: Draft) {
  const times = timesIn(draft.times);
  const faults = [
    ...(draft.name.trim() === '' ? ['name' as const] : []),
    ...(draft.way === 'times' && !times ? ['times' as const] : []),
    ...(draft.days.length === 0 ? ['days' as const] : []),
    ...(draft.stops.length === 0 ? ['stops' as const] : []),
  ];
  const days = draft.days.length === week.length ? {} : { days: [...draft.days].sort() };
  const every: Schedule =
    draft.way === 'times' ? { times: times ?? [], ...days } : { minutes: draft.minutes, from: draft.from, to: draft.to, ...days };
  const body = {
    name: draft.name.trim(),
    stationId: draft.stationId,
    stops: [...draft.stops],
    every,
    graceMinutes: draft.grace,
    picturesAtOnce: draft.atOnce,
    active: draft.active,
  };
  return { faults, body: faults.length === 0 ? body : undefined };
}
