import { describe, expect, it } from 'vitest';
import { judge, markOf, measure, type Picture, type Standard } from './looking.ts';
import { shiftOf } from './looking-shift.ts';
import { lightAt, sunHeight } from './looking-sun.ts';
import { render } from './looking-testing.ts';
import { cases, referenceViews } from './looking-testing-cases.ts';

const seen = (picture: Picture) => ({ mark: markOf(picture), at: picture.at });
const references = new Map<string, Picture>();
function referenceOf(light: 'day' | 'night', street: number): Picture {
  const name = `${light} ${street}`;
  const known = references.get(name) ?? render({ ...referenceViews[light], street });
  references.set(name, known);
  return known;
}

const standard = (light: 'day' | 'night', street: number): Standard => ({
  light,
  reference: referenceOf(light, street),
  previous: [],
  fixed: true,
});

describe('a picture against its reference', () => {
  const rows = cases.flatMap((one) => [2, 5].map((street) => [one.name, one.fault ?? 'good', street, one] as const));

  it.each(rows)('%s: %s (street %i)', (_name, expected, street, { light, view: { elsewhere, ...view } }) => {
    const picture = render({ ...view, street: elsewhere ? street + 1000 : street, moment: street + 1 });
    expect(judge(picture, standard(light, street)).finding?.fault ?? 'good').toBe(expected);
  });

  it('tells what it measured and the bound', () => {
    const { finding } = judge(render({ street: 2, light: 'sunny', moment: 3, turned: [12, 5] }), standard('day', 2));
    expect(finding).toEqual({ fault: 'moved', why: 'shifted-against-reference', measure: 13, threshold: 5 });
  });

  it('a camera that can be turned is not held against it', () => {
    const picture = render({ street: 2, light: 'sunny', moment: 3, turned: [40, 5] });
    expect(judge(picture, { ...standard('day', 2), fixed: false }).finding).toBeUndefined();
  });

  it('a reference that shows nothing says nothing', () => {
    const reference = render({ street: 2, light: 'sunny', moment: 1, cloth: 1 });
    expect(judge(render({ street: 2, light: 'sunny', moment: 3 }), { ...standard('day', 2), reference }).finding).toBeUndefined();
  });
});

describe('a picture with nothing to hold it against', () => {
  const none = (light: 'day' | 'night'): Standard => ({ light, previous: [], fixed: true });

  it.each([
    ['good by day', 'day', { light: 'sunny' }, undefined],
    ['black by day', 'day', { light: 'night', gain: 0, lamps: false }, 'black'],
    ['black by night, where it may always be', 'night', { light: 'night', gain: 0, lamps: false }, undefined],
    ['behind a cloth by day', 'day', { light: 'sunny', cloth: 1 }, 'covered'],
    ['burnt out', 'day', { light: 'sunny', gain: 6 }, 'white-out'],
    ['turned', 'day', { light: 'sunny', turned: [50, 0] }, undefined],
  ] as const)('%s', (_name, light, view, expected) => {
    expect(judge(render({ street: 4, moment: 2, ...view }), none(light)).finding?.fault).toBe(expected);
  });

  it('black by night is a fault where the reference was lit, and none where it was as dark', () => {
    const dark = render({ street: 4, moment: 2, light: 'night', lamps: false });
    expect(judge(dark, standard('night', 4)).finding?.fault).toBe('night-failure');
    expect(
      judge(dark, { ...standard('night', 4), reference: render({ street: 4, moment: 1, light: 'night', lamps: false }) }).finding,
    ).toBeUndefined();
  });
});

describe('frozen', () => {
  const at = (minute: number, moment = 1): Picture => ({ ...render({ street: 3, light: 'night', moment }), at: minute * 60_000 });
  const clock = (picture: Picture, tone: number): Picture => ({
    ...picture,
    luma: picture.luma.map((value, pixel) => (pixel < 320 * 12 && pixel % 320 > 200 ? tone : value)),
  });

  it.each([
    ['three times the same over twenty minutes', at(20), [at(10), at(0)], 'frozen'],
    ['the same but for the clock that is written over it', clock(at(20), 9), [clock(at(10), 99), at(0)], 'frozen'],
    ['twice the same', at(20), [at(10)], undefined],
    ['three times within a minute', at(0.9), [at(0.5), at(0)], undefined],
    ['a still scene with the noise of its sensor', at(20, 2), [at(10, 3), at(0, 4)], undefined],
    ['the same again after another picture', at(20), [at(10, 2), at(0)], undefined],
  ] as const)('%s', (_name, picture, previous, expected) => {
    expect(judge(picture, { light: 'night', previous: previous.map(seen), fixed: true }).finding?.fault).toBe(expected);
  });

  it('is not said of a picture that shows nothing', () => {
    const flat = (minute: number): Picture => ({ width: 320, height: 180, luma: new Uint8Array(320 * 180).fill(90), at: minute * 60_000 });
    expect(judge(flat(20), { light: 'night', previous: [flat(10), flat(0)].map(seen), fixed: true }).finding).toBeUndefined();
  });
});

describe('the measures', () => {
  it('find the noise of the sensor, whatever the scene', () => {
    for (const noise of [1.5, 4, 8])
      expect(measure(render({ street: 6, light: 'cloudy', moment: 2, noise })).noise / noise).toBeCloseTo(1, 0);
  });

  it('find a shift to the pixel', () => {
    const [now, then] = [
      render({ street: 6, light: 'cloudy', moment: 2, turned: [-17, 6] }),
      render({ street: 6, light: 'sunny', moment: 1 }),
    ];
    expect(shiftOf(now, then)).toMatchObject({ x: -17, y: 6 });
  });

  it('are not had of pictures that are too small or of another size', () => {
    const small: Picture = { width: 64, height: 36, luma: new Uint8Array(64 * 36), at: 0 };
    expect(shiftOf(small, small)).toBeUndefined();
    expect(shiftOf(render({ street: 1, light: 'sunny', moment: 1 }), small)).toBeUndefined();
    expect(() => judge({ ...small, width: 65 }, { light: 'day', previous: [], fixed: true })).toThrow(RangeError);
  });
});

describe('the sun', () => {
  const beijing = { lat: 39.9, lon: 116.4 };
  it.each([
    ['noon at midsummer in Beijing', '2025-06-21T04:16:00Z', beijing, 73.5],
    ['noon at midwinter in Beijing', '2025-12-21T04:12:00Z', beijing, 26.7],
    ['sunset at the equinox', '2025-03-20T10:23:00Z', beijing, 0],
    ['midnight at midsummer', '2025-06-20T16:16:00Z', beijing, -26.7],
  ])('%s', (_name, at, place, height) => expect(Math.abs(sunHeight(Date.parse(at), place) - height)).toBeLessThan(1));

  it.each([
    ['2025-12-21T04:00:00Z', 'day'],
    ['2025-12-21T08:20:00Z', 'day'],
    ['2025-12-21T08:50:00Z', 'twilight'],
    ['2025-12-21T09:40:00Z', 'night'],
    ['2025-12-21T22:30:00Z', 'night'],
    ['2025-12-21T23:30:00Z', 'twilight'],
    ['2025-12-22T00:30:00Z', 'day'],
  ])('%s in Beijing: %s', (at, light) => expect(lightAt(Date.parse(at), beijing)).toBe(light));
});
