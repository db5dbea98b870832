import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Feed, openFeed } from './feed.ts';
import { inPieces } from './voice.ts';

async function all(feed: Feed): Promise<{ samples: number[]; sound: number }> {
  const samples: number[] = [];
  let sound = 0;
  for (let frame = await feed.next(); frame; frame = await feed.next()) {
    samples.push(...frame.samples);
    sound += frame.sound;
  }
  return { samples, sound };
}

test('any pieces come out as frames of 160, the last filled with silence', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.int16Array({ maxLength: 2000 }),
      fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 5 }),
      async (sound, sizes) => {
        const got = await all(openFeed(inPieces(sound, sizes)));
        const frames = Math.ceil(sound.length / 160);
        expect(got.sound).toBe(sound.length);
        expect(got.samples).toEqual([...sound, ...new Array<number>(frames * 160 - sound.length).fill(0)]);
      },
    ),
  );
});

test('what was heard before the source failed is said first', async () => {
  const feed = openFeed(
    (async function* () {
      yield new Int16Array(160).fill(1);
      throw new Error('lost');
    })(),
  );
  expect((await feed.next())?.sound).toBe(160);
  await expect(feed.next()).rejects.toThrow('lost');
});

test('closing ends a wait for a source that never answers', async () => {
  const feed = openFeed({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) });
  const next = feed.next();
  feed.close();
  expect(await next).toBeUndefined();
});

test('closing lets go of the source', async () => {
  let released = false;
  const feed = openFeed(
    (async function* () {
      try {
        for (;;) yield new Int16Array(160);
      } finally {
        released = true;
      }
    })(),
  );
  await feed.next();
  feed.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(released).toBe(true);
});

test('an endless source is not fetched without bound', async () => {
  let fetched = 0;
  const feed = openFeed(
    (async function* () {
      for (;;) {
        fetched += 1;
        yield new Int16Array(160);
      }
    })(),
  );
  await feed.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(fetched).toBeLessThanOrEqual(102);
  feed.close();
});
