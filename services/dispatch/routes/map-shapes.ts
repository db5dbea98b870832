import { z } from 'zod';
import { area, point } from './register-schemas.ts';

/** The answers of the map's routes. Cameras, sites and loudspeakers come a column a field, each as long as `id`. */

const text = z.array(z.string());
const maybe = <T extends z.ZodType>(one: T) => z.array(one.nullable());
const placed = { id: text, name: text, lat: maybe(z.number()), lon: maybe(z.number()) };
const named = { id: z.string(), name: z.string() };

export const placesShape = z
  .object({
    tiles: z
      .object({ url: z.string(), datum: z.enum(['wgs84', 'gcj02']) })
      .exactOptional()
      .meta({ description: 'The PMTiles file with the streets, and the datum it is drawn in; all places here are WGS-84' }),
    figures: z.object({
      staleAfter: z.number().meta({ description: 'Seconds; an older position says where a unit was' }),
      metresPerMinute: z
        .object({ city: z.number(), town: z.number(), village: z.number() })
        .meta({ description: 'What a unit of each tier covers' }),
      usual: z
        .object({ fieldOfView: z.number(), reach: z.number() })
        .meta({ description: 'Degrees and metres that a camera is taken to see where nobody said' }),
    }),
    stations: z.array(z.object({ ...named, location: point.exactOptional() })),
    grids: z.array(z.object({ ...named, stationId: z.string(), area: area.exactOptional() })),
    sites: z.object({ ...placed, kind: text, stationId: text, gridId: maybe(z.string()) }),
    cameras: z.object({
      ...placed,
      siteId: maybe(z.string()),
      bearing: maybe(z.number()).meta({ description: 'Degrees from true north, clockwise' }),
      fieldOfView: maybe(z.number()).meta({ description: 'Degrees' }),
      reach: maybe(z.number()).meta({ description: 'Metres' }),
    }),
    loudspeakers: z.object({ ...placed, siteId: maybe(z.string()) }),
    units: z.array(z.object({ ...named, tier: z.enum(['city', 'town', 'village']), stationId: z.string() })),
  })
  .meta({ id: 'MapPlaces' });

const incident = z.object({
  id: z.string(),
  number: z.number().int(),
  kind: z.string(),
  priority: z.number().int(),
  state: z.enum(['open', 'acknowledged', 'dispatched', 'arrived']),
  silent: z.boolean(),
  exercise: z.boolean(),
  siteId: z.string().exactOptional(),
  deviceId: z.string().exactOptional(),
  location: point.exactOptional(),
  openedAt: z.string(),
});

export const stateShape = z
  .object({
    incidents: z.array(incident).meta({ description: 'Open ones, the most urgent first, 1000 at most' }),
    sites: z
      .array(
        z.object({
          id: z.string(),
          state: z
            .enum(['alarm', 'trouble', 'due'])
            .meta({ description: 'red; yellow; yellow because a key has not been tested for a month' }),
          why: z.array(z.enum(['incident', 'device-missing', 'picture-fault', 'test-due'])),
          deviceIds: text,
        }),
      )
      .meta({ description: 'A site that is not listed is well' }),
    cameras: z
      .object({ most: z.enum(['good', 'faulty', 'unknown']), good: text, faulty: text, unknown: text })
      .meta({ description: 'Cameras that are not listed are as `most` says' }),
    missing: z.object({ loudspeakers: text }),
    units: z.array(
      z.object({
        id: z.string(),
        status: z.enum(['available', 'busy', 'off-duty']),
        engagedOn: z.number().int().exactOptional().meta({ description: 'Number of the open incident for which it holds an order' }),
        position: z
          .object({
            lat: z.number(),
            lon: z.number(),
            at: z.string().meta({ description: 'When it was heard' }),
            accuracy: z.number().exactOptional(),
          })
          .exactOptional(),
      }),
    ),
  })
  .meta({ id: 'MapState' });

const runs = z.array(z.tuple([z.number().int(), z.number().int(), z.number().int()]));
const count = z.number().int();

export const coverageShape = z.object({
  gridId: z.string(),
  origin: point.meta({ description: 'The south-west corner of the first cell' }),
  step: point.meta({ description: 'The size of a cell in degrees' }),
  cell: z.number().meta({ description: 'The side of a cell in metres' }),
  cells: z.object({ all: count, seen: count, unsure: count, blind: count }),
  blind: runs.meta({ description: 'Cells that no camera sees but faulty ones: row from the south, first and last column from the west' }),
  unsure: runs.meta({ description: 'Cells seen only by cameras of which it is not known whether they are good' }),
  cameras: z.object({ counted: count, undirected: count }).meta({ description: 'undirected: nobody said where they look' }),
});
