import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { channelOf, failpoint, failpoints } from './failpoint.ts';

test('a failpoint tells whoever was loaded to listen, and nobody else', () => {
  const heard: unknown[] = [];
  const listener = (_message: unknown, name: string | symbol) => void heard.push(name);
  failpoint('order-left');
  subscribe(channelOf('order-left'), listener);
  failpoint('order-left');
  failpoint('order-leaving');
  unsubscribe(channelOf('order-left'), listener);
  failpoint('order-left');
  expect(heard).toEqual([channelOf('order-left')]);
  expect(failpoints.some((name) => channel(channelOf(name)).hasSubscribers)).toBe(false);
});

test('each failpoint stands in the services once, and nothing there listens to one', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const ours = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('console'));
  const sources = ours.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));
  for (const name of failpoints)
    expect(
      sources.filter((source) => source.includes(`failpoint('${name}')`)),
      name,
    ).toHaveLength(1);
  expect(sources.filter((source) => source.includes('diagnostics_channel'))).toHaveLength(1);
});
