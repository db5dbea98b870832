import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Fault } from '../../errors.ts';
import type { Clock, Log } from '../../ports.ts';
import { audit } from '../../store/audit.ts';
import { findBroadcast } from '../../store/broadcast-lists.ts';
import type { StoredBroadcast } from '../../store/broadcasts.ts';
import type { Db } from '../../store/connect.ts';
import type { AnnounceDeps } from '../announce.ts';
import { openLiveTalk } from '../live-talk.ts';
import type { Access } from '../roles.ts';
import { hearMicrophone, soundFormats } from '../talk-socket.ts';
import { found, idParams, uuidOf } from './parts.ts';

export interface TalkRouteDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly announce: AnnounceDeps;
  readonly stillSignedIn: (request: FastifyRequest) => Promise<boolean>;
}

const acts: Access = { roles: ['operator', 'supervisor', 'admin'] };
const querystring = z.strictObject({
  format: z.enum(soundFormats).default('pcm').meta({ description: '8,000 samples a second, one channel: 16 bit little endian, or G.711' }),
});

/** The operator's microphone. The guard of access.ts has checked credential, role and Origin before the upgrade. */
export const talkRoutes =
  (deps: TalkRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, log, announce } = deps;
    app.route({
      method: 'GET',
      url: '/broadcasts/:id/talk',
      config: { access: acts, actsOrLooks: true },
      schema: {
        summary: 'Speak to the loudspeakers of a live broadcast (WebSocket)',
        description:
          'Send sound as binary messages, then the text message `end` or close. JSON text messages tell of each loudspeaker: waiting, talking, ended. Three minutes at most; five seconds without sound end it.',
        params: idParams,
        querystring,
      },
      // What is refused is refused before the upgrade, as a problem document.
      preHandler: async (request) => {
        const broadcast = await talkable(db, request);
        if (!request.ws) return;
        const data = { loudspeakers: broadcast.targets.length, ...(broadcast.incidentId && { incidentId: broadcast.incidentId }) };
        await audit(db, { at: clock.now(), by: request.actor.name, act: 'broadcast.talked', subject: `broadcasts:${broadcast.id}`, data });
      },
      handler: (_request, reply) => reply.code(426).header('upgrade', 'websocket').send(),
      wsHandler: async (socket, request) => {
        // Sound that comes while the record is asked must not be lost.
        socket.pause();
        const broadcast = await talkable(db, request);
        const { format } = querystring.parse(request.query);
        const talking = hearMicrophone({
          ...{ socket, format, clock, log },
          open: (tell) => openLiveTalk(broadcast, announce, tell),
          stillSignedIn: () => deps.stillSignedIn(request),
        });
        socket.resume();
        await talking;
      },
    });
  };

/** @throws Fault `not-found`; `role-missing` of another's talk; `broadcast-ended` */
async function talkable(db: Db, request: FastifyRequest): Promise<StoredBroadcast> {
  const { id } = idParams.parse(request.params);
  const broadcast = found(await findBroadcast(db, uuidOf(id)), 'broadcast');
  if (!broadcast.live) throw new Fault('not-found', 'This broadcast has words of its own; ask for one with live: true');
  if (broadcast.requestedBy !== request.actor.name) throw new Fault('role-missing', 'Only the person who asked for a talk may speak');
  if (!broadcast.targets.some(({ state }) => state === 'queued')) throw new Fault('broadcast-ended');
  return broadcast;
}
