import type { PictureFault } from './looking.ts';
import type { View } from './looking-testing.ts';

/** Every kind of picture that the looking must tell apart, for the tests and the bench: against the reference of its light. */
export interface Case {
  readonly name: string;
  readonly light: 'day' | 'night';
  readonly view: Omit<View, 'street' | 'moment'> & { readonly elsewhere?: true };
  /** Absent: a good picture. */
  readonly fault?: PictureFault;
}

/** What an installer took. */
export const referenceViews: Readonly<Record<Case['light'], Omit<View, 'street'>>> = {
  day: { light: 'sunny', moment: 1, hour: 11 },
  night: { light: 'night', moment: 1 },
};

const sunny = { light: 'sunny' } as const;
const cloudy = { light: 'cloudy' } as const;
const night = { light: 'night' } as const;

export const cases: readonly Case[] = [
  { name: 'the same hour', light: 'day', view: { ...sunny, hour: 11 } },
  { name: 'morning sun', light: 'day', view: { ...sunny, hour: 8 } },
  { name: 'evening sun', light: 'day', view: { ...sunny, hour: 17 } },
  { name: 'cloudy', light: 'day', view: cloudy },
  { name: 'dusk', light: 'day', view: { ...cloudy, gain: 0.35, noise: 3 } },
  { name: 'rain', light: 'day', view: { ...cloudy, rain: true, noise: 2 } },
  { name: 'fog', light: 'day', view: { ...cloudy, fog: 0.6 } },
  { name: 'thick fog', light: 'day', view: { ...cloudy, fog: 0.9 } },
  { name: 'a market day', light: 'day', view: { ...cloudy, crowd: 0.4 } },
  { name: 'glaring sun', light: 'day', view: { ...sunny, gain: 1.4 } },
  { name: 'a pole that sways', light: 'day', view: { ...cloudy, turned: [1.5, 1] } },
  { name: 'night', light: 'night', view: night },
  { name: 'headlights', light: 'night', view: { ...night, headlights: true } },
  { name: 'night rain', light: 'night', view: { ...night, rain: true } },
  { name: 'night, much noise', light: 'night', view: { ...night, noise: 9 } },
  { name: 'night, swaying', light: 'night', view: { ...night, turned: [0.5, 0.5] } },
  { name: 'turned a little', light: 'day', view: { ...sunny, turned: [12, 3] }, fault: 'moved' },
  { name: 'turned far', light: 'day', view: { ...cloudy, turned: [-60, 10] }, fault: 'moved' },
  { name: 'another street', light: 'day', view: { ...cloudy, elsewhere: true, turned: [0, -14] }, fault: 'moved' },
  { name: 'zoomed', light: 'day', view: { ...cloudy, zoom: 0.6 }, fault: 'moved' },
  { name: 'turned by night', light: 'night', view: { ...night, turned: [30, 0] }, fault: 'moved' },
  { name: 'a little out of focus', light: 'day', view: { ...cloudy, blur: 1 }, fault: 'blurred' },
  { name: 'out of focus', light: 'day', view: { ...cloudy, blur: 2 }, fault: 'blurred' },
  { name: 'far out of focus', light: 'day', view: { ...sunny, blur: 6 }, fault: 'blurred' },
  { name: 'out of focus by night', light: 'night', view: { ...night, blur: 2 }, fault: 'blurred' },
  { name: 'behind a cloth', light: 'day', view: { ...sunny, cloth: 1 }, fault: 'covered' },
  { name: 'mostly behind a cloth', light: 'day', view: { ...sunny, cloth: 0.85 }, fault: 'covered' },
  { name: 'a lens cap', light: 'day', view: { ...night, gain: 0, lamps: false }, fault: 'black' },
  { name: 'burnt out', light: 'day', view: { ...sunny, gain: 6 }, fault: 'white-out' },
  { name: 'no infrared by night', light: 'night', view: { ...night, lamps: false }, fault: 'night-failure' },
];
