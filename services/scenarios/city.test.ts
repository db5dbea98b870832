import { expect, test } from 'vitest';
import { redisIsHere } from '../queue/testing.ts';
import { openCity } from './city.ts';
import type { IncidentView } from './rig.ts';

if (!redisIsHere) process.stdout.write('The scenario of a city is skipped: redis-server is not on PATH.\n');

const location = { lat: 30.1, lon: 120.1 };

test.skipIf(!redisIsHere)(
  'in a city, a press on one broker reaches the radio on another; with the pipeline killed the press is kept, and served once it is back',
  async () => {
    const city = await openCity();
    const { api, brokerA, brokerB, pipeline } = city;
    await api('POST', '/stations', { id: 'central', name: 'Central station', location });
    for (const id of ['bank', 'school'])
      await api('POST', '/sites', { id, name: id, kind: 'bank', stationId: 'central', address: '', location, contacts: [] });
    await api('POST', '/units', {
      id: 'car',
      name: 'Car',
      tier: 'city',
      stationId: 'central',
      gridIds: [],
      deviceIds: [],
      status: 'available',
    });
    const radio = await city.radio('radio-car', 'car', brokerB);
    const bank = await city.key('key-bank', 'bank', brokerA);
    const school = await city.key('key-school', 'school', brokerA);
    const ordered = (count: number) =>
      city.until(() => {
        expect(radio.effective()).toHaveLength(count);
        return radio.effective()[count - 1];
      });

    await bank.press();
    const order = await ordered(1);
    expect(order).toMatchObject({ kind: 'emergency', site: { id: 'bank' } });
    await city.until(async () => expect((await api<IncidentView>('GET', `/incidents/${order?.incidentId}`)).state).toBe('dispatched'));
    await city.until(() => expect(bank.lastReceipt()).toMatchObject({ incidentId: order?.incidentId, state: 'dispatched' }));

    await pipeline.kill();
    await school.press();
    const { items } = await api<{ items: readonly { type: string; incidentId?: string }[] }>(
      'GET',
      '/signals?deviceId=key-school&type=press',
    );
    expect(items).toHaveLength(1);
    expect(items[0]?.incidentId).toBeUndefined();
    expect(radio.effective()).toHaveLength(1);

    await pipeline.start();
    expect(await ordered(2)).toMatchObject({ kind: 'emergency', site: { id: 'school' } });
    await city.until(() => expect(school.lastReceipt()?.state).toBe('dispatched'));
    expect(radio.orders.every((letter) => letter.outcome === 'effective' || letter.outcome === 'repeat')).toBe(true);
  },
  240_000,
);
