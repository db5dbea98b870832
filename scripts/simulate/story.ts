import { seconds } from '../../services/alarm/index.ts';
import { chance } from '../demo/random.ts';
import { act, settle } from './acts.ts';
import { checkSettled } from './checks.ts';
import { newSim, type Sim, Violation } from './sim.ts';
import { makeWorld } from './world.ts';

export interface Told {
  /** How many steps the story has, those left out among them. */
  readonly steps: number;
  readonly incidents: number;
  readonly orders: number;
  readonly fault?: { readonly rule: string; readonly message: string };
}

/** Tells the story of a seed: the same seed tells the same story. @param without steps that are left out */
export function tell(seed: number, without: ReadonlySet<number> = new Set(), say: Sim['say'] = () => undefined): Told {
  const random = chance(seed, 'world');
  const sim = newSim(makeWorld(random), random.percent(50) ? seconds(15) : undefined, Date.UTC(2026, 0, 1), say);
  const steps = random.whole(20, 120);
  const counts = () => ({ steps, incidents: sim.record.incidents.size, orders: sim.record.orders.size });
  try {
    for (let at = 0; at < steps; at += 1) {
      if (without.has(at)) continue;
      say(`${at}:`);
      act(sim, chance(seed, `step ${at}`));
    }
    end(sim);
    return counts();
  } catch (error) {
    const rule = error instanceof Violation ? error.rule : 'the rules do not throw';
    return { ...counts(), fault: { rule, message: error instanceof Violation ? error.message : String((error as Error).stack) } };
  }
}

/** Time goes on until nothing waits for anything; what must hold then is looked at on the way. */
function end(sim: Sim): void {
  for (let turn = 0; turn < 400; turn += 1) {
    sim.say(`the end, ${sim.now}:`);
    settle(sim);
    checkSettled(sim);
    const next = nextDue(sim);
    if (next === undefined) return;
    sim.now = Math.max(sim.now + 1, next);
  }
  throw new Violation('P4 escalation comes to an end', `something is still due at ${nextDue(sim)}`);
}

function nextDue({ record }: Sim): number | undefined {
  const due: number[] = [];
  for (const { stored } of record.incidents.values()) if (stored.incident.clock) due.push(stored.incident.clock.dueAt);
  for (const { live, state, clock, expiresAt } of record.orders.values()) {
    if (!live) continue;
    if (state === 'queued' || state === 'sent' || state === 'delivered' || state === 'read')
      due.push(Math.min(clock?.dueAt ?? expiresAt, expiresAt));
  }
  return due.length === 0 ? undefined : Math.min(...due);
}

/** The fewest steps that still break the same rule: whole stretches are cut first, then one after the other. */
export function shrink(seed: number): ReadonlySet<number> {
  const { steps, fault } = tell(seed);
  const cut = new Set<number>();
  for (let length = Math.ceil(steps / 2); fault !== undefined && length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let from = 0; from < steps; from += length) {
      const more = Array.from({ length }, (_unused, at) => from + at).filter((at) => at < steps && !cut.has(at));
      if (more.length > 0 && tell(seed, new Set([...cut, ...more])).fault?.rule === fault.rule) for (const at of more) cut.add(at);
    }
  }
  return cut;
}
