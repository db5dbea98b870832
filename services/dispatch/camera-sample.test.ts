import { describe, expect, it } from 'vitest';
import { Trouble } from '../../devices/driver.ts';
import { judge } from '../../devices/media/looking.ts';
import { render, type View } from '../../devices/media/looking-testing.ts';
import { hours } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { DueCamera } from '../store/camera-health.ts';
import { type LookDeps, look } from './camera-sample.ts';

const lanzhou = { lat: 36.06, lon: 103.83 };
const noon = Date.parse('2026-06-01T05:00:00Z');
const midnight = noon + hours(12);
const dusk = Date.parse('2026-06-01T12:30:00Z');
const camera: DueCamera = { cameraId: 'c', seen: [], presence: 'unknown' };
const view: View = { street: 3, light: 'sunny', moment: 2, hour: 11 };
const still = (at: number) => async () => ({ jpeg: new Uint8Array([1]), via: 'http' as const, at });

const deps = (over: Partial<LookDeps> = {}, shown: Partial<View> = {}, at = noon): LookDeps => ({
  now: () => at,
  still: still(at),
  gray: async () => render({ ...view, ...shown }).luma,
  judge,
  health: () => undefined,
  describe: async () => undefined,
  placeOf: () => lanzhou,
  reference: async (_id, light) => render({ ...view, moment: 1, light: light === 'night' ? 'night' : 'sunny' }),
  turnedSince: async () => false,
  leastFrames: 5,
  ...over,
});

async function said(with_: LookDeps, of: DueCamera = camera): Promise<string> {
  const { votes } = await look(with_, of);
  return [...votes].map(([fault, { faulty }]) => `${faulty ? '+' : '-'}${fault}`).join(' ');
}

const allDenied = '-offline -no-picture -black -white-out -frozen -covered -blurred -moved';
const failing = (code: ConstructorParameters<typeof Fault>[0]) => deps({ still: () => Promise.reject(new Fault(code)) });

describe('one look at a camera', () => {
  it.each([
    ['a good picture denies all that it can', deps(), allDenied],
    [
      'a good picture by night',
      deps({}, { light: 'night' }, midnight),
      '-offline -no-picture -white-out -frozen -covered -blurred -moved -night-failure',
    ],
    ['at dusk nothing is compared', deps({}, { light: 'cloudy', turned: [50, 0] }, dusk), '-offline -no-picture -white-out -frozen'],
    ['turned away', deps({}, { turned: [40, 0] }), '-offline -no-picture +moved'],
    [
      'turned by somebody since its reference was taken',
      deps({ turnedSince: async () => true }, { turned: [40, 0] }),
      '-offline -no-picture -black -white-out -frozen -covered',
    ],
    [
      'with no reference',
      deps({ reference: async () => undefined }, { blur: 2 }),
      '-offline -no-picture -black -white-out -frozen -covered',
    ],
    ['blind by night', deps({}, { light: 'night', lamps: false }, midnight), '-offline -no-picture +night-failure'],
    ['unreachable, never heard', failing('device-unreachable'), '+offline'],
    ['silent', failing('device-silent'), '+offline'],
    ['wrong password', failing('device-refused'), '-offline +no-picture'],
    ['busy: proves nothing', failing('device-busy'), ''],
    ['gives no pictures', failing('not-implemented'), ''],
    ['no ffmpeg here', failing('media-unavailable'), ''],
    ['half a picture', deps({ gray: () => Promise.reject(new Trouble('garbled', 'no JPEG')) }), '-offline +no-picture'],
    ['nothing to decode with', deps({ gray: () => Promise.reject(new Trouble('unsupported', 'no ffmpeg')) }), '-offline'],
    ['a clock 6 s off', deps({ describe: async () => ({ clockOffset: -6000 }) }), `${allDenied} +wrong-clock`],
    ['a clock 4 s off', deps({ describe: async () => ({ clockOffset: 4000 }) }), `${allDenied} -wrong-clock`],
  ])('%s', async (_name, with_, expected) => expect(await said(with_)).toBe(expected));

  it.each([
    ['offline', failing('device-unreachable'), '+offline'],
    ['online', failing('device-unreachable'), '-offline +no-picture'],
    ['online', failing('not-implemented'), '-offline'],
  ] as const)('%s by its connection', async (presence, with_, expected) =>
    expect(await said(with_, { ...camera, presence })).toBe(expected),
  );

  it('an absent camera is not asked at all, and is away since it left', async () => {
    const asked = deps({ still: () => Promise.reject(new Error('asked')), describe: () => Promise.reject(new Error('asked')) });
    const { votes } = await look(asked, { ...camera, presence: 'offline', presenceSince: 77 });
    expect([...votes]).toEqual([['offline', { faulty: true, since: 77 }]]);
  });

  it.each([
    [3, '+low-frame-rate'],
    [5, '-low-frame-rate'],
  ])('%i pictures a second', async (framesPerSecond, expected) => {
    const health = () => ({ cameraId: 'c', state: 'running' as const, framesPerSecond, kept: 0, viewers: 1 });
    expect(await said(deps({ health }))).toContain(expected);
  });

  it('keeps marks of the last pictures, and knows a frozen one by them', async () => {
    let seen: DueCamera['seen'] = [];
    const outcomes: string[] = [];
    for (let minute = 0; minute < 30; minute += 10) {
      const { sample, votes } = await look({ ...deps(), still: still(noon + minute * 60_000) }, { ...camera, seen });
      seen = sample.picture?.seen ?? [];
      outcomes.push(votes.get('frozen')?.faulty ? 'frozen' : 'good');
    }
    expect(outcomes).toEqual(['good', 'good', 'frozen']);
    expect(seen.map(({ at }) => (at - noon) / 60_000)).toEqual([20, 10, 0]);
  });

  it('what is no fault of a device is not hidden', async () => {
    await expect(look(deps({ still: () => Promise.reject(new TypeError('ours')) }), camera)).rejects.toThrow('ours');
  });
});
