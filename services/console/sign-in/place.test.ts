import { beforeEach, expect, test, vi } from 'vitest';
import { backToPlace, keepPlace } from './place.ts';

const shown: string[] = [];
const at = (pathname: string, search = '', hash = '') => vi.stubGlobal('location', { pathname, search, hash });

beforeEach(() => {
  const items = new Map<string, string>();
  shown.length = 0;
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  });
  vi.stubGlobal('history', { replaceState: (_data: unknown, _title: string, place: string) => shown.push(place) });
});

test('whoever comes back sees the page that was asked for, once', () => {
  at('/console/records/reports', '?span=week', '#hours');
  keepPlace();
  at('/console/');
  backToPlace();
  backToPlace();
  expect(shown).toEqual(['/console/records/reports?span=week#hours']);
});

test('whoever is refused sees why, and the page after the next attempt', () => {
  at('/console/map');
  keepPlace();
  at('/console/', '?refused=sign-on-refused');
  backToPlace();
  expect(shown).toEqual([]);
  keepPlace();
  at('/console/');
  backToPlace();
  expect(shown).toEqual(['/console/map']);
});

test('who asked for another page meanwhile stays there, and who asked for none gets the first', () => {
  at('/console/');
  keepPlace();
  backToPlace();
  at('/console/map');
  keepPlace();
  at('/console/patrol');
  backToPlace();
  expect(shown).toEqual([]);
});
