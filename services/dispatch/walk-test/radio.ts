import type { Incident } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { listOrders, type OrderView } from '../../store/incident-lists.ts';
import { engagedUnits } from '../../store/orders.ts';
import { found, type Outcome, type Trial, type TrialDeps } from './trial.ts';

/** How far the radio says that the order has come. */
const arrived = new Set(['delivered', 'read', 'accepted', 'declined', 'en-route', 'arrived']);
const answered = new Set(['accepted', 'declined', 'en-route', 'arrived', 'failed', 'expired', 'cancelled']);

/**
 * Gives the radio's unit an exercise order by the real path.
 * @throws Fault `radio-without-unit`; `unit-engaged` where its officers are on a call, whom no test may disturb
 */
export async function testRadio(trial: Trial, deps: TrialDeps): Promise<Outcome> {
  const unitId = await freeUnit(trial, deps);
  const incident = await deps.desk.open({ kind: 'walk-test', priority: 4, note: trial.device.name, by: trial.by, exercise: true });
  try {
    await order(unitId, incident, trial, deps);
    const orderNow = async (): Promise<OrderView | undefined> =>
      (await listOrders(deps.store.desk, { incidentId: incident.id, limit: 1 }))[0];
    let told = false;
    const end = await trial.wait(async () => {
      const now = await orderNow();
      if (now && arrived.has(now.state) && !told) {
        told = true;
        await trial.step('delivered', { state: now.state });
      }
      return now && answered.has(now.state) ? now : undefined;
    });
    const last = end ?? (await orderNow());
    await trial.step('answered', { state: last?.state });
    return judge(incident, last, trial, deps);
  } finally {
    await deps.desk.act(incident.id, { type: 'closed', by: trial.by, disposition: 'test' });
  }
}

async function freeUnit({ device }: Trial, { store, register }: TrialDeps): Promise<string> {
  const { unitId } = device;
  const unit = unitId === undefined ? undefined : register.unit(unitId);
  if (!unit) throw new Fault('radio-without-unit', `${device.id} belongs to no unit`);
  if (unit.status === 'off-duty') throw new Fault('unit-engaged', `${unit.id} is off duty; put it on duty first`);
  const number = (await engagedUnits(store.desk, [unit.id])).get(unit.id);
  if (number !== undefined) throw new Fault('unit-engaged', `${unit.id} is on incident ${number}`);
  return unit.id;
}

async function order(unitId: string, incident: Incident, trial: Trial, { desk }: TrialDeps): Promise<void> {
  const words = trial.text === undefined ? {} : { text: trial.text };
  await desk.act(incident.id, { type: 'units-ordered', unitIds: [unitId], nearest: 0, by: trial.by, request: trial.id, ...words });
  await trial.step('ordered', { incidentNumber: incident.number });
}

function judge(incident: Incident, order: OrderView | undefined, { device }: Trial, { register }: TrialDeps): Outcome {
  const { state = 'queued', rungs = [] } = order ?? {};
  const issued = rungs[0];
  const after = Object.fromEntries(
    rungs.slice(1).flatMap((rung) => (issued ? [[`${rung.state}Ms`, Date.parse(rung.at) - Date.parse(issued.at)]] : [])),
  );
  const measured = { state, incidentNumber: incident.number, ...after };
  const another = order?.deviceId !== undefined && order.deviceId !== device.id ? order.deviceId : undefined;
  if (another !== undefined) {
    const findings = [found('carried-by-another', { device: register.device(another)?.name ?? another })];
    return { passed: false, measured: { ...measured, carriedBy: another }, findings };
  }
  if (!arrived.has(state)) return { passed: false, measured, findings: [found('not-delivered', { detail: state })] };
  return { passed: true, measured, findings: state === 'delivered' || state === 'read' ? [found('not-accepted')] : [] };
}
