import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fields } from '../config/fields.ts';
import { settingsSchema } from '../config/schema.ts';
import { errors } from '../services/errors.ts';
import { errorsPage } from './generated/errors.ts';
import { editorSchema, exampleFile, settingsPage } from './generated/settings.ts';

describe('generated files', () => {
  test('the example changes nothing as it stands', () => {
    expect(parse(exampleFile())).toBeNull();
  });

  test('the example with every line taken in is a valid settings file that names every setting', () => {
    const taken = exampleFile().replaceAll(/^# (?!yaml|Settings|The env|----)/gm, '');
    const settings = parse(taken) as Record<string, unknown>;
    expect(settingsSchema.safeParse(settings).error).toBeUndefined();
    expect(Object.keys(settings)).toEqual(Object.keys(settingsSchema.shape));
  });

  test('the settings page has a row for every setting and its environment name', () => {
    for (const { path, env } of fields) {
      expect(settingsPage()).toContain(`| \`${path.join('.')}\` |`);
      if (env !== undefined) expect(settingsPage()).toContain(`\`${env}\``);
    }
  });

  test('the editor schema refuses unknown keys and knows the type of every port', () => {
    const schema = JSON.parse(editorSchema()) as {
      additionalProperties: boolean;
      properties: Record<string, { type?: string }>;
      required?: string[];
    };
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required ?? []).toEqual([]);
    expect(schema.properties['httpPort']?.type).toBe('integer');
  });

  test('the errors page has a row for every code', () => {
    for (const code of Object.keys(errors)) expect(errorsPage()).toContain(`| \`${code}\` |`);
  });
});
