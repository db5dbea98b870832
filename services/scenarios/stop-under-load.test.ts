import { expect, onTestFinished, test, vi } from 'vitest';
import { simulateKey, type SimulatedKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import { callApi } from './process-api.ts';
import { dataFolder, startBaiying } from './process.ts';

test('a stop in the midst of presses is quiet, quick, ends with 0, and loses nothing that was acknowledged', async () => {
  const data = await dataFolder();
  const first = await startBaiying({ BAIYING_DATA: data });
  const api = await callApi(first.http);
  await api('POST', '/stations', { id: 'central', name: 'Central', location: { lat: 30, lon: 120 } });
  await api('POST', '/sites', { id: 'bank', name: 'Bank', kind: 'bank', stationId: 'central', address: '', location: { lat: 30, lon: 120 }, contacts: [] });
  const keys: SimulatedKey[] = [];
  for (let number = 0; number < 20; number += 1) {
    const id = `key-${number}`;
    const { secret } = await api<{ secret: string }>('POST', '/devices', { id, kind: 'key', driver: 'mqtt', name: id, siteId: 'bank', settings: {} });
    const key = await simulateKey({ url: first.mqtt, id, secret, now: () => Date.now() });
    onTestFinished(() => key.close());
    keys.push(key);
  }
  const acknowledged: string[] = [];
  let stopped = false;
  const pressing = keys.map(async (key) => {
    while (!stopped) {
      try {
        const { eventId } = await key.press();
        acknowledged.push(eventId);
      } catch {
        // Cut off before its acknowledgement: a key says it again after the restart, this one has said enough.
        return;
      }
    }
  });
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(100), { timeout: 20_000 });
  const asked = performance.now();
  first.signal('SIGTERM');
  const code = await first.ended;
  const took = performance.now() - asked;
  stopped = true;
  for (const key of keys) await key.close();
  await Promise.all(pressing);
  expect({ code, loud: first.log().filter(({ level }) => level >= 40) }).toEqual({ code: 0, loud: [] });
  expect(took).toBeLessThan(10_000);

  const second = await startBaiying({ BAIYING_DATA: data });
  const again = await callApi(second.http);
  const kept = new Set<string>();
  for (let cursor = ''; ; ) {
    const page = await again<{ items: { eventId?: string }[]; nextCursor?: string }>('GET', `/signals?limit=500${cursor}`);
    for (const { eventId } of page.items) if (eventId !== undefined) kept.add(eventId);
    if (page.nextCursor === undefined) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect(acknowledged.filter((eventId) => !kept.has(eventId))).toEqual([]);
}, 90_000);
