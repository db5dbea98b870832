import type { Entry } from './alarm/index.ts';
import type { Register } from './store/register-view.ts';
import type { Names } from './words.ts';

/** The names of the register that lines of a timeline speak of. */
export function namesFor(register: Pick<Register, 'unit' | 'device'>, entries: readonly Pick<Entry, 'by' | 'data'>[]): Names {
  const ids = entries
    .flatMap(({ by, data }) => [by, data['unitId'], data['ear'], data['neighbour'], data['insteadOf']])
    .filter((id) => typeof id === 'string');
  const named = (find: (id: string) => { readonly name: string } | undefined) =>
    new Map(
      ids.flatMap((id): [string, string][] => {
        const found = find(id);
        return found ? [[id, found.name]] : [];
      }),
    );
  return { units: named(register.unit), devices: named(register.device) };
}
