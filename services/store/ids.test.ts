import { expect, test } from 'vitest';
import { idMaker, uuidv7 } from './ids.ts';

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const millisecondOf = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

test('an id has version 7, the variant of RFC 9562 and its millisecond in front', () => {
  const id = uuidv7(1_795_298_975_619.75);
  expect(id).toMatch(shape);
  expect(millisecondOf(id)).toBe(1_795_298_975_619);
});

test.each([
  { clock: 'stands still', now: () => 1000 },
  { clock: 'runs', now: (i: number) => 1000 + i },
  { clock: 'steps back', now: (i: number) => 5000 - i },
])('ids rise strictly while the clock $clock', ({ now }) => {
  const make = idMaker();
  const ids = Array.from({ length: 20_000 }, (_, i) => make(now(i)));
  expect(ids.every((id) => shape.test(id))).toBe(true);
  expect(ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? ''))).toBe(true);
});

test('two makers at the same instant make different ids', () => {
  expect(idMaker()(1000)).not.toBe(idMaker()(1000));
});
