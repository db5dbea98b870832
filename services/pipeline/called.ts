import type { Incident } from '../alarm/index.ts';
import type { Case } from './case.ts';

/**
 * The units that decisions under way in this process have called. Until those are committed the record shows it to nobody
 * else, and two calls of the same instant would both count on the nearest unit while others stand free.
 */
export interface Called {
  note(incident: Pick<Incident, 'id' | 'number'>, unitId: string): void;
  /** The number of another incident that the unit was called for. */
  elsewhere(incidentId: string, unitId: string): number | undefined;
  /**
   * Runs a decision, which lists the incidents that it is about. Once it has ended, either way, the record tells what it called
   * to those that begin then; those that run already may have asked before, and what it called is remembered until they end.
   */
  deciding<T>(run: (cases: Case[]) => Promise<T>): Promise<T>;
  forget(incidentId: string): void;
}

interface Ended {
  readonly cases: readonly Case[];
  readonly beside: Set<symbol>;
}

export function openCalled(): Called {
  const byUnit = new Map<string, Pick<Incident, 'id' | 'number'>>();
  const running = new Set<symbol>();
  let ended: readonly Ended[] = [];

  const forget = (incidentId: string): void => {
    for (const [unitId, { id }] of byUnit) if (id === incidentId) byUnit.delete(unitId);
  };

  function end(own: symbol, cases: readonly Case[]): void {
    running.delete(own);
    for (const { beside } of ended) beside.delete(own);
    const all = [...ended, { cases, beside: new Set(running) }];
    ended = all.filter(({ beside }) => beside.size > 0);
    for (const over of all) if (over.beside.size === 0) for (const { stored } of over.cases) forget(stored.incident.id);
  }

  return {
    note: ({ id, number }, unitId) => void byUnit.set(unitId, { id, number }),
    elsewhere(incidentId, unitId) {
      const incident = byUnit.get(unitId);
      return incident?.id === incidentId ? undefined : incident?.number;
    },
    async deciding(run) {
      const own = Symbol('decision');
      const cases: Case[] = [];
      running.add(own);
      try {
        return await run(cases);
      } finally {
        end(own, cases);
      }
    },
    forget,
  };
}
