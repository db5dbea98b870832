import { closed, type Incident, type IncidentInput, type Instant, stepsMissing } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Desk, DeskInput, Job, NewIncident, OrderNews } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { uuidv7 } from '../store/ids.ts';
import type { StoredOrder } from '../store/orders.ts';
import { procedureVersion } from '../store/procedures.ts';
import { transact } from '../store/transact.ts';
import { bearersLeft, type Case, loadCase, newCase, perform } from './case.ts';
import { storeCameraNews } from './footage.ts';
import type { Progress } from './progress.ts';
import type { PipelineDeps } from './stages.ts';
import { givesOrders, writeCases } from './write.ts';

interface Terms {
  readonly door: 'desk' | 'urgent' | 'routine';
  readonly lasting: boolean;
}

/** What people do, put to the same rules and stored in the same way as what devices tell. */
export function openDesk(deps: PipelineDeps, progress: Pick<Progress, 'sent'>, done: (jobs: readonly Job[]) => void): Desk {
  async function within(
    run: (db: Db, now: Instant) => Promise<Case>,
    { door, lasting }: Terms = { door: 'desk', lasting: true },
  ): Promise<Incident> {
    const now = deps.clock.now();
    const result = await deps.called.deciding((cases) =>
      transact(deps.store[door], async (db) => {
        const work = await run(db, now);
        cases.push(work);
        const { jobs, writes } = writeCases(db, deps, cases, now);
        return { value: { jobs, incident: work.stored.incident }, writes, lasting: lasting || givesOrders(jobs) };
      }),
    );
    done(result.jobs);
    return result.incident;
  }

  return {
    open: (asked) =>
      within(async (db, now) => {
        const opened = await newCase(db, deps, seenBy(deps, asked, now), now);
        const said = { type: 'opened', sorted: 'seen-by-operator', placed: 'seen-by-operator', by: asked.by, note: asked.note } as const;
        perform(opened, deps, said, now);
        return opened;
      }),

    act: (incidentId, input) =>
      within(async (db, now) => {
        const work = await loadCase(db, deps, { incidentId }, now, input.type === 'units-ordered' ? { named: input.unitIds } : 'no-units');
        if (!work) throw new Fault('not-found', `no incident ${incidentId}`);
        refuse(work, input, deps);
        await holdBack(db, work, input);
        perform(work, deps, input, now);
        return work;
      }),

    sent: progress.sent,

    async order(orderId, news) {
      await within(
        async (db, now) => {
          const work = await loadCase(db, deps, { orderId }, now, news.type === 'undeliverable' ? 'units' : 'no-units');
          const order = work?.orders.find((held) => held.id === orderId);
          if (!work || !order) throw new Fault('not-found', `no order ${orderId}`);
          if (news.type === 'cancelled' && !order.live) throw new Fault('order-ended', `order ${orderId} is ${order.state}`);
          perform(work, deps, newsToInput(deps, order, news), now);
          return work;
          // News of a bearer is told again after a crash, since the order is then sent again; a person's act must last.
        },
        { door: 'urgent', lasting: news.type === 'cancelled' },
      );
    },

    async cameras(incidentId, news) {
      await within(
        async (db, now) => {
          const work = await loadCase(db, deps, { incidentId }, now, 'no-units');
          if (!work) throw new Fault('not-found', `no incident ${incidentId}`);
          for (const one of news) for (const said of await storeCameraNews(db, incidentId, one, now)) perform(work, deps, said, now);
          return work;
        },
        { door: 'routine', lasting: true },
      );
    },
  };
}

/** A closed incident still takes notes and what became of its broadcasts; what would move it needs a new one. */
function refuse(work: Case, input: DeskInput, deps: PipelineDeps): void {
  const { incident } = work.stored;
  if (incident.state === 'closed' && input.type !== 'noted' && input.type !== 'loudspeaker')
    throw new Fault('incident-closed', `incident ${incident.number} is closed`);
  if (input.type === 'handed-on' && !input.anyway && incident.holder?.accountId !== input.accountId)
    throw new Fault('incident-not-yours', incident.holder ? `${incident.holder.name} has it` : 'nobody has it: take it first');
  if (input.type !== 'units-ordered') return;
  const faults = input.unitIds.flatMap((id, index) => {
    const unit = deps.register.unit(id);
    if (!unit) return [{ path: `unitIds.${index}`, message: `there is no unit ${id}` }];
    return unit.status === 'off-duty' ? [{ path: `unitIds.${index}`, message: `unit ${id} is off duty; put it on duty first` }] : [];
  });
  if (faults.length > 0) throw new Fault('body-invalid', 'some units cannot be ordered', faults);
}

/** An incident whose site names a procedure is not closed before its mandatory steps were done, or a supervisor says why not. */
async function holdBack(db: Db, { stored }: Case, input: DeskInput): Promise<void> {
  const { procedure, ticks = {}, number } = stored.incident;
  if (input.type !== 'closed' || input.override !== undefined || !procedure?.binding) return;
  const missing = stepsMissing((await procedureVersion(db, procedure))?.steps ?? [], ticks);
  if (missing.length === 0) return;
  const faults = missing.map(({ id, text }) => ({ path: `steps.${id}`, message: `${text.zh} / ${text.en}` }));
  throw new Fault('steps-missing', `incident ${number}: ${missing.map(({ id }) => id).join(', ')}`, faults);
}

function newsToInput(deps: PipelineDeps, order: StoredOrder, news: OrderNews): IncidentInput {
  const about = { orderId: order.id, unitId: order.unitId, state: order.state };
  switch (news.type) {
    case 'cancelled':
      return { type: 'order-cancelled', ...about, by: news.by };
    case 'undeliverable': {
      return { type: 'order-undeliverable', ...about, bearersLeft: bearersLeft(deps, order), final: news.final, why: news.why };
    }
    default:
      return closed(news);
  }
}

function seenBy(deps: PipelineDeps, asked: NewIncident, now: Instant): Omit<Incident, 'number'> {
  const { register } = deps;
  const camera = asked.cameraId === undefined ? undefined : register.device(asked.cameraId);
  const siteId = asked.siteId ?? camera?.siteId;
  const site = siteId === undefined ? undefined : register.site(siteId);
  const location = asked.location ?? camera?.location ?? site?.location;
  const gridId = site?.gridId ?? (location === undefined ? undefined : register.gridAt(location)?.id);
  const stationId = site?.stationId ?? (gridId === undefined ? undefined : register.grid(gridId)?.stationId);
  return {
    id: uuidv7(now),
    kind: asked.kind,
    priority: asked.priority,
    state: 'open',
    silent: false,
    confirmed: false,
    exercise: asked.exercise ?? site?.exercise ?? false,
    ...(stationId === undefined ? {} : { stationId }),
    ...(siteId === undefined ? {} : { siteId }),
    ...(gridId === undefined ? {} : { gridId }),
    ...(camera === undefined ? {} : { deviceId: camera.id }),
    ...(location === undefined ? {} : { location }),
    openedAt: now,
  };
}
