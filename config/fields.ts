import { z } from 'zod';
import { settingsSchema } from './schema.ts';

/** One setting as the schema declares it, laid flat for the loader, the example file and the docs page. */
export interface Field {
  readonly path: readonly string[];
  readonly title: string;
  readonly description?: string;
  /** `s`, `h`; none for ports, paths and words. */
  readonly unit?: string;
  readonly env?: string;
  readonly secret: boolean;
  readonly type: 'number' | 'string' | 'enum' | 'list';
  /** What a value must be, in words. */
  readonly wanted: string;
  readonly optional: boolean;
  readonly default?: unknown;
}

/** A named group of settings, one level deep. */
export interface Section {
  readonly key: string;
  readonly title: string;
}

/** The schema of one setting or section beneath its `default`, `optional` and `prefault` wrappers. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault;
  return wraps ? bare(schema.def.innerType) : schema;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function fieldOf(path: readonly string[], schema: z.core.$ZodType): Field {
  const inner = bare(schema);
  const meta = z.globalRegistry.get(inner) ?? {};
  const description = text(meta.description);
  const unit = text(meta['unit']);
  const env = text(meta['env']);
  return {
    path,
    title: text(meta.title) ?? path.join('.'),
    secret: meta['secret'] === true,
    optional: schema instanceof z.ZodOptional,
    ...typeOf(inner, unit),
    ...(description === undefined ? {} : { description }),
    ...(unit === undefined ? {} : { unit }),
    ...(env === undefined ? {} : { env }),
    ...(schema instanceof z.ZodDefault ? { default: schema.def.defaultValue } : {}),
  };
}

function typeOf(schema: z.core.$ZodType, unit: string | undefined): Pick<Field, 'type' | 'wanted'> {
  if (schema instanceof z.ZodNumber) {
    const suffix = unit === undefined ? '' : ` ${unit}`;
    return { type: 'number', wanted: `a whole number from ${schema.minValue} to ${schema.maxValue}${suffix}` };
  }
  if (schema instanceof z.ZodEnum) return { type: 'enum', wanted: `one of ${schema.options.join(', ')}` };
  if (schema instanceof z.ZodArray) return { type: 'list', wanted: 'a list of texts' };
  // The schema's own words for a text that is not right begin with `must`.
  const own = z.safeParse(schema, '').error?.issues.find(({ message }) => message.startsWith('must '))?.message;
  return { type: 'string', wanted: own === undefined ? 'a text that is not empty' : `a text that ${own}` };
}

function walk(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  above: readonly string[],
  found: { fields: Field[]; sections: Section[] },
): void {
  for (const [key, schema] of Object.entries(shape)) {
    const inner = bare(schema);
    if (inner instanceof z.ZodObject) {
      found.sections.push({ key, title: text(z.globalRegistry.get(inner)?.title) ?? key });
      walk(inner.shape, [...above, key], found);
    } else {
      found.fields.push(fieldOf([...above, key], schema));
    }
  }
}

const found: { fields: Field[]; sections: Section[] } = { fields: [], sections: [] };
walk(settingsSchema.shape, [], found);

/** Every setting, in the order of the schema. */
export const fields: readonly Field[] = found.fields;
export const sections: readonly Section[] = found.sections;

/** The keys that may stand below a path. */
export function keysBelow(path: readonly PropertyKey[]): readonly string[] {
  const keys = fields
    .filter((field) => path.every((part, index) => field.path[index] === part))
    .flatMap((field) => field.path[path.length] ?? []);
  return [...new Set(keys)];
}
