import { expect, test } from 'vitest';
import { bankWithKeys, dataFolder, patiently, signInTo, startBaiying } from './process.ts';

test('what happens is counted: signals, orders by state, jobs by lane, connected devices', async () => {
  const running = await startBaiying({ BAIYING_DATA: await dataFolder() });
  const api = await signInTo(running.http);
  const { keys } = await bankWithKeys(running, api, 2);
  await api('POST', '/units', {
    id: 'car',
    name: 'Car',
    tier: 'city',
    stationId: 'central',
    gridIds: [],
    deviceIds: [],
    status: 'available',
  });
  await keys[0]?.press();
  const { key } = await api<{ key: string }>('POST', '/api-keys', { name: 'prometheus', roles: ['integrator'] });
  const metrics = async () => (await fetch(`${running.http}/metrics`, { headers: { authorization: `Bearer ${key}` } })).text();
  const value = (text: string, line: string) =>
    Number(
      text
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.split(' ')[1],
    );
  // The press is acknowledged before it is worked on.
  await patiently(async () => {
    const text = await metrics();
    expect({
      presses: value(text, 'baiying_signals_total{type="press"}'),
      queued: value(text, 'baiying_orders_total{state="queued"}'),
      connected: value(text, 'baiying_connected_devices'),
    }).toEqual({ presses: 1, queued: 1, connected: 2 });
    expect(value(text, 'baiying_jobs_total{lane="urgent",outcome="handed-on"}')).toBeGreaterThanOrEqual(1);
    expect(value(text, 'baiying_jobs_total{lane="urgent",outcome="done"}')).toBeGreaterThanOrEqual(1);
  });
  expect((await fetch(`${running.http}/metrics`)).status).toBe(401);
});
