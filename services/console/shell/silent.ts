/** What baiying.worker.silent.v1 says. */
export interface Silent {
  readonly queue: string;
  readonly lane: 'urgent' | 'routine';
  readonly since: string;
}

/** When that was told, in seconds of the server's clock. */
export interface ToldSilent extends Silent {
  readonly told: number;
}

/** It is told every twelve seconds while it lasts; two of three may be late. */
const holdsFor = 40;

/** The workers that are silent for as long as that is told: a process that ended meanwhile never says that one is back. */
export const stillSilent = (silent: readonly ToldSilent[], now: number): readonly ToldSilent[] =>
  silent.filter(({ told }) => now - told <= holdsFor);
