import { expect, test } from 'vitest';
import { bench, furnish } from './register-testing.ts';
import { zoneRoutes } from './zones.ts';

const loudspeaker = (id: string) => ({ id, kind: 'loudspeaker', driver: 'mqtt', name: id });
const zone = { id: 'gate', name: '门区', stationId: 'st', loudspeakerIds: ['b', 'a'] };

test('a zone keeps its loudspeakers in order, is found by station and loudspeaker, and forgets one that is removed', async () => {
  const at = await bench((deps) => [zoneRoutes(deps)]);
  await furnish(at);
  for (const id of ['a', 'b']) await at.ask('POST', '/devices', loudspeaker(id));
  expect(await at.ask('POST', '/zones', zone)).toMatchObject({ status: 201, json: zone });
  expect(at.register.zone('gate')).toEqual(zone);
  expect((await at.ask('GET', '/zones?loudspeakerId=a&stationId=st')).json.items).toEqual([zone]);
  expect((await at.ask('GET', '/zones?loudspeakerId=c')).json.items).toEqual([]);
  await at.ask('DELETE', '/devices/b');
  expect((await at.ask('GET', '/zones/gate')).json['loudspeakerIds']).toEqual(['a']);
  expect((await at.ask('PUT', '/zones/gate', { ...zone, loudspeakerIds: ['a'], name: '北门' })).json['name']).toBe('北门');
  expect((await at.ask('DELETE', '/stations/st')).json.code).toBe('still-in-use');
  expect((await at.ask('DELETE', '/zones/gate')).status).toBe(204);
  expect(at.register.zone('gate')).toBeUndefined();
  expect((await at.store.desk.selectFrom('audit').select('act').where('act', 'like', 'zones.%').execute()).map(({ act }) => act)).toEqual([
    'zones.created',
    'zones.changed',
    'zones.removed',
  ]);
});

test.each([
  ['no loudspeaker', { loudspeakerIds: [] }, 'body.loudspeakerIds'],
  ['one twice', { loudspeakerIds: ['a', 'a'] }, 'body.loudspeakerIds'],
  ['one that is not there', { loudspeakerIds: ['a', 'z'] }, 'body.loudspeakerIds.1'],
  ['a station that is not there', { loudspeakerIds: ['a'], stationId: 'no' }, 'body.stationId'],
])('a zone with %s is refused', async (_what, over, path) => {
  const at = await bench((deps) => [zoneRoutes(deps)]);
  await furnish(at);
  await at.ask('POST', '/devices', loudspeaker('a'));
  const { status, json } = await at.ask('POST', '/zones', { ...zone, ...over });
  expect(status).toBe(422);
  expect(json.faults.map((fault) => fault.path)).toEqual([path]);
});
