import type { Say } from '../words/index.ts';
import type { Schedule } from './requests.ts';

const week = [1, 2, 3, 4, 5, 6, 7] as const;

/** When a round is due, in the words of whoever reads it. */
export function scheduleText(every: Schedule, say: Say<'patrol'>): string {
  const when = 'times' in every ? every.times.join(' ') : say('eachMinutes', { minutes: every.minutes, from: every.from, to: every.to });
  const days = every.days ?? week;
  if (days.length === week.length) return `${say('everyDay')} ${when}`;
  return `${week
    .filter((day) => days.includes(day))
    .map((day) => say(`day.${day}`))
    .join('')} ${when}`;
}

/** The times of day in what somebody typed, in their order; undefined where it holds anything else. */
export function timesIn(text: string): string[] | undefined {
  const words = text.split(/[\s,;，；、]+/).filter((word) => word !== '');
  const times = words.map((word) => /^(\d{1,2})[:：](\d{2})$/.exec(word));
  if (times.length === 0 || times.some((time) => !time || Number(time[1]) > 23 || Number(time[2]) > 59)) return undefined;
  return [...new Set(times.map((time) => `${time?.[1]?.padStart(2, '0')}:${time?.[2]}`))].sort();
}
