import { expect, test, vi } from 'vitest';
import { dataFolder, signInTo, startBaiying } from './process.ts';
import { openStation, registerPlace } from './rig.ts';

interface Progress {
  readonly station?: { readonly id: string };
  readonly site?: { readonly id: string };
  readonly key?: { readonly id: string };
  readonly pressed?: { readonly incidentId: string };
  readonly seen?: { readonly by: string };
  readonly demo: { readonly state: string; readonly endsAt?: string };
}

test('how far the first run came is read from the record', async () => {
  const at = await openStation();
  const progress = () => at.api<Progress>('GET', '/setup/progress');
  expect(await progress()).toEqual({ demo: { state: 'unavailable', detail: expect.any(String) } });
  await registerPlace(at, []);
  expect(await progress()).toMatchObject({ station: { id: 'central' }, site: { id: 'hospital' } });
  const key = await at.key('key-1', 'hospital');
  expect(await progress()).toMatchObject({ key: { id: 'key-1', siteId: 'hospital' } });
  await key.press();
  const { pressed } = await at.until(async () => {
    const now = await progress();
    expect(now.pressed).toBeDefined();
    return now;
  });
  expect((await progress()).seen).toBeUndefined();
  await at.api('POST', `/incidents/${pressed?.incidentId}/acknowledge`);
  expect(await progress()).toMatchObject({ seen: { by: 'admin' } });
});

test('the demo county starts and ends while the product runs, and counts for nothing in the first run', { timeout: 180_000 }, async () => {
  const house = await startBaiying({ BAIYING_DATA: await dataFolder() });
  const api = await signInTo(house.http);
  const state = async () => (await api<Progress>('GET', '/setup/progress')).demo.state;
  const until = (wanted: string) => vi.waitFor(async () => expect(await state()).toBe(wanted), { timeout: 120_000, interval: 200 });
  expect(await state()).toBe('absent');
  expect(await api('POST', '/setup/demo')).toMatchObject({ state: 'starting' });
  await until('alive');
  const alive = await api<Progress>('GET', '/setup/progress');
  expect(alive).toMatchObject({ demo: { endsAt: expect.any(String) } });
  expect([alive.station, alive.site, alive.key]).toEqual([undefined, undefined, undefined]);
  const incidents = async () => (await api<{ items: { exercise: boolean; state: string }[] }>('GET', '/incidents')).items;
  await vi.waitFor(async () => expect((await incidents()).length).toBeGreaterThan(0), { timeout: 60_000, interval: 200 });
  expect((await incidents()).every(({ exercise }) => exercise)).toBe(true);

  await api('DELETE', '/setup/demo');
  await until('absent');
  expect((await api<{ items: unknown[] }>('GET', '/stations')).items).toEqual([]);
  expect((await api<{ items: unknown[] }>('GET', '/devices?limit=1')).items).toEqual([]);
  expect((await api<{ items: unknown[] }>('GET', '/api-keys')).items).toEqual([]);
  expect((await incidents()).filter((incident) => incident.state !== 'closed')).toEqual([]);
});
