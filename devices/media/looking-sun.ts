/**
 * Whether cameras at a place see night: the sun more than 4 degrees below the horizon, when street lamps are on. Low-precision
 * formulas of the Astronomical Almanac (0.01 degrees, far better than needed).
 * @param at milliseconds UTC
 */
export function isNight(at: number, place: { readonly lat: number; readonly lon: number }): boolean {
  return sunHeight(at, place) < -4;
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
