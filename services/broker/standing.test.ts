import { describe, expect, test } from 'vitest';
import type { Fact } from '../../devices/driver.ts';
import { openStanding, stateKey } from './standing.ts';

const data = { topic: 'Device/Trigger/DigitalInput', sourceValues: ['1'] };
const input = (active: boolean, more: Record<string, unknown> = {}): Fact => ({ ...fresh(active, more), retained: true });
const fresh = (active: boolean, more: Record<string, unknown> = {}): Fact => ({
  type: 'digital-input',
  active,
  data: { ...data, ...more },
});

describe('what a camera retains is news only when it differs from what was last known', () => {
  test.each([
    ['closed at first sight, nothing known', [], [true], [false]],
    ['closed at first sight, was open: pressed while nobody listened', [false], [true], [true]],
    ['closed at first sight, was closed', [true], [true], [false]],
    ['opens and closes again', [], [false, true, false, true], [false, true, true, true]],
    ['says the same again', [false], [true, true], [true, false]],
  ])('%s', (_name, known, told, news) => {
    const standing = openStanding(known.map((active) => ({ key: stateKey('digital-input', data), active })));
    expect(told.map((active) => standing.isNews(input(active)))).toEqual(news);
  });

  test('two inputs of one camera do not speak for each other', () => {
    const standing = openStanding([]);
    standing.isNews(input(false));
    expect(standing.isNews(input(true, { sourceValues: ['2'] }))).toBe(false);
    expect(standing.isNews(input(true))).toBe(true);
  });

  test('nor do two that a bridge numbers', () => {
    const standing = openStanding([]);
    const numbered = (number: number, active: boolean): Fact => ({
      type: 'digital-input',
      active,
      data: { input: number },
      retained: true,
    });
    standing.isNews(numbered(1, true));
    standing.isNews(numbered(2, false));
    expect(standing.isNews(numbered(2, true))).toBe(true);
  });

  test('a change that came as it happened counts as what was last known', () => {
    const standing = openStanding([{ key: stateKey('digital-input', data), active: true }]);
    expect(standing.isNews(fresh(false))).toBe(true);
    expect(standing.isNews(input(true))).toBe(true);
    expect(standing.isNews(input(true))).toBe(false);
  });

  test('what is not retained is always news', () => {
    const standing = openStanding([]);
    expect([standing.isNews(fresh(true)), standing.isNews(fresh(true))]).toEqual([true, true]);
  });

  test('a device that says so itself, in its payload, is not believed: a press with such a field is a press', () => {
    const standing = openStanding([]);
    expect(standing.isNews({ type: 'press', active: true, data: { retained: true } })).toBe(true);
  });
});
