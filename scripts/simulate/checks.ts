import { engaged, type Incident, incidentStates, isPanic, policyFor } from '../../services/alarm/index.ts';
import type { Case } from '../../services/pipeline/case.ts';
import type { IncidentRow } from './record.ts';
import { type Sim, Violation } from './sim.ts';
import { leaseLength, sweep, tryAgainAfter } from './sweep.ts';

/** What must hold after every decision, and once everything that is due was done. */

function must(holds: boolean, rule: string, about: string): void {
  if (!holds) throw new Violation(rule, about);
}

export function checkDecision(sim: Sim, work: Case, before: IncidentRow | undefined): void {
  const { incident } = work.stored;
  const was = before?.stored.incident;
  if (was) checkNeverBack(was, incident);
  checkClock(sim, work, was);
  checkOrders(sim, work);
  if (!was) checkAlone(sim, incident);
}

function checkNeverBack(was: Incident, is: Incident): void {
  const about = `incident ${is.number}`;
  must(is.priority <= was.priority, 'priority never lowered', `${about} from ${was.priority} to ${is.priority}`);
  must(is.silent || !was.silent, 'silence never broken', about);
  must(is.confirmed || !was.confirmed, 'confirmed stays confirmed', about);
  must(
    incidentStates.indexOf(is.state) >= incidentStates.indexOf(was.state),
    'states only go forward',
    `${about} from ${was.state} to ${is.state}`,
  );
  must(is.acknowledgedAt === was.acknowledgedAt || was.acknowledgedAt === undefined, 'an answer keeps its time', about);
  if (was.state === 'closed') must(JSON.stringify(was) === JSON.stringify(is), 'closed stays closed', about);
}

/** An incident that nobody has come to has a clock, or its ladder was climbed to the top. */
function checkClock({ world, now }: Sim, { stored: { incident }, entries }: Case, was: Incident | undefined): void {
  const about = `incident ${incident.number}, ${incident.state}`;
  const { clock, state } = incident;
  if (state === 'closed' || state === 'arrived') return must(clock === undefined, 'a clock ends with its call', about);
  const same = clock && was?.clock && clock.name === was.clock.name;
  const climbed = entries.some(({ kind }) => kind === 'escalated');
  const moved = was !== undefined && was.state !== state;
  if (same && !climbed && !moved && clock.name === 'acknowledge')
    must(clock.dueAt <= was.clock.dueAt, 'P4 nothing buys time', `${about}: due ${clock.dueAt - was.clock.dueAt} ms later`);
  if (clock) return must(clock.dueAt > now || climbed || clock.dueAt === was?.clock?.dueAt, 'P4 a clock that is armed lies ahead', about);
  const site = incident.siteId === undefined ? undefined : world.register.site(incident.siteId);
  const policy = policyFor(world.rules, incident, site?.kind);
  if (was && !was.clock && !moved && policyFor(world.rules, was, site?.kind).id === policy.id) return;
  const levels = policy[state === 'open' ? 'acknowledge' : 'progress'];
  const top = levels.at(-1);
  const last = entries.findLast(({ kind }) => kind === 'escalated');
  must(
    top === undefined || (last !== undefined && JSON.stringify(last.data['steps']) === JSON.stringify(top.steps)),
    'P5 nothing ends silently',
    `${about} lost its clock before the top of its ladder`,
  );
}

function checkOrders(sim: Sim, { effects, stored: { incident } }: Case): void {
  for (const effect of effects) {
    if (effect.type !== 'order') continue;
    const { unitId, reason } = effect.choice;
    const status = sim.world.register.unit(unitId)?.status;
    const leader = reason === 'duty-leader';
    must(leader || status !== 'off-duty', 'no order to a unit off duty', `${unitId} for incident ${incident.number}`);
    must(leader || !effect.automatic || status === 'available', 'no order to a busy unit but by hand', `${unitId} for ${incident.number}`);
    must(incident.kind !== 'walk-test' || !effect.automatic, 'a walk test sends nobody running', unitId);
  }
  const units = sim.record.ordersOf(incident.id).flatMap(({ automatic, unitId }) => (automatic ? [unitId] : []));
  must(new Set(units).size === units.length, 'P3 a unit is called once', `incident ${incident.number}: ${units.join(' ')}`);
  if (incident.state !== 'closed') return;
  const live = sim.record.ordersOf(incident.id).filter((order) => order.live);
  must(live.length === 0, 'a closed incident holds nobody', `incident ${incident.number}`);
}

/** A key has one open call for help for each of its inputs. */
function checkAlone({ record }: Sim, born: Incident): void {
  if (!isPanic(born.kind)) return;
  for (const { stored } of record.incidents.values()) {
    const { incident } = stored;
    const twin = incident.id !== born.id && incident.state !== 'closed' && isPanic(incident.kind) && incident.deviceId === born.deviceId;
    if (twin && incident.part === born.part && incident.exercise === born.exercise)
      throw new Violation('P1 one incident of one key', `${born.deviceId}: ${incident.number} and ${born.number}`);
  }
}

/** What must hold when the sweeper finds nothing more. */
export function checkSettled(sim: Sim): void {
  const { record, now } = sim;
  must(sweep(sim, 0).length === 0, 'P4 all that is due is done', JSON.stringify(sweep(sim, 0)));
  for (const { signal, sorted, incidentId } of record.signals.values()) {
    must(sorted, 'P1 every signal is decided about', signal.id);
    const row = incidentId === undefined ? undefined : record.incidents.get(incidentId);
    const incident = row?.stored.incident;
    const { orderId, state } = signal.data;
    if (signal.type === 'report' && row)
      must(
        row.timeline.some(({ data }) => data['orderId'] === orderId && data['state'] === state),
        'P3 no answer is lost',
        `${state} to ${orderId}`,
      );
    if (signal.type !== 'press' && signal.type !== 'unparsed') continue;
    must(incident !== undefined, 'P1 every press has an incident', signal.id);
    must(incident?.deviceId === signal.deviceId, "a key's press never joins another key's incident", `${signal.id} in ${incident?.number}`);
  }
  checkLamps(sim);
  for (const { id, live, sendAt, leaseUntil, state, clock, expiresAt } of record.orders.values()) {
    if (!live) continue;
    must(
      sendAt === undefined || sendAt <= now + tryAgainAfter,
      'P3 an order waits for its bearer only',
      `${id} until ${(sendAt ?? 0) - now} ms`,
    );
    must(
      sendAt === undefined || leaseUntil === undefined || leaseUntil <= now + leaseLength,
      'P3 a lease ends',
      `${id} after ${(leaseUntil ?? 0) - now} ms`,
    );
    must(engaged(state) || clock !== undefined || expiresAt > now, 'P5 an order that nobody took has an end', id);
  }
}

/** What the lamp of a key shows is where its call stands, and nothing was shown once the call was made under threat. */
function checkLamps({ record, lamps }: Sim): void {
  const rows = [...record.incidents.values()].map(({ stored }) => stored.incident);
  const threatened = new Set(
    rows.flatMap(({ silent, exercise, deviceId }) => (silent && !exercise && deviceId !== undefined ? [deviceId] : [])),
  );
  for (const [deviceId, told] of lamps) {
    for (const { id, silent, state } of threatened.has(deviceId) ? [] : rows) {
      const last = told.findLast(({ incidentId }) => incidentId === id);
      if (last && !silent)
        must(last.state === state, 'a key hears where its call stands', `${deviceId} shows ${last.state}, ${id} is ${state}`);
    }
  }
}
