import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Duration, type Instant, minutes, answers as orderAnswers } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock, Ear } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import { putDuty } from '../../store/officer-duty.ts';
import { unitOfOrder } from '../../store/officer-orders.ts';
import type { Register } from '../../store/register-view.ts';
import { type Officer, officerOf, officers, speakerOf } from '../officer.ts';
import { officerOrders } from '../officer-view.ts';
import { callerOf } from '../roles.ts';
import { uuidSchema, words } from './parts.ts';
import { instant, line, point } from './register-schemas.ts';

export interface OfficerActDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ear: Ear;
  readonly register: Register;
}

/** An answer older than this when it comes was kept on the phone, out of reach. */
const lateAfter: Duration = minutes(1);

const tags = ['officer'];
const config = { access: officers, urgent: true };
const eventId = line(200).min(1).meta({ description: "The page's own id of this answer: sent again, it is known" });
const taken = z.object({ id: z.string().meta({ description: 'Of the signal' }), late: z.boolean() });

const report = z.strictObject({
  orderId: uuidSchema,
  state: z.enum(orderAnswers),
  at: instant.meta({ description: 'When the officer answered, which may be long before the phone came back into reach' }),
  eventId,
  note: words(500).exactOptional(),
});
const position = z.strictObject({
  ...point.shape,
  accuracy: z.number().min(0).exactOptional().meta({ description: 'Metres' }),
  at: instant.exactOptional(),
});
const emergency = z.strictObject({
  eventId: eventId.exactOptional(),
  at: instant.exactOptional(),
  position: position.exactOptional().meta({ description: 'Where the officer is, in the same breath' }),
});

/** What officers tell through their page. Each is a signal of the unit's phone, and is answered once it is in the record. */
export const officerActRoutes =
  (deps: OfficerActDeps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(reportRoute(deps));
    await app.register(emergencyRoute(deps));
    await app.register(unitRoutes(deps));
  };

const isLate = ({ clock }: OfficerActDeps, at: Instant): boolean => clock.now() - at > lateAfter;

const moved = ({ ear, register, clock }: OfficerActDeps, officer: Officer, { at, ...place }: z.infer<typeof position>): Promise<void> =>
  ear.position(speakerOf(officer, register, clock), { ...place, ...(at === undefined ? {} : { at: Date.parse(at) }) });

const reportRoute =
  (deps: OfficerActDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, clock, ear, register } = deps;
    app.post(
      '/officer/reports',
      { config, schema: { tags, summary: 'Answer an order of the own unit', body: report, response: { 200: taken, 201: taken } } },
      async (request, reply) => {
        const officer = officerOf(request, register);
        const { orderId, state, eventId: id, note } = request.body;
        const at = Date.parse(request.body.at);
        if ((await unitOfOrder(store.desk, orderId)) !== officer.unit.id) throw new Fault('not-found', 'Your unit has no such order');
        const late = isLate(deps, at);
        const data = {
          ...{ orderId, state, officer: officer.name },
          ...(note === undefined ? {} : { note }),
        };
        const fact = { type: 'report', active: true, at, eventId: id, data } as const;
        const accepted = await ear.hear(speakerOf(officer, register, clock), fact, {
          via: 'http',
          ours: { by: callerOf(request.actor), ...(late && { late }) },
        });
        return reply.code(accepted.known ? 200 : 201).send({ id: accepted.signalId, late });
      },
    );
  };

const emergencyRoute =
  (deps: OfficerActDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { clock, ear, register } = deps;
    app.post(
      '/officer/emergency',
      { config, schema: { tags, summary: 'The officer calls for help', body: emergency.nullish(), response: { 200: taken, 201: taken } } },
      async (request, reply) => {
        const officer = officerOf(request, register);
        const { eventId: id, at: said, position: place } = request.body ?? {};
        const at = said === undefined ? undefined : Date.parse(said);
        if (place) await moved(deps, officer, place);
        const fact = {
          ...({ type: 'press', grade: 'emergency', active: true, data: { officer: officer.name } } as const),
          ...(at === undefined ? {} : { at }),
          ...(id === undefined ? {} : { eventId: id }),
        };
        const accepted = await ear.hear(speakerOf(officer, register, clock), fact, { via: 'http', ours: { by: callerOf(request.actor) } });
        return reply.code(accepted.known ? 200 : 201).send({ id: accepted.signalId, late: at !== undefined && isLate(deps, at) });
      },
    );
  };

const unit = officerOrders.shape.unit;
const duty = z.strictObject({ on: z.boolean() });

const unitRoutes =
  (deps: OfficerActDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, clock, register } = deps;
    app.post(
      '/officer/position',
      { config, schema: { tags, summary: 'Where the officer is', body: position, response: { 204: z.undefined() } } },
      async (request, reply) => {
        await moved(deps, officerOf(request, register), request.body);
        return reply.code(204).send();
      },
    );
    app.post(
      '/officer/duty',
      { config, schema: { tags, summary: 'Put the own unit on duty or off duty', body: duty, response: { 200: unit } } },
      async (request, reply) => {
        const officer = officerOf(request, register);
        const by = { by: officer.name, at: clock.now() };
        const { changed } = await putDuty(store, officer.unit.id, request.body.on, officer.phone.id, by);
        await register.touch(...changed);
        const { id, name, status } = register.unit(officer.unit.id) ?? officer.unit;
        return reply.code(200).send({ id, name, status });
      },
    );
  };
