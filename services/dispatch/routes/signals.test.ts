import { expect, test } from 'vitest';
import type { Fact } from '../../../devices/driver.ts';
import type { Ear, Hearing, Speaker } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import { uuidv7 } from '../../store/ids.ts';
import { bench, clock, furnish, key, noon } from './register-testing.ts';
import { signalRoutes } from './signals.ts';

interface Heard {
  readonly speaker: Speaker;
  readonly fact: Fact;
  readonly how: Hearing;
}

/** An ear that writes what it hears, and knows an event id that it heard before. */
function openEar(heard: Heard[]): { ear: Ear; attach(store: Store): void } {
  const known = new Map<string, string>();
  let store: Store | undefined;
  const hear: Ear['hear'] = async (speaker, fact, how) => {
    heard.push({ speaker, fact, how });
    const before = fact.eventId === undefined ? undefined : known.get(fact.eventId);
    if (before !== undefined) return { signalId: before, known: true };
    const id = uuidv7(noon);
    if (fact.eventId !== undefined) known.set(fact.eventId, id);
    const now = new Date(noon);
    const row = {
      id,
      device_id: speaker.id,
      device_kind: speaker.kind,
      type: fact.type,
      grade: fact.grade ?? null,
      active: fact.active,
      event_id: fact.eventId ?? null,
    };
    await store?.desk
      .insertInto('signals')
      .values({
        ...row,
        at: new Date(fact.at ?? noon),
        received_at: now,
        last_at: now,
        exercise: speaker.exercise,
        lane: 'urgent',
        data: JSON.stringify(fact.data),
        ours: JSON.stringify(how.ours),
        via: how.via,
      })
      .execute();
    return { signalId: id, known: false };
  };
  const attach = (open: Store) => {
    store = open;
  };
  return { ear: { hear, position: async () => undefined }, attach };
}

async function ready() {
  const heard: Heard[] = [];
  const { ear, attach } = openEar(heard);
  const b = await bench((deps) => [signalRoutes({ ...deps, ear, clock })]);
  attach(b.store);
  await furnish(b);
  await b.ask('POST', '/devices', key({ id: 'k1', siteId: 'si' }));
  return { ...b, heard };
}

test('a signal told over HTTP is answered after it is in the record, and known the second time', async () => {
  const { ask, heard } = await ready();
  const told = { deviceId: 'k1', type: 'press', at: '2026-11-21T19:59:58+08:00', eventId: 'e1', grade: 'duress', data: { battery: 80 } };
  const first = await ask('POST', '/signals', told);
  expect(first).toEqual({
    status: 201,
    json: {
      id: expect.any(String),
      deviceId: 'k1',
      type: 'press',
      eventId: 'e1',
      at: '2026-11-21T11:59:58.000Z',
      receivedAt: '2026-11-21T12:00:00.000Z',
      grade: 'duress',
      active: true,
      count: 1,
      lastAt: '2026-11-21T12:00:00.000Z',
      exercise: false,
      via: 'http',
      by: { kind: 'account', id: 'a1', name: 'wang' },
      data: { battery: 80 },
    },
  });
  expect(await ask('POST', '/signals', told)).toEqual({ status: 200, json: first.json });
  expect(heard[0]).toEqual({
    speaker: { id: 'k1', kind: 'key', exercise: false },
    how: { via: 'http', ours: { by: { kind: 'account', id: 'a1', name: 'wang' } } },
    fact: { type: 'press', active: true, at: noon - 2000, eventId: 'e1', grade: 'duress', data: { battery: 80 } },
  });
});

test('a device in test mode, or of a site that drills, tells as an exercise', async () => {
  const { ask, heard } = await ready();
  await ask('POST', '/devices', key({ id: 'k2', testUntil: '2026-11-21T12:00:01Z' }));
  await ask('POST', '/devices', key({ id: 'k3', testUntil: '2026-11-21T12:00:00Z' }));
  await ask('PUT', '/sites/si', { name: 'S', kind: 'bank', stationId: 'st', exercise: true });
  for (const deviceId of ['k1', 'k2', 'k3']) await ask('POST', '/signals', { deviceId, type: 'press' });
  expect(heard.map(({ speaker }) => [speaker.id, speaker.exercise])).toEqual([
    ['k1', true],
    ['k2', true],
    ['k3', false],
  ]);
});

test('what cannot be a signal is refused and not heard', async () => {
  const { ask, heard } = await ready();
  const rows: [body: object, path: string][] = [
    [{ type: 'press' }, 'body.deviceId'],
    [{ deviceId: 'nobody', type: 'press' }, 'body.deviceId'],
    [{ deviceId: 'k1', type: 'silence' }, 'body.type'],
    [{ deviceId: 'k1', type: 'unparsed' }, 'body.type'],
    [{ deviceId: 'k1', type: 'press', at: '12:00' }, 'body.at'],
    [{ deviceId: 'k1', type: 'press', at: '2026-11-21T12:00:00' }, 'body.at'],
    [{ deviceId: 'k1', type: 'press', grade: 'panic' }, 'body.grade'],
    [{ deviceId: 'k1', type: 'press', data: { text: 'x'.repeat(16_384) } }, 'body.data'],
    [{ deviceId: 'k1', type: 'press', eventId: '' }, 'body.eventId'],
    [{ deviceId: 'k1', type: 'press', more: 1 }, 'body.more'],
  ];
  for (const [body, path] of rows) {
    const { status, json } = await ask('POST', '/signals', body);
    expect([body, status, json.faults?.[0]?.path]).toEqual([body, 422, path]);
  }
  expect(heard).toEqual([]);
});

test('signals are listed newest first, narrowed and in pages, also those of one instant', async () => {
  const { ask, access } = await ready();
  await ask('POST', '/devices', key({ id: 'k2' }));
  for (let n = 0; n < 7; n++)
    await ask('POST', '/signals', { deviceId: n % 2 ? 'k1' : 'k2', type: n === 3 ? 'test' : 'press', data: { n } });
  const order = (items: readonly { [name: string]: unknown }[]) => items.map((item) => (item['data'] as { n: number }).n);
  const first = (await ask('GET', '/signals?limit=4')).json;
  const second = (await ask('GET', `/signals?limit=4&cursor=${first.nextCursor}`)).json;
  expect([...order(first.items), ...order(second.items), second.nextCursor]).toEqual([6, 5, 4, 3, 2, 1, 0, undefined]);
  expect(order((await ask('GET', '/signals?deviceId=k1')).json.items)).toEqual([5, 3, 1]);
  expect(order((await ask('GET', '/signals?type=test')).json.items)).toEqual([3]);
  expect((await ask('GET', '/signals?since=2026-11-21T12:00:00.001Z')).json.items).toEqual([]);
  expect((await ask('GET', '/signals?since=2026-11-21T12:00:00Z')).json.items).toHaveLength(7);
  expect((await ask('GET', `/signals?incidentId=${uuidv7(noon)}`)).json.items).toEqual([]);
  expect((await ask('GET', '/signals?incidentId=7')).json.faults[0]?.path).toBe('query.incidentId');
  expect(access['POST /signals']).toEqual({ roles: ['integrator', 'operator', 'supervisor', 'installer', 'admin'] });
});
