import { z } from 'zod';
import { hours, orderStates, rfc3339 } from '../alarm/index.ts';
import type { Clock } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { aroundOrders, endedOrders, type HeldOrder, heldOrders } from '../store/officer-orders.ts';
import type { Register } from '../store/register-view.ts';
import { incidentShape, orderShape } from './routes/incident-shapes.ts';
import { answers, point } from './routes/register-schemas.ts';

/** What the officer's page shows: the orders of its unit, each with all that is needed on the way and at the door. */

const { incidentId, state, kind, priority, text, exercise, issuedAt, expiresAt, rungs, id } = orderShape.shape;
const site = answers.sites;
const held = z.object({
  ...{ id, incidentId, state, kind, priority, text, exercise, issuedAt, expiresAt, rungs },
  incidentNumber: z.number(),
  incidentState: incidentShape.shape.state,
  silent: incidentShape.shape.silent,
  location: point.exactOptional().meta({ description: 'Where to go, as it was known when the order was given' }),
  site: site.exactOptional(),
  cameras: z.array(z.object({ id: z.string(), name: z.string() })).meta({ description: 'May be looked through while the order is open' }),
  others: z
    .array(z.object({ unitId: z.string(), name: z.string(), state: z.enum(orderStates) }))
    .meta({ description: 'Who else is sent there' }),
});
const ended = z.object({ id, incidentId, incidentNumber: z.number(), state, kind, text, issuedAt });

export const officerOrders = z.object({
  at: z.string().meta({ description: "The server's clock" }),
  unit: z.object({ id: z.string(), name: z.string(), status: z.enum(['available', 'busy', 'off-duty']) }),
  items: z.array(held).meta({ description: 'Most urgent and newest first' }),
  ended: z.array(ended).meta({ description: 'Of the last twelve hours' }),
});
export type OfficerOrders = z.infer<typeof officerOrders>;

export interface ViewDeps {
  readonly db: Db;
  readonly clock: Pick<Clock, 'now'>;
  readonly register: Pick<Register, 'unit' | 'site' | 'device'>;
}

/** The longest shift. */
const shift = hours(12);

/** Everything but the clock, which changes without anything having changed. */
export async function ordersOf({ db, clock, register }: ViewDeps, unitId: string): Promise<Omit<OfficerOrders, 'at'>> {
  const [orders, over] = await Promise.all([heldOrders(db, unitId), endedOrders(db, unitId, clock.now() - shift)]);
  const incidents = [...new Set(orders.map((order) => order.incidentId))];
  const { cameras, others } = await aroundOrders(db, incidents, unitId);
  const view = ({ siteId, ...order }: HeldOrder): OfficerOrders['items'][number] => {
    const at = siteId === undefined ? undefined : register.site(siteId);
    return {
      ...order,
      rungs: [...order.rungs],
      ...(at === undefined ? {} : { site: { ...at, contacts: [...at.contacts] } }),
      cameras: cameras
        .filter((camera) => camera.incidentId === order.incidentId)
        .map(({ cameraId }) => ({ id: cameraId, name: register.device(cameraId)?.name ?? cameraId })),
      others: others
        .filter((other) => other.incidentId === order.incidentId)
        .map((other) => ({ unitId: other.unitId, name: register.unit(other.unitId)?.name ?? other.unitId, state: other.state })),
    };
  };
  const unit = register.unit(unitId);
  return {
    unit: { id: unitId, name: unit?.name ?? unitId, status: unit?.status ?? 'off-duty' },
    items: orders.map(view),
    ended: [...over],
  };
}

export const withClock = (view: Omit<OfficerOrders, 'at'>, clock: Pick<Clock, 'now'>): OfficerOrders => ({
  at: rfc3339(clock.now()),
  ...view,
});
