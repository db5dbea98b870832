import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dispositions } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Desk } from '../../ports.ts';
import { audit } from '../../store/audit.ts';
import { uuidv7 } from '../../store/ids.ts';
import { findIncident } from '../../store/incident-lists.ts';
import { idsOnShelf } from '../../store/register.ts';
import type { Register } from '../../store/register-view.ts';
import type { Words } from '../../words.ts';
import { incidentBroadcastBody } from '../broadcast-request.ts';
import { type IncidentViewDeps, incidentDetail } from '../incident-view.ts';
import type { Access, Actor } from '../roles.ts';
import { askBroadcast, type ConsentDeps } from '../second-person.ts';
import { answerAsked, askedResponse } from './broadcast-requests.ts';
import { incidentDetailShape } from './incident-shapes.ts';
import { found, idParams, noBody, uuidOf, words } from './parts.ts';
import { id } from './register-schemas.ts';

export interface IncidentActDeps extends Omit<ConsentDeps, 'words'>, Omit<IncidentViewDeps, 'db' | 'words'> {
  readonly desk: Pick<Desk, 'open' | 'act'>;
  readonly register: Register;
  readonly words: Readonly<Record<'zh' | 'en', Pick<Words, 'phrase' | 'phraseIds' | 'entry' | 'step'>>>;
}

export const acts = { roles: ['operator', 'supervisor', 'admin'] } as const satisfies Access;

/** Only a person can have an incident: a program that acts leaves it with whoever has it. */
export const accountOf = ({ kind, id: accountId }: Actor): { accountId?: string } => (kind === 'account' ? { accountId } : {});

const ordersBody = z
  .strictObject({
    unitIds: z.array(id).min(1).max(50).exactOptional(),
    nearest: z.number().int().min(1).max(20).exactOptional().meta({ description: 'So many of the nearest units that hold no order yet' }),
    text: words(500).exactOptional(),
  })
  .refine(({ unitIds, nearest }) => (unitIds === undefined) !== (nearest === undefined), {
    path: ['unitIds'],
    message: 'name unitIds or nearest, and only one of them',
  });

const noteBody = z
  .strictObject({ note: words(2000).exactOptional(), text: words(2000).exactOptional() })
  .refine(({ note, text }) => (note === undefined) !== (text === undefined), { path: ['note'], message: 'is needed' });

const closeBody = z.strictObject({
  disposition: z.enum(dispositions),
  note: words(2000).exactOptional(),
  override: words(500).exactOptional().meta({ description: 'Why mandatory steps of the procedure were left out; only a supervisor may' }),
});

/** What people do to an incident. */
export const incidentActRoutes =
  (deps: IncidentActDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, desk } = deps;
    const config = { access: acts, urgent: true };
    const answers = { params: idParams, response: { 200: incidentDetailShape, 201: incidentDetailShape } };

    app.post('/incidents/:id/acknowledge', { config, schema: { ...answers, body: noBody } }, async (request, reply) => {
      const { actor, params } = request;
      const incident = await desk.act(uuidOf(params.id), { type: 'acknowledged', by: actor.name, ...accountOf(actor) });
      return reply.code(200).send(await incidentDetail(deps, incident.id));
    });

    app.post('/incidents/:id/orders', { config, schema: { ...answers, body: ordersBody } }, async (request, reply) => {
      const incidentId = uuidOf(request.params.id);
      const { unitIds = [], nearest = 0, text } = request.body;
      await checkUnits(db, unitIds);
      const asked = {
        unitIds: [...new Set(unitIds)],
        nearest,
        by: request.actor.name,
        ...accountOf(request.actor),
        request: uuidv7(clock.now()),
        ...(text === undefined ? {} : { text }),
      };
      await desk.act(incidentId, { type: 'units-ordered', ...asked });
      return reply.code(201).send(await incidentDetail(deps, incidentId));
    });

    app.post(
      '/incidents/:id/broadcasts',
      { config, schema: { params: idParams, body: incidentBroadcastBody, response: askedResponse } },
      async (request, reply) => {
        const incident = found(await findIncident(db, uuidOf(request.params.id)), 'incident');
        if (incident.state === 'closed') throw new Fault('incident-closed');
        const { code, body } = answerAsked(await askBroadcast(deps, request.body, request.actor, incident));
        return reply.code(code).send(body);
      },
    );

    app.post('/incidents/:id/notes', { config, schema: { ...answers, body: noteBody } }, async (request, reply) => {
      const { note, text } = request.body;
      const incident = await desk.act(uuidOf(request.params.id), { type: 'noted', by: request.actor.name, note: note ?? text ?? '' });
      return reply.code(201).send(await incidentDetail(deps, incident.id));
    });

    app.post('/incidents/:id/close', { config, schema: { ...answers, body: closeBody } }, async (request, reply) => {
      const { actor, body, params } = request;
      if (body.override !== undefined && !supervises(actor))
        throw new Fault('role-missing', 'Only a supervisor may leave out mandatory steps');
      const incident = await desk.act(uuidOf(params.id), { type: 'closed', by: actor.name, ...body });
      if (body.override !== undefined) {
        const data = { why: body.override, number: incident.number };
        await audit(db, { at: clock.now(), by: actor.name, act: 'incident.steps-left-out', subject: `incidents:${incident.id}`, data });
      }
      return reply.code(200).send(await incidentDetail(deps, incident.id));
    });
  };

export const supervises = ({ roles }: Actor): boolean => roles.includes('supervisor') || roles.includes('admin');

async function checkUnits(db: IncidentActDeps['db'], unitIds: readonly string[]): Promise<void> {
  const known = await idsOnShelf(db, 'units', unitIds);
  const faults = unitIds.flatMap((unitId, index) =>
    known.has(unitId) ? [] : [{ path: `unitIds.${index}`, message: `there is no unit ${unitId}` }],
  );
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
}
