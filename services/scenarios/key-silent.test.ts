import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { openStation, registerPlace, type Station } from './rig.ts';

const silences = async (at: Station) => (await at.incidents()).filter((incident) => incident.kind === 'silence');

test('a key unheard for 90 s is told to the desk once, and the incident closes by itself when the key is heard again', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  const key = await at.key('key-1', 'hospital');
  await at.clock.advance(seconds(60));
  await key.heartbeat();
  const lastHeard = at.clock.now();

  await at.clock.advance(seconds(90));
  const spoken = await at.key('key-2', 'hospital');
  await at.clock.advance(seconds(5));
  const [silence] = await at.until(async () => {
    const found = await silences(at);
    expect(found).toHaveLength(1);
    return found;
  });
  expect(silence).toMatchObject({
    deviceId: 'key-1',
    priority: 3,
    state: 'open',
    openedAt: new Date(lastHeard + seconds(95)).toISOString(),
  });

  // Half a minute more of the same silence; the other key keeps talking.
  for (let turn = 0; turn < 6; turn += 1) {
    await spoken.heartbeat();
    await at.clock.advance(seconds(5));
  }
  expect(await silences(at)).toHaveLength(1);

  await key.heartbeat();
  await at.clock.advance(seconds(5));
  await at.until(async () => expect((await silences(at))[0]).toMatchObject({ state: 'closed', disposition: 'genuine' }));
  const { timeline } = await at.incident(silence?.id ?? '');
  expect(timeline.map((entry) => [entry.kind, entry.reason])).toEqual([
    ['opened', 'device-unheard'],
    ['signal', 'ends-silence'],
    ['closed', undefined],
  ]);
  expect(timeline.at(-1)?.by).toBe('key-1');
  expect(key.receipts).toEqual([]);
});

test('a key that is supervised more closely comes back soon after it went silent, and that counts too', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  await at.register('key', 'key-1', { siteId: 'hospital', supervisionSeconds: 10 });
  const key = await at.key('key-1', 'hospital');
  await at.clock.advance(seconds(15));
  await at.until(async () => expect(await silences(at)).toMatchObject([{ state: 'open' }]));
  await key.heartbeat();
  await at.clock.advance(seconds(5));
  await at.until(async () => expect(await silences(at)).toMatchObject([{ state: 'closed' }]));
});
