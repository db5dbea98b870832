import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Fact } from '../../../devices/driver.ts';
import { answersAnOrder, grades, rfc3339, type SignalType, signalTypes } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock, Drivers, Ear, Speaker } from '../../ports.ts';
import { audit } from '../../store/audit.ts';
import type { Store } from '../../store/connect.ts';
import type { Device, Register } from '../../store/register-view.ts';
import { getSignal, type ListedSignal, listSignals } from '../../store/signal-lists.ts';
import { mayAct } from '../access.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Access, callerOf, mayUse, staff } from '../roles.ts';
import { acts } from './incident-acts.ts';
import { openRecord, uuidSchema } from './parts.ts';
import { id, instant, line } from './register-schemas.ts';

export interface SignalDeps {
  readonly store: Store;
  readonly register: Pick<Register, 'deviceOrLoad' | 'inExercise'>;
  readonly drivers: Pick<Drivers, 'find'>;
  readonly ear: Ear;
  readonly clock: Clock;
}

/** What only Baiying itself concludes: that a device went silent, that its message could not be read. */
const concluded = ['silence', 'unparsed'] as const;
type Told = Exclude<SignalType, (typeof concluded)[number]>;
const told = signalTypes.filter((type): type is Told => !(concluded as readonly string[]).includes(type));

/** As the broker's limit for one message. */
const mostData = 16 * 1024;

const body = z.strictObject({
  deviceId: z.string().min(1).max(64),
  type: z.enum(told),
  at: instant.exactOptional().meta({ description: "The device's own clock" }),
  eventId: line(200).min(1).exactOptional().meta({ description: 'One event has one id: sent again, it is known' }),
  data: openRecord.refine((data) => JSON.stringify(data).length <= mostData, `must be ${mostData} bytes at most`).exactOptional(),
  grade: z.enum(grades).exactOptional(),
  active: z.boolean().exactOptional().meta({ description: 'false is the end of an activity' }),
});

const tells: Access = { roles: ['integrator', 'operator', 'supervisor', 'installer', 'admin'] };
/** Who may run the system behind a radio that answers over HTTP. */
const gateways: Access = { roles: ['integrator', ...acts.roles] };

const signal = z
  .object({
    id: z.string(),
    deviceId: z.string(),
    type: z.string(),
    eventId: z.string().exactOptional(),
    at: z.string(),
    receivedAt: z.string(),
    incidentId: z.string().exactOptional(),
    grade: z.string().exactOptional(),
    active: z.boolean(),
    count: z.number().meta({ description: 'How often it was told while it lasted' }),
    lastAt: z.string(),
    exercise: z.boolean(),
    via: z.string(),
    by: z
      .object({ kind: z.enum(['account', 'api-key']), id: z.string(), name: z.string() })
      .exactOptional()
      .meta({ description: 'Who told it over HTTP' }),
    data: openRecord.meta({ description: 'What the device, or the program in its place, told besides' }),
    ours: openRecord.exactOptional().meta({
      description: 'What Baiying itself says of it: `firstOrders` units sent while the record was away, `late`, `retained`, `mark`',
    }),
  })
  .meta({ id: 'Signal' });

const query = z.strictObject({
  ...pageQuery,
  deviceId: id.exactOptional(),
  type: z.enum(signalTypes).exactOptional(),
  since: instant.exactOptional(),
  incidentId: uuidSchema.exactOptional(),
});
const place = z.tuple([z.iso.datetime(), uuidSchema]);

/** What devices told, and the door for systems that tell for a device of theirs. */
export const signalRoutes =
  (deps: SignalDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/signals',
      {
        config: { access: staff },
        schema: { tags: ['signals'], summary: 'Signals, newest first', querystring: query, response: { 200: pageOf(signal) } },
      },
      async (request) => {
        const { limit, cursor, since, ...narrow } = request.query;
        const [receivedAt, last] = readCursor(cursor, place) ?? [];
        const before = receivedAt === undefined || last === undefined ? undefined : { receivedAt: new Date(receivedAt), id: last };
        const rows = await listSignals(deps.store.desk, {
          ...narrow,
          limit: limit + 1,
          since: since === undefined ? undefined : new Date(since),
          before,
        });
        return page(rows.map(shown), limit, (item) => [item.receivedAt, item.id]);
      },
    );
    await app.register(doorRoute(deps));
  };

const doorRoute =
  (deps: SignalDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, ear } = deps;
    app.post(
      '/signals',
      {
        config: { access: tells, urgent: true },
        schema: {
          tags: ['signals'],
          summary: 'Tell a signal for a device',
          description:
            'An answer to an order or a broadcast (`report`, `playback`) is taken from whoever may order, and for a radio of driver `webhook` from the system behind it.',
          body,
          response: { 200: signal, 201: signal },
        },
      },
      async (request, reply) => {
        const { deviceId, type, at, eventId, data = {}, grade, active = true } = request.body;
        const fact = {
          type,
          active,
          data,
          ...(at === undefined ? {} : { at: Date.parse(at) }),
          ...(eventId === undefined ? {} : { eventId }),
          ...(grade === undefined ? {} : { grade }),
        };
        const device = await deps.register.deviceOrLoad(deviceId);
        if (!device) throw new Fault('body-invalid', undefined, [{ path: 'deviceId', message: `There is no device ${deviceId}` }]);
        const answers = answersAnOrder(type);
        if (answers) refuseStranger(request, device, deps);
        const accepted = await ear.hear(speakerOf(device, deps), fact, { via: 'http', ours: { by: callerOf(request.actor) } });
        if (answers && !accepted.known) await note(request.actor.name, accepted.signalId, fact, device, deps);
        const row = await getSignal(store.desk, accepted.signalId);
        if (!row) throw new Fault('internal', `signal ${accepted.signalId} was accepted and is not in the record`);
        return reply.code(accepted.known ? 200 : 201).send(shown(row));
      },
    );
  };

const speakerOf = (device: Device, { register, clock }: SignalDeps): Speaker => ({
  id: device.id,
  kind: device.kind,
  exercise: register.inExercise(device) || (device.testUntil ?? 0) > clock.now(),
});

/** An answer stops the clock of an incident: it is the device's own to give, or that of somebody who may act for the officers. */
function refuseStranger(request: FastifyRequest, { id: deviceId, kind, driver }: Device, { drivers }: SignalDeps): void {
  const ownWay = drivers.find(kind, driver)?.answersOverHttp && mayUse(gateways, request.actor.roles);
  if (ownWay || mayAct(request, acts)) return;
  const those = acts.roles.join(', ');
  throw new Fault('role-missing', `${deviceId} answers by itself, over its own line; in its place may answer whoever may order: ${those}`);
}

const note = (by: string, signalId: string, { type, data }: Fact, { id }: Device, { store, clock }: SignalDeps): Promise<void> =>
  audit(store.desk, {
    ...{ at: clock.now(), by, act: 'signal.told', subject: `devices:${id}` },
    data: { id: signalId, kind: type, about: named(data['orderId'] ?? data['broadcastId']), state: named(data['state']) },
  });

/** No id and no state is longer; whatever else somebody wrote there is with the signal. */
const named = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 64).toWellFormed() : undefined);

const some = <K extends string, V>(key: K, value: V | null): { readonly [P in K]?: V } =>
  (value === null ? {} : { [key]: value }) as { readonly [P in K]?: V };

const shown = (row: ListedSignal): z.infer<typeof signal> => {
  const { by, ...ours } = row.ours ?? {};
  return {
    id: row.id,
    deviceId: row.device_id,
    type: row.type,
    ...some('eventId', row.event_id),
    at: rfc3339(row.at.getTime()),
    receivedAt: rfc3339(row.received_at.getTime()),
    ...some('incidentId', row.incident_id),
    ...some('grade', row.grade),
    active: row.active,
    count: row.count,
    lastAt: rfc3339(row.last_at.getTime()),
    exercise: row.exercise,
    via: row.via,
    ...(by && { by }),
    data: row.data,
    ...(Object.keys(ours).length === 0 ? {} : { ours: { ...ours } }),
  };
};
