import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { incidentKinds, procedureFor } from '../../services/alarm/index.ts';
import { SettingsFault } from '../faults.ts';
import { loadProcedures } from './load.ts';

const shipped = loadProcedures().map((procedure) => ({ ...procedure, version: 1 }));

test.each([
  ['emergency', 'hospital', 'hospital-alarm'],
  ['emergency', 'kindergarten', 'school-alarm'],
  ['unparsed', 'bank', 'bank-alarm'],
  ['emergency', 'mall', 'site-alarm'],
  ['duress', 'hospital', 'duress'],
  ['officer-emergency', undefined, 'officer-emergency'],
  ['silence', 'school', 'device-trouble'],
  ['walk-test', 'bank', undefined],
])('an incident of kind %s at a site of kind %s goes by %s', (kind, siteKind, id) => {
  expect(procedureFor(shipped, { kind }, siteKind === undefined ? undefined : { kind: siteKind })?.id).toBe(id);
});

test('every kind that people press for has a procedure, and every procedure names kinds that there are', () => {
  for (const { kinds } of shipped) for (const kind of kinds) expect(incidentKinds).toContain(kind);
  const covered = new Set(shipped.flatMap(({ kinds }) => kinds));
  expect(incidentKinds.filter((kind) => !covered.has(kind))).toEqual(['walk-test']);
});

test('all faults of all files are told at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'procedures-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'a.yaml'), 'title: { zh: 甲 }\nkinds: []\nsteps: []\n');
  await writeFile(
    join(folder, 'b.yaml'),
    'title: { zh: 甲, en: A }\nkinds: []\nsteps:\n  - { id: x, text: { zh: 甲, en: A }, mandatory: true }\n  - { id: x, text: { zh: 乙, en: B }, mandatory: 1 }\n',
  );
  const faults = (() => {
    try {
      return loadProcedures(folder);
    } catch (error) {
      if (error instanceof SettingsFault) return error.faults.map(({ path, line }) => `${path}:${line}`);
      throw error;
    }
  })();
  expect(faults).toEqual(['title.en:1', 'steps:3', 'steps[1].mandatory:5']);
});
