import gcoord from 'gcoord';
import type { LonLat, Point } from './shapes.ts';

/**
 * Maps that are published in China are drawn in GCJ-02, which lies some hundreds of metres beside WGS-84. Whatever the
 * product stores, sends and shows in figures is WGS-84; only what goes to the picture and what comes back from it is converted.
 */
export type Datum = 'wgs84' | 'gcj02';

/** To the picture. */
export const toPicture = (datum: Datum, [lon, lat]: LonLat): LonLat =>
  datum === 'wgs84' ? [lon, lat] : (gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02) as LonLat);

/** From the picture. */
export function fromPicture(datum: Datum, [lon, lat]: LonLat): Point {
  const [east, north] = datum === 'wgs84' ? [lon, lat] : (gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84) as LonLat);
  return { lat: north, lon: east };
}
