import { Refused } from '../api/client.ts';

/** The faults of a refused request by the name of the field below `under`, for example `body.settings`. */
export function faultsUnder(error: unknown, under: string): Readonly<Record<string, string>> {
  const faults = error instanceof Refused ? (error.problem?.faults ?? []) : [];
  return Object.fromEntries(
    faults.flatMap(({ path, message }) =>
      path.startsWith(`${under}.`) ? [[path.slice(under.length + 1).split('.')[0] ?? '', message]] : [],
    ),
  );
}
