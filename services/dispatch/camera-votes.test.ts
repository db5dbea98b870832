import { describe, expect, it } from 'vitest';
import { minutes } from '../alarm/index.ts';
import type { Suspicion } from '../store/camera-health.ts';
import { settle, undecided } from './camera-votes.ts';

/** Runs samples ten minutes apart: `y` faulty, `n` not, `-` cannot tell. */
function run(samples: string): { standing: boolean; since: number | undefined; told: string[]; soon: boolean } {
  let suspicions: readonly Suspicion[] = [];
  const told: string[] = [];
  for (const [number, sample] of [...samples].entries()) {
    const now = minutes(10 * number);
    const votes = new Map(sample === '-' ? [] : [['black', { faulty: sample === 'y' }] as const]);
    const settled = settle(suspicions, votes, now);
    told.push(...settled.changes.map(({ change, since }) => `${change} at ${number} since ${since / minutes(10)}`));
    suspicions = settled.suspicions;
  }
  const [one] = suspicions;
  return { standing: one?.standing ?? false, since: one && one.since / minutes(10), told, soon: undecided(suspicions) };
}

describe('a fault of a camera', () => {
  it.each([
    ['nnnn', false, []],
    ['y', false, []],
    ['yn', false, []],
    ['ynnyn', false, []],
    ['yy', true, ['began at 1 since 0']],
    ['yny', true, ['began at 2 since 0']],
    ['y-y', true, ['began at 2 since 0']],
    ['yyn', true, ['began at 1 since 0']],
    ['yyny', true, ['began at 1 since 0']],
    ['yy--', true, ['began at 1 since 0']],
    ['yynn', false, ['began at 1 since 0', 'ended at 3 since 0']],
    ['yynyn', false, ['began at 1 since 0', 'ended at 4 since 0']],
    ['yynnyy', true, ['began at 1 since 0', 'ended at 3 since 0', 'began at 5 since 4']],
  ])('%s: stands %s, told %j', (samples, standing, told) => {
    expect(run(samples)).toMatchObject({ standing, told });
  });

  it.each([
    ['y', true],
    ['yn', false],
    ['yy', false],
    ['yyn', true],
    ['n', false],
  ])('after %s the next look comes soon: %s', (samples, soon) => expect(run(samples).soon).toBe(soon));

  it('is told since when it is known to have begun, and with the newest detail', () => {
    const votes = (detail: object) => new Map([['offline', { faulty: true, since: 5, detail: { ...detail } }] as const]);
    const first = settle([], votes({ try: 1 }), 100);
    expect(settle(first.suspicions, votes({ try: 2 }), 200).changes).toEqual([
      { fault: 'offline', change: 'began', since: 5, detail: { try: 2 } },
    ]);
  });

  it('leaves the others alone', () => {
    const before: Suspicion[] = [{ fault: 'moved', votes: 'yy', since: 1, standing: true, detail: {} }];
    expect(settle(before, new Map([['black', { faulty: false }]]), 9)).toEqual({ suspicions: before, changes: [] });
  });
});
