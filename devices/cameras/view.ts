import { z } from 'zod';

/**
 * Where a camera looks and whom it is called up for: the installer's words, the same for every make. Each camera driver
 * spreads `viewShape` into its settings.
 */

const registered = z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9 and -');

export const viewShape = {
  watches: z
    .array(registered)
    .max(50)
    .meta({ title: 'Ids of the sites and keys that this camera is called up for, wherever it stands' })
    .exactOptional(),
  neighbours: z
    .array(registered)
    .max(20)
    .meta({ title: 'Ids of the next cameras along the street; the nearest when not said' })
    .exactOptional(),
  bearing: z.number().min(0).max(360).meta({ title: 'Looks towards, from true north clockwise', unit: 'degrees' }).exactOptional(),
  fieldOfView: z.number().min(5).max(360).meta({ title: 'Sees an angle of', unit: 'degrees' }).exactOptional(),
  reach: z.number().int().min(1).max(5000).meta({ title: 'Sees as far as', unit: 'm' }).exactOptional(),
  aims: z
    .record(registered, z.string().min(1).max(64))
    .meta({ title: 'Which preset (its token) shows which site or key, by id' })
    .exactOptional(),
  preRoll: z.boolean().meta({ title: 'Keep the last half minute of its picture; when not said, where its site has a key' }).exactOptional(),
} as const;

const view = z.object(viewShape);
export type View = z.infer<typeof view>;

/** What a camera's settings say of its view; nothing where they do not fit, since an alarm must not wait for an installer. */
export function viewOf(settings: Readonly<Record<string, unknown>>): View {
  const parsed = view.safeParse(settings);
  return parsed.success ? parsed.data : {};
}
