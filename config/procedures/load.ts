import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Procedure } from '../../services/alarm/index.ts';
import { SettingsFault } from '../faults.ts';
import { faultsOf, readYaml } from '../yaml.ts';
import { procedureParts } from './schema.ts';

const file = z.strictObject(procedureParts);

/**
 * The procedures that come with the product, by the names of their files. They are put into an empty record once; from then
 * on the station's supervisors keep them.
 * @throws SettingsFault with every fault of all files
 */
export function loadProcedures(folder: string = import.meta.dirname): readonly Omit<Procedure, 'version'>[] {
  const read = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const yaml = readYaml(path, path);
      if (yaml.faults.length > 0) return { faults: yaml.faults };
      const parsed = file.safeParse(yaml.value);
      if (!parsed.success) return { faults: faultsOf(parsed.error.issues, path, yaml.lineOf, () => Object.keys(procedureParts)) };
      return { faults: [], procedure: { id: basename(name, '.yaml'), ...parsed.data } };
    });
  const faults = read.flatMap((one) => one.faults);
  if (faults.length > 0) throw new SettingsFault(faults);
  return read.flatMap(({ procedure }) => procedure ?? []);
}
