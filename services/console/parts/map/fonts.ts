import type { Places } from './types.ts';

/**
 * The picture draws each letter once and keeps it, so the fonts must be there before. Only letters that the system's
 * own fonts lack are fetched, from our own host.
 */
export async function warmFonts(places: Places): Promise<void> {
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return;
  const names = [...places.sites.name, ...[...places.stations, ...places.grids, ...places.units].map(({ name }) => name)];
  pen.font = `24px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillText([...new Set(names.join(''))].join(''), 0, 24);
  await document.fonts.ready;
}
