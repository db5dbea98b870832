import { z } from 'zod';
import { escalationSteps } from '../../alarm/index.ts';

/** What the alarm desk is told beyond the incident itself, one schema each. */

export const saidShape = z.object({ zh: z.string(), en: z.string() });
const maybe = z.string().exactOptional();

export const holderShape = z
  .object({ accountId: z.string(), name: z.string(), since: z.string() })
  .meta({ description: 'Who sees it through' });
export const offerShape = z
  .object({ accountId: z.string(), name: z.string(), by: z.string(), at: z.string() })
  .meta({ description: 'Who was asked to take it and did not answer yet' });
export const followedShape = z.object({
  id: z.string(),
  version: z.number(),
  binding: z.boolean().meta({ description: 'The site names it: its mandatory steps hold back the closing' }),
});
export const nextShape = z
  .array(z.object({ step: z.enum(escalationSteps), zh: z.string(), en: z.string(), unitId: maybe, unit: maybe }))
  .meta({ description: 'What is done when this clock runs out, and which unit that will be where it is known' });

export const procedureShape = followedShape.extend({
  title: saidShape,
  steps: z.array(
    z.object({
      id: z.string(),
      text: saidShape,
      mandatory: z.boolean(),
      done: z.object({ by: z.string(), at: z.string(), note: maybe }).exactOptional(),
    }),
  ),
});

const point = z.object({ lat: z.number(), lon: z.number() });
const device = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['online', 'offline', 'unknown']),
  distance: z.number().exactOptional().meta({ description: 'Metres' }),
  location: point.exactOptional(),
});

export const surroundingsShape = z.object({
  location: point.exactOptional(),
  site: z
    .object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      address: z.string(),
      location: point.exactOptional(),
      contacts: z.array(z.union([z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))])),
    })
    .exactOptional(),
  station: z.object({ id: z.string(), name: z.string(), dutyUnitId: maybe, dutyUnit: maybe }).exactOptional(),
  grid: z.object({ id: z.string(), name: z.string(), officerUnitId: maybe, officerUnit: maybe }).exactOptional(),
  cameras: z.array(device).meta({ description: 'Of the site and around, nearest first' }),
  loudspeakers: z.array(device).meta({ description: 'Those that a broadcast without a named loudspeaker goes to' }),
  units: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        tier: z.string(),
        status: z.enum(['available', 'busy', 'off-duty']),
        bearers: z.number().meta({ description: 'Radios and phones; none means that no order reaches it' }),
        position: point.extend({ at: z.string().meta({ description: 'When it was heard' }) }).exactOptional(),
        freshness: z.enum(['fresh-position', 'stale-position', 'no-position']),
        distance: z.number().exactOptional().meta({ description: 'Metres as the crow flies' }),
        circle: z.number().exactOptional().meta({ description: 'The response circle of 1, 3 or 5 minutes that it stands in' }),
        engagedOn: z.number().exactOptional().meta({ description: 'Number of the open incident that it already goes to' }),
        order: z.object({ id: z.string(), state: z.string() }).exactOptional().meta({ description: 'Its newest order for this incident' }),
      }),
    )
    .meta({ description: 'In the order in which they would be called' }),
  circles: z
    .array(z.object({ minutes: z.number(), city: z.number(), town: z.number(), village: z.number() }))
    .meta({ description: 'Radius of the response circles in metres, by the tier of the unit' }),
});
