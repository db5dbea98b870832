import { describe, expect, test } from 'vitest';
import { doorOf, onvifSettings } from './settings.ts';

const address = 'http://10.1.2.3/onvif/device_service';
const input = { token: '0', normally: 'open' };
const hex = 'ab'.repeat(32);

describe('settings of an ONVIF camera', () => {
  test.each([
    ['the address alone', { address }],
    ['an IPv6 address with a port', { address: 'https://[fe80::1]:8443/x' }],
    [
      'all of it',
      {
        address,
        username: 'u',
        password: 'p',
        fingerprint: hex,
        profile: 'main',
        rtspPort: 554,
        inputs: [input],
        pullSeconds: 5,
        bearing: 90,
      },
    ],
    ['a fingerprint with colons', { address, fingerprint: hex.toUpperCase().match(/../g)?.join(':') }],
  ])('take %s, and their own output', (_name, settings) => {
    const first = onvifSettings.parse(settings);
    expect(onvifSettings.parse(first)).toEqual(first);
  });

  test.each([
    ['no address', {}, 'address'],
    ['another scheme', { address: 'rtsp://10.1.2.3/' }, 'address'],
    ['a file', { address: 'file:///etc/passwd' }, 'address'],
    ['a credential in the address', { address: 'http://u:p@10.1.2.3/' }, 'address'],
    ['half a fingerprint', { address, fingerprint: 'ab'.repeat(16) }, 'fingerprint'],
    ['a port of 0', { address, rtspPort: 0 }, 'rtspPort'],
    ['an input twice', { address, inputs: [input, input] }, 'inputs'],
    ['an input that does not say how it rests', { address, inputs: [{ token: '0' }] }, 'inputs.0.normally'],
    ['a field that is not known', { address, pasword: 'x' }, ''],
  ])('refuse %s', (_name, settings, path) => {
    const { error } = onvifSettings.safeParse(settings);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });

  test('give the door without the path, and the usual path where none is set', () => {
    const door = (text: string) => doorOf(onvifSettings.parse({ address: text, username: 'u', password: 'p' }));
    expect(door('https://10.1.2.3:8443/a/b?c=d')).toEqual({
      door: { base: 'https://10.1.2.3:8443', username: 'u', password: 'p' },
      path: '/a/b?c=d',
    });
    expect(door('http://10.1.2.3').path).toBe('/onvif/device_service');
  });
});
