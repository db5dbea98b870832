import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Trouble } from '../driver.ts';
import { checkAddress, isTarget, readNetworks } from './address.ts';

const networks = readNetworks(['10.1.0.0/16', 'fd12::/32']);
const within = { host: '192.168.1.64', networks };

describe('an address that is used', () => {
  it.each([
    [
      'rtsp://192.168.1.64/Streaming/Channels/101?transportmode=unicast',
      'rtsp://192.168.1.64/Streaming/Channels/101?transportmode=unicast',
    ],
    ['RTSP://192.168.1.64:554/live', 'rtsp://192.168.1.64/live'],
    ['rtsps://192.168.1.64:322', 'rtsps://192.168.1.64/'],
    ['rtsp://192.168.1.64:8554?channel=1', 'rtsp://192.168.1.64:8554/?channel=1'],
    ['rtsp://10.1.2.3/cam/realmonitor?channel=1&subtype=0', 'rtsp://10.1.2.3/cam/realmonitor?channel=1&subtype=0'],
    ['rtsp://[fd12:0:0::5]:8554/a', 'rtsp://[fd12::5]:8554/a'],
    ['rtsp://192.168.1.64/门口', 'rtsp://192.168.1.64/%E9%97%A8%E5%8F%A3'],
    ['rtsp://192.168.1.64/-protocol_whitelist', 'rtsp://192.168.1.64/-protocol_whitelist'],
  ])('%s', (given, used) => {
    expect(checkAddress(given, within).url).toBe(used);
  });

  it('may name the configured host in other letters', () => {
    expect(checkAddress('rtsp://Cam-7.Police.LAN./x', { host: 'cam-7.police.lan' })).toMatchObject({
      host: 'cam-7.police.lan',
      port: 554,
      path: '/x',
    });
    expect(checkAddress('rtsp://[FD00::0:1]/x', { host: '[fd00::1]' }).host).toBe('fd00::1');
  });
});

describe('an address that is refused', () => {
  it.each([
    ['another scheme', 'http://192.168.1.64/'],
    ['a local file', 'file:///etc/passwd'],
    ['a local file without a scheme', '/etc/passwd'],
    ['a protocol of ffmpeg', 'concat:rtsp://192.168.1.64/a|/etc/passwd'],
    ['a protocol within', 'async:rtsp://192.168.1.64/'],
    ['an option', '-i'],
    ['an option before', '-f lavfi rtsp://192.168.1.64/'],
    ['nothing', ''],
    ['a blank before', ' rtsp://192.168.1.64/'],
    ['a line end', 'rtsp://192.168.1.64/a\r\nTEARDOWN rtsp://192.168.1.64/ RTSP/1.0'],
    ['a line end at the end', 'rtsp://192.168.1.64/a\n'],
    ['a zero byte', 'rtsp://192.168.1.64/a\0.mp4'],
    ['a blank within', 'rtsp://192.168.1.64/a b'],
    ['a quotation mark', 'rtsp://192.168.1.64/a"b'],
    ['a fragment', 'rtsp://192.168.1.64/a#b'],
    ['half a character', 'rtsp://192.168.1.64/\ud800'],
    ['user and password', 'rtsp://admin:secret@192.168.1.64/'],
    ['the true host as a user', 'rtsp://192.168.1.64@evil.example/'],
    ['the true host as a user, with a backslash', 'rtsp://192.168.1.64\\@evil.example/'],
    ['another host', 'rtsp://192.168.1.65/'],
    ['another host that begins the same', 'rtsp://192.168.1.64.evil.example/'],
    ['ourselves', 'rtsp://127.0.0.1:8554/'],
    ['ourselves by name', 'rtsp://localhost/'],
    ['ourselves as one number', 'rtsp://2130706433/'],
    ['ourselves in short', 'rtsp://127.1/'],
    ['ourselves in hexadecimal', 'rtsp://0x7f.0.0.1/'],
    ['the host in octal', 'rtsp://0300.0250.1.0100/'],
    ['ourselves in IPv6', 'rtsp://[::1]/'],
    ['the host mapped into IPv6 with a zone', 'rtsp://[fe80::1%25eth0]/'],
    ['no host', 'rtsp:///live'],
    ['port 0', 'rtsp://192.168.1.64:0/'],
    ['a port too high', 'rtsp://192.168.1.64:65536/'],
    ['a port that is no number', 'rtsp://192.168.1.64:5x4/'],
    ['two ports', 'rtsp://192.168.1.64:554:80/'],
    ['an endless one', `rtsp://192.168.1.64/${'a'.repeat(1100)}`],
  ])('%s', (_, given) => {
    expect(() => checkAddress(given, within)).toThrow(Trouble);
  });

  it('shows no part that could be secret', () => {
    expect(() => checkAddress('rtsp://admin:s3cret@192.168.1.64/', within)).toThrow(/^(?!.*s3cret)/);
    expect(() => checkAddress('rtsp://10.9.9.9/?password=s3cret', within)).toThrow(/^(?!.*s3cret)/);
  });

  it('a configured host is refused where no camera can stand', () => {
    for (const host of ['0.0.0.0', '169.254.169.254', '239.1.1.1', '255.255.255.255'])
      expect(() => checkAddress(`rtsp://${host}/`, { host })).toThrow(Trouble);
    expect(() => checkAddress('rtsp://[ff02::1]/', { host: 'ff02::1' })).toThrow(Trouble);
  });
});

it('whatever the text, the answer is a checked address or a refusal', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.constantFrom('rtsp://', 'rtsps://', 'RTSP://192.168.1.64', 'rtsp://192.168.1.64/'), fc.string({ unit: 'binary' }))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        const place = checkAddress(text, within);
        expect(place.url).toMatch(/^rtsps?:\/\/[!-~]+$/);
        expect(place.host === '192.168.1.64' || networks.has(place.host)).toBe(true);
        expect(checkAddress(place.url, within)).toEqual(place);
      } catch (error) {
        expect(error).toBeInstanceOf(Trouble);
      }
    }),
    { numRuns: 500 },
  );
});

it('the address that a name leads to is judged too', () => {
  expect(['192.168.1.64', '127.0.0.1', 'fd12::5'].map(isTarget)).toEqual([true, true, true]);
  expect(['0.0.0.0', '::', '::ffff:169.254.169.254', '224.0.0.251', 'camera'].map(isTarget)).toEqual([false, false, false, false, false]);
});
