import { expect, test } from 'vitest';
import { checkCanary } from './imports.ts';

test('the canary breaks every import rule and every breach is noticed', async () => {
  expect(await checkCanary()).toEqual([]);
});
