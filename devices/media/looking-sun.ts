export type Light = 'day' | 'night' | 'twilight';

/**
 * By which light cameras at a place see, by the height of the sun: day above 3 degrees, night below -6 (civil dusk). Between the
 * two, cameras change over to infrared and lamps come on, each at its own hour, so no reference holds. Low-precision formulas of
 * the Astronomical Almanac (0.01 degrees).
 * @param at milliseconds UTC
 */
export function lightAt(at: number, place: { readonly lat: number; readonly lon: number }): Light {
  const height = sunHeight(at, place);
  if (height > 3) return 'day';
  return height < -6 ? 'night' : 'twilight';
}

const turn = Math.PI / 180;

/** Degrees above the horizon, without refraction. */
export function sunHeight(at: number, { lat, lon }: { readonly lat: number; readonly lon: number }): number {
  const days = at / 86_400_000 - 10_957.5;
  const anomaly = (357.529 + 0.98560028 * days) * turn;
  const longitude = (280.459 + 0.98564736 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * turn;
  const tilt = (23.439 - 0.00000036 * days) * turn;
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(longitude), Math.cos(longitude));
  const declination = Math.asin(Math.sin(tilt) * Math.sin(longitude));
  const hour = (280.46061837 + 360.98564736629 * days + lon) * turn - ascension;
  return Math.asin(Math.sin(lat * turn) * Math.sin(declination) + Math.cos(lat * turn) * Math.cos(declination) * Math.cos(hour)) / turn;
}
