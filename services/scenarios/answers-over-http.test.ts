import { expect, test } from 'vitest';
import { type Api, openReceiver, openStation, orderOn, registerCrew, type Station } from './rig.ts';

/** As a program with an API key. */
async function program(at: Station, name: string, roles: readonly string[], scopes: readonly string[]): Promise<Api> {
  const { key } = await at.api<{ key: string }>('POST', '/api-keys', { name, roles, scopes });
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(`${at.http().url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
}

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const said = async (at: Station) =>
  (await at.api<{ items: { by: string; subject: string; data: object }[] }>('GET', '/audit?act=signal.told')).items.map(
    ({ by, subject, data }) => ({ by, subject, data }),
  );

test('nobody who may not order answers for an officer; who may does, by name and on the audit trail', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await at.loudspeaker('horn', 'hospital');
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { orderId, incidentId } = await orderOn(at, near);
  const report = { deviceId: 'radio-near', type: 'report', data: { orderId, state: 'arrived' } };
  const playback = { deviceId: 'horn', type: 'playback', data: { broadcastId: incidentId, state: 'played' } };
  const strangers = [
    await at.signIn('fitter', ['installer']),
    await at.signIn('system', ['integrator']),
    await program(at, 'receiver', ['operator', 'integrator'], ['signals']),
  ];
  for (const stranger of strangers)
    for (const answer of [report, playback])
      await expect(stranger('POST', '/signals', answer)).rejects.toThrow(/403.*role-missing.*operator, supervisor, admin/s);
  expect((await at.incident(incidentId)).state).toBe('open');
  expect((await at.api<{ items: object[] }>('GET', '/signals?type=report')).items).toEqual([]);
  expect(await said(at)).toEqual([]);
  // What devices tell is theirs to tell as before.
  expect(await strangers[0]?.('POST', '/signals', { deviceId: 'key-1', type: 'test' })).toMatchObject({
    by: { kind: 'account', name: 'fitter' },
  });

  const operator = await at.signIn('wang', ['operator']);
  const told = await operator<{ id: string }>('POST', '/signals', { ...report, eventId: 'heard by telephone' });
  await operator('POST', '/signals', { ...report, eventId: 'heard by telephone' });
  await at.until(async () => expect((await at.incident(incidentId)).state).toBe('arrived'));
  const { items } = await at.api<{ items: object[] }>('GET', '/signals?type=report');
  expect(items).toMatchObject([{ id: told.id, by: { kind: 'account', id: expect.any(String), name: 'wang' } }]);
  const data = { id: told.id, kind: 'report', about: orderId, state: 'arrived' };
  expect(await said(at)).toEqual([{ by: 'wang', subject: 'devices:radio-near', data }]);
});

test('the system behind a webhook radio answers for it with a key of its own, which answers for no other radio', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const gateway = await openReceiver();
  await at.register('radio', 'gateway', { unitId: 'near', driver: 'webhook', settings: { url: gateway.url, secret } });
  const dispatch = await program(at, 'dispatch', ['integrator'], ['signals']);
  const fitter = await at.signIn('fitter', ['installer']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { orderId, incidentId } = await orderOn(at, near);
  const report = { deviceId: 'gateway', type: 'report', data: { orderId, state: 'accepted' } };
  await expect(fitter('POST', '/signals', report)).rejects.toThrow(/403/);
  await expect(dispatch('POST', '/signals', { ...report, deviceId: 'radio-near' })).rejects.toThrow(/403/);
  const told = await dispatch<{ id: string }>('POST', '/signals', report);
  expect(told).toMatchObject({ by: { kind: 'api-key', name: 'key:dispatch' } });
  await at.until(async () => expect((await at.incident(incidentId)).state).toBe('dispatched'));
  const data = { id: told.id, kind: 'report', about: orderId, state: 'accepted' };
  expect(await said(at)).toEqual([{ by: 'key:dispatch', subject: 'devices:gateway', data }]);
});
