import { expect, test } from 'vitest';
import { openCalled } from './called.ts';
import type { Case } from './case.ts';

const [first, second] = [
  { id: 'i1', number: 17 },
  { id: 'i2', number: 18 },
];
const caseOf = (incident: { readonly id: string }) => ({ stored: { incident } }) as Case;

test('a unit is called elsewhere for every incident but its own', () => {
  const called = openCalled();
  called.note(first, 'car-1');
  expect(called.elsewhere(first.id, 'car-1')).toBeUndefined();
  expect(called.elsewhere(second.id, 'car-1')).toBe(17);
  expect(called.elsewhere(second.id, 'car-2')).toBeUndefined();
});

test.each(['done', 'failed'])('what a decision called is forgotten once it is %s', async (end) => {
  const called = openCalled();
  const decision = called.deciding(async (cases) => {
    cases.push(caseOf(first));
    called.note(first, 'car-1');
    called.note(second, 'car-2');
    if (end === 'failed') throw new Error('the record is away');
  });
  await Promise.allSettled([decision]);
  expect(called.elsewhere(second.id, 'car-1')).toBeUndefined();
  expect(called.elsewhere(first.id, 'car-2')).toBe(18);
});

test('a decision that began before another was committed still sees what that one called', async () => {
  const called = openCalled();
  const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
  const slow = called.deciding(async () => {
    await asked;
    return called.elsewhere(second.id, 'car-1');
  });
  await called.deciding(async (cases) => {
    cases.push(caseOf(first));
    called.note(first, 'car-1');
  });
  answer();
  expect(await slow).toBe(17);
  expect(called.elsewhere(second.id, 'car-1')).toBeUndefined();
});
