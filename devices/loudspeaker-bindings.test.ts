import { expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from './catalogue.ts';

test.each(catalogue.filter(({ kind }) => kind === 'loudspeaker').map((type) => [type.name, type] as const))(
  'the loudspeaker %s may be given an ear and a fallback',
  (_name, type) => {
    const fields = type.settings instanceof z.ZodObject ? Object.keys(type.settings.shape) : [];
    expect(fields).toEqual(expect.arrayContaining(['ear', 'fallback']));
  },
);
