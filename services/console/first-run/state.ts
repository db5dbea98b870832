import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/types.generated.ts';

export type Progress = paths['/api/v1/setup/progress']['get']['responses']['200']['content']['application/json'];

/** How far the first run came, as the record says. */
export const progressQuery = queryOptions({
  queryKey: ['setup', 'progress'],
  queryFn: () => answer(api.GET('/api/v1/setup/progress')),
});

export const setupStateQuery = queryOptions({
  queryKey: ['setup', 'state'],
  queryFn: () => answer(api.GET('/api/v1/setup/state')),
});

export const steps = ['account', 'station', 'site', 'key', 'press', 'see'] as const;

/** The first step that is not done, counted from 0; six when all are. */
export function nextStep(progress: Progress | undefined): number {
  if (!progress) return 0;
  const done = [progress.station, progress.site, progress.key, progress.pressed, progress.seen];
  const open = done.indexOf(undefined);
  return open < 0 ? steps.length : open + 1;
}

/** Nothing is registered and no demo lives here: whoever comes is at the beginning. */
export const isFresh = (progress: Progress): boolean => nextStep(progress) === 1 && ['absent', 'unavailable'].includes(progress.demo.state);

/** Stands behind the #, which browsers send to nobody. */
export const linkToken = (): string | null => new URLSearchParams(location.hash.slice(1)).get('token');

/** An id from a name in any script: its Latin letters and digits, or the noun where it has none. */
export function idFrom(name: string, noun: string): string {
  const latin = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return latin === '' ? `${noun}-1` : latin;
}
