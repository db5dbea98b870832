import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Trouble } from '../../driver.ts';
import { parseSdp } from '../sdp.ts';
import { chooseTrack, readSession, readTransport, rebase, writeTransport } from './backchannel.ts';

const sdp = (...lines: string[]) => parseSdp(['v=0', 's=x', ...lines].join('\r\n'));
const back = (formats: string, ...more: string[]) => [`m=audio 0 RTP/AVP ${formats}`, 'a=sendonly', ...more];

describe('the track', () => {
  test.each([
    ['a path', 'trackID=2', 'rtsp://cam:554/live/trackID=2'],
    ['a path from the root', '/live/back', 'rtsp://cam:554/live/back'],
    ['a whole address of the camera as it sees itself', 'rtsp://192.168.0.9/live/back?x=1', 'rtsp://cam:554/live/back?x=1'],
    ['a star', '*', 'rtsp://cam:554/live'],
  ])('control is %s', (_name, control, expected) => {
    expect(chooseTrack(sdp(...back('0', `a=control:${control}`)), 'rtsp://cam:554/live').control).toBe(expected);
  });

  test.each([
    ['static A-law', ['8'], { law: 'PCMA', payloadType: 8 }],
    ['the first that is listed', ['97 0 8', 'a=rtpmap:97 L16/8000'], { law: 'PCMU', payloadType: 0 }],
    ['a number of its own', ['103 98', 'a=rtpmap:103 PCMA/48000', 'a=rtpmap:98 pcmu/8000'], { law: 'PCMU', payloadType: 98 }],
    ['not stereo', ['98 8', 'a=rtpmap:98 PCMU/8000/2', 'a=rtpmap:8 PCMA/8000/1'], { law: 'PCMA', payloadType: 8 }],
    ['not a 0 that was given away', ['0 8', 'a=rtpmap:0 L16/16000'], { law: 'PCMA', payloadType: 8 }],
  ])('codec: %s', (_name, [formats = '', ...maps], expected) => {
    expect(chooseTrack(sdp(...back(formats, ...maps)), 'rtsp://cam/').codec).toEqual(expected);
  });

  test('the microphone is not taken for the loudspeaker, also where the direction stands for the whole session', () => {
    expect(() => chooseTrack(sdp('m=audio 0 RTP/AVP 0', 'a=recvonly'), 'rtsp://cam/')).toThrow(/no track that takes sound/);
    expect(chooseTrack(sdp('a=sendonly', 'm=audio 0 RTP/AVP 0'), 'rtsp://cam/').codec.law).toBe('PCMU');
  });
});

describe('the transport that was agreed', () => {
  test.each([
    ['RTP/AVP;unicast;client_port=5000-5001;server_port=6970-6971;ssrc=1', { over: 'udp', port: 6970 }],
    ['RTP/AVP/UDP;unicast;server_port=6970;destination=10.9.9.9', { over: 'udp', port: 6970 }],
    ['RTP/AVP/TCP;unicast;interleaved=4-5', { over: 'tcp', channel: 4 }],
    ['RTP/AVP/TCP;unicast', { over: 'tcp', channel: 0 }],
  ])('%s', (header, expected) => {
    expect(readTransport(header)).toEqual(expected);
  });

  test.each([
    [undefined],
    [''],
    ['RTP/AVP;unicast'],
    ['RTP/AVP;server_port=0-1'],
    ['RTP/AVP;server_port=70000'],
    ['RTP/AVP/TCP;interleaved=300'],
  ])('%s is none', (header) => {
    expect(() => readTransport(header)).toThrow(Trouble);
  });

  test('what is asked for', () => {
    expect(writeTransport({ over: 'udp', port: 5000 })).toBe('RTP/AVP;unicast;client_port=5000-5001');
    expect(writeTransport({ over: 'tcp' })).toBe('RTP/AVP/TCP;unicast;interleaved=0-1');
  });
});

test.each([
  ['12;timeout=30', { id: '12', timeout: 30 }],
  ['12 ; timeout = x', { id: '12', timeout: 60 }],
  ['12', { id: '12', timeout: 60 }],
])('session %s', (header, expected) => {
  expect(readSession(header)).toEqual(expected);
});

test('an address of another host keeps its path only', () => {
  expect(rebase('rtsp://10.0.0.9:8554/a?b=c', 'rtsps://cam:322/x')).toBe('rtsps://cam:322/a?b=c');
});

test('any description and any header: a track, or Trouble', () => {
  const line = fc.oneof(fc.string(), fc.constantFrom('m=audio 0 RTP/AVP 0 8', 'a=sendonly', 'a=rtpmap:', 'c=IN IP4', 'm=', 'a='));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.string(), (lines, header) => {
      for (const run of [
        () => chooseTrack(parseSdp(lines.join('\n')), 'rtsp://cam/'),
        () => readTransport(header),
        () => readSession(header),
      ]) {
        try {
          run();
        } catch (error) {
          expect(error).toBeInstanceOf(Trouble);
        }
      }
    }),
  );
});
