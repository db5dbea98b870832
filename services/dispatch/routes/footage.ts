import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Duration, minutes } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { findFootage } from '../../store/footage-lists.ts';
import { partOf } from '../byte-range.ts';
import type { Shelf } from '../footage/shelf.ts';
import { seldom } from '../seldom.ts';
import { found, uuidOf } from './parts.ts';

export interface FootageRouteDeps {
  /** `store.desk` */
  readonly db: Db;
  readonly clock: Clock;
  readonly shelf: Shelf;
}

/** A player asks for one file in many parts. */
const oneLook: Duration = minutes(10);

/** The files of incidents. Who looks at one is on the audit trail. */
export const footageRoutes =
  ({ db, clock, shelf }: FootageRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const first = seldom(clock, oneLook);
    app.get(
      '/incidents/:id/footage/:footageId',
      {
        config: { access: { roles: ['operator', 'supervisor', 'admin'] } },
        schema: {
          tags: ['incidents'],
          summary: 'A picture or a recording of an incident; takes Range',
          params: z.object({ id: z.string(), footageId: z.string() }),
          produces: ['image/jpeg', 'video/mp4'],
        },
      },
      async (request, reply) => {
        const { id, footageId } = request.params;
        const piece = found(await findFootage(db, uuidOf(id), uuidOf(footageId)), 'footage');
        if (piece.removedAt !== undefined) throw new Fault('not-found', `It was kept until ${piece.keptUntil} and then removed`);
        reply.header('accept-ranges', 'bytes').header('etag', `"${piece.sha256}"`).header('cache-control', 'private, no-cache');
        const part = partOf(request.headers.range, piece.bytes);
        if (part.outcome === 'unfit') {
          reply.header('content-range', `bytes */${piece.bytes}`);
          throw new Fault('range-unfit');
        }
        const { start, end } = part.outcome === 'part' ? part : { start: 0, end: piece.bytes - 1 };
        const stream = found(
          await shelf.read(piece.file, { start, end }),
          'file; it may lie with another process that has a folder of its own',
        );
        if (first(`${request.actor.id} ${piece.id}`)) {
          const by = { at: clock.now(), by: request.actor.name };
          await audit(db, {
            ...by,
            act: 'footage.viewed',
            subject: `incidents:${id}`,
            data: { footageId: piece.id, sha256: piece.sha256 },
          });
        }
        if (part.outcome === 'part') reply.code(206).header('content-range', `bytes ${start}-${end}/${piece.bytes}`);
        const ending = piece.mediaType === 'image/jpeg' ? 'jpg' : 'mp4';
        return reply
          .type(piece.mediaType)
          .header('content-length', end - start + 1)
          .header('content-disposition', `inline; filename="${piece.id}.${ending}"`)
          .send(stream);
      },
    );
  };
