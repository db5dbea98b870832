import { expect, test } from 'vitest';
import { foundOf, merged, portions } from './found.ts';

test('a camera that was found: IPv4 before a link-local address, a name even where it tells none', () => {
  const addresses = ['http://[fe80::1]/onvif/device_service', 'http://10.0.0.7:8000/onvif/device_service'];
  expect(foundOf({ urn: 'u', addresses, driver: 'onvif', kind: 'camera', maker: 'Acme', model: 'D1' })).toEqual({
    ...{ urn: 'u', kind: 'camera', driver: 'onvif', face: 'Acme D1', name: 'Acme D1' },
    address: 'http://10.0.0.7:8000/onvif/device_service',
  });
  expect(foundOf({ urn: 'u', addresses: ['http://10.0.0.7/x'] }).name).toBe('10.0.0.7');
});

test('each is listed once, in the order of the addresses', () => {
  const at = (urn: string, host: string) => foundOf({ urn, addresses: [`http://${host}/`] });
  const all = merged([at('b', '10.0.0.10')], [at('a', '10.0.0.9'), at('b', '10.0.0.11')]);
  expect(all.map(({ urn, name }) => `${urn} ${name}`)).toEqual(['a 10.0.0.9', 'b 10.0.0.11']);
});

test('portions leave nobody out', () => {
  expect([...portions([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
});
