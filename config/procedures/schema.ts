import { z } from 'zod';

/** What a procedure consists of, as it is written in files and over HTTP. */

const said = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'must have no control characters');
const bilingual = (most: number) => z.strictObject({ zh: said(most), en: said(most) });
const name = z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9 and -');
const kinds = z.array(name).max(50);

export const procedureParts = {
  title: bilingual(200),
  kinds: kinds.meta({ description: 'Incident kinds that it is for, where the site names no procedure' }),
  siteKinds: kinds.default([]).meta({ description: 'Only at sites of these kinds; anywhere when empty' }),
  steps: z
    .array(
      z.strictObject({
        id: name,
        text: bilingual(500),
        mandatory: z.boolean().meta({ description: 'Holds back the closing, where the site names the procedure' }),
      }),
    )
    .min(1)
    .max(50)
    .refine((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, 'each step has an id of its own'),
};
