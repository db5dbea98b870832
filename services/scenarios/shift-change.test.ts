import { expect, test } from 'vitest';
import { openStation, orderOn, registerCrew } from './rig.ts';

interface Audited {
  readonly by: string;
  readonly act: string;
  readonly subject: string;
}

test('the shift changes while an incident is open: each act bears the name of who did it, and the chains hold', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const evening = await at.signIn('wang', ['operator']);
  const night = await at.signIn('zhao', ['operator']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  const path = `/incidents/${incidentId}`;

  await evening('POST', `${path}/acknowledge`);
  await evening('POST', `${path}/notes`, { note: 'two officers on their way' });
  await night('POST', `${path}/acknowledge`);
  await night('POST', `${path}/close`, { disposition: 'genuine', note: 'taken over at ten' });

  const incident = await at.incident(incidentId);
  expect(incident).toMatchObject({ state: 'closed', acknowledgedBy: 'wang', disposition: 'genuine' });
  const acts = incident.timeline.filter((entry) => ['acknowledged', 'note', 'closed'].includes(entry.kind));
  expect(acts.map((entry) => [entry.kind, entry.by, entry.reason])).toEqual([
    ['acknowledged', 'wang', undefined],
    ['note', 'wang', undefined],
    ['acknowledged', 'zhao', 'already-so'],
    ['closed', 'zhao', undefined],
  ]);
  expect(await at.api('GET', `${path}/chain`)).toMatchObject({ intact: true });

  const { items } = await at.api<{ items: readonly Audited[] }>('GET', '/audit?limit=500');
  expect(items.map((entry) => entry.by)).toEqual(expect.arrayContaining(['wang', 'zhao', 'admin']));
  expect(await at.api('GET', '/audit/verify')).toMatchObject({ ok: true });
  await expect(night('POST', `${path}/acknowledge`)).rejects.toThrow('answered 409');
  await expect(evening('GET', '/audit')).rejects.toThrow('answered 403');
});
