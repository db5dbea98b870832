import type { Receipt } from '../../devices/driver.ts';
import type { Incident, IncidentState } from '../alarm/index.ts';
import { inAMoment, openGroup } from '../group.ts';
import type { Handlers } from '../ports.ts';
import { recordUnavailable } from '../store/connect.ts';
import { oweReceipt, takeReceipts } from '../store/incidents.ts';
import { type DeliverDeps, powersOf } from './deliver.ts';

const told: Readonly<Record<IncidentState, Receipt['state']>> = {
  open: 'received',
  acknowledged: 'acknowledged',
  dispatched: 'dispatched',
  arrived: 'arrived',
  closed: 'closed',
};

type ReceiptDeps = Pick<DeliverDeps, 'store' | 'clock' | 'log' | 'register' | 'drivers' | 'give'>;

/** Told together at most, and the milliseconds in which the steps of one call tend to come. */
const [most, gathering] = [200, 4];

/** Tells the keys that were pressed where their calls stand, so that whoever pressed one knows that help is coming. */
export function receiptHandler(deps: ReceiptDeps): Pick<Handlers, 'receipt'> {
  const group = openGroup<string, unknown>({
    name: 'receipts',
    most,
    soon: inAMoment(gathering),
    recordAway: recordUnavailable,
    log: deps.log,
    write: (ids) => tellAll(deps, ids),
  });
  return {
    receipt: async ({ id }) => {
      const failed = await group.add(id);
      if (failed !== undefined) throw failed;
    },
  };
}

/** For each call the error that kept its key from being told, or undefined. */
async function tellAll(deps: ReceiptDeps, ids: readonly string[]): Promise<readonly unknown[]> {
  const failed = new Map<string, unknown>();
  // A call that moves on meanwhile brings a job of its own, which the lanes do when this one ends.
  // This commit waits for the disk, and with it every one before: a lamp must not show what a power cut takes out of the record.
  const owed = await takeReceipts(deps.store.urgent, ids);
  await Promise.all(owed.map((incident) => tell(deps, incident).catch((error: unknown) => failed.set(incident.id, error))));
  return ids.map((id) => failed.get(id));
}

async function tell(deps: ReceiptDeps, incident: Incident): Promise<void> {
  try {
    await light(deps, incident);
  } catch (error) {
    await oweReceipt(deps.store.urgent, incident.id);
    throw error;
  }
}

/** @throws what the driver throws */
export async function light(deps: Omit<ReceiptDeps, 'store'>, incident: Incident): Promise<void> {
  // Under duress nothing may show at the site; the rules ask for no receipt, and this is the last door.
  if (incident.silent || incident.deviceId === undefined) return;
  await powersOf(deps, incident.deviceId)?.receipt?.({ incidentId: incident.id, state: told[incident.state], at: deps.clock.now() });
}
