import { useSyncExternalStore } from 'react';
import { serverTime } from '../api/server-time.ts';
import { language, type Say, useWords } from '../words/index.ts';

/** One timer for every age and countdown on the page. */
const hearers = new Set<() => void>();
let second = 0;
setInterval(() => {
  second = Math.floor(serverTime.now() / 1000);
  for (const hear of hearers) hear();
}, 250);
second = Math.floor(serverTime.now() / 1000);

/** The server's time in whole seconds UTC; the component is drawn anew when it moves on. */
export const useSecond = (): number =>
  useSyncExternalStore(
    (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    () => second,
  );

/** How long ago, in the largest whole unit. @param at RFC 3339 */
export function ago(at: string, now: number, say: Say<'common'>): string {
  const seconds = Math.max(0, now - Math.floor(Date.parse(at) / 1000));
  if (seconds < 60) return say('secondsAgo', { count: seconds });
  if (seconds < 6000) return say('minutesAgo', { count: Math.floor(seconds / 60) });
  if (seconds < 172_800) return say('hoursAgo', { count: Math.floor(seconds / 3600) });
  return say('daysAgo', { count: Math.floor(seconds / 86_400) });
}

export function Ago({ at }: { readonly at: string }) {
  const say = useWords('common');
  const now = useSecond();
  return (
    <time dateTime={at} title={dateAndTime(at)}>
      {ago(at, now, say)}
    </time>
  );
}

/** `m:ss`, with a minus once it has passed. @param seconds may be negative */
export function clockFace(seconds: number): string {
  const left = Math.abs(seconds);
  return `${seconds < 0 ? '−' : ''}${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

const locale = (): string => (language() === 'zh' ? 'zh-CN' : 'en-GB');
const stationTime = () => ({ hour12: false, timeZone: serverTime.timeZone }) as const;
/** The time of day of a moment, to the second. @param at RFC 3339, or milliseconds UTC */
export const timeOfDay = (at: string | number): string => new Date(at).toLocaleTimeString(locale(), stationTime());
export const dateAndTime = (at: string | number): string => new Date(at).toLocaleString(locale(), stationTime());

/** What the station's clock shows, read as if it were UTC. A year that is being typed is of one digit first. */
const wall = (at: number): number =>
  Date.parse(`${new Date(at).toLocaleString('sv', stationTime()).padStart('0001-01-01 00:00:00'.length, '0').replace(' ', 'T')}Z`);

/** The moment, RFC 3339, when the station's clock shows what an input for date and time gives. @param local as `2026-11-23T08:30` */
export function momentOf(local: string): string {
  const meant = Date.parse(`${local}Z`);
  const near = meant + meant - wall(meant);
  // Between the two the clocks may have been changed.
  return new Date(near + meant - wall(near)).toISOString();
}

/** A text of the server with its instants, RFC 3339 and in UTC, as people here read them. */
export const withLocalTimes = (text: string): string => text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (at) => dateAndTime(at));
