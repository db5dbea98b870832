import type { Receipt } from '../../devices/driver.ts';
import type { IncidentState } from '../alarm/index.ts';
import type { Handlers } from '../ports.ts';
import { oweReceipt, takeReceipt } from '../store/incidents.ts';
import { type DeliverDeps, powersOf } from './deliver.ts';

const told: Readonly<Record<IncidentState, Receipt['state']>> = {
  open: 'received',
  acknowledged: 'acknowledged',
  dispatched: 'dispatched',
  arrived: 'arrived',
  closed: 'closed',
};

type ReceiptDeps = Pick<DeliverDeps, 'store' | 'clock' | 'log' | 'register' | 'drivers' | 'give'>;

/** Tells the key that was pressed where its call stands, so that whoever pressed it knows that help is coming. */
export function receiptHandler(deps: ReceiptDeps): Pick<Handlers, 'receipt'> {
  return {
    receipt: async ({ id }) => {
      // The call may have moved on while the lamp was being told: then it is told again at once.
      while (await tellOnce(deps, id)) deps.log.debug({ incidentId: id }, 'the key was told where its call stands');
    },
  };
}

/** Whether there was something to tell. */
async function tellOnce(deps: ReceiptDeps, id: string): Promise<boolean> {
  const incident = await takeReceipt(deps.store.fleeting, id);
  // Under duress nothing may show at the site; the rules ask for no receipt, and this is the last door.
  if (!incident || incident.silent || incident.deviceId === undefined) return false;
  const send = powersOf(deps, incident.deviceId)?.receipt;
  try {
    await send?.({ incidentId: incident.id, state: told[incident.state], at: deps.clock.now() });
    return true;
  } catch (error) {
    await oweReceipt(deps.store.fleeting, id);
    throw error;
  }
}
