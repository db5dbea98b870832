import { Refused } from '../api/client.ts';

/** Faults of a sheet, each where it stands. */
export interface RowFault {
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

export function rowFaultsOf(error: unknown): readonly RowFault[] {
  const faults: readonly object[] = error instanceof Refused ? (error.problem?.faults ?? []) : [];
  return faults.flatMap((fault) => ('row' in fault && 'column' in fault && 'message' in fault ? [fault as RowFault] : []));
}
