import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Fault } from '../../errors.ts';
import type { Clock, Log } from '../../ports.ts';
import type { Db } from '../../store/connect.ts';
import { eventTypes, neverTold, passingTypes } from '../../store/event-types.ts';
import { type Cursor, compareCursors, forgottenCursor, latestCursor, parseCursor } from '../../store/events.ts';
import type { Live } from '../live.ts';
import { staff } from '../roles.ts';
import { openStream, type StreamClient } from '../stream-client.ts';

export interface StreamDeps {
  readonly db: Db;
  readonly live: Live;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the credential that opened the stream still holds; asked every three seconds. */
  readonly stillSignedIn: (request: FastifyRequest) => Promise<boolean>;
}

const mostClients = 1_000;

const typesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== '');

const typesSchema = z
  .string()
  .max(2000)
  .superRefine((text, ctx) => {
    for (const prefix of typesOf(text)) {
      const message = neverTold(prefix, [...eventTypes, ...passingTypes]);
      if (message !== undefined) ctx.addIssue({ code: 'custom', message });
    }
  });

const querystring = z.strictObject({
  types: typesSchema.exactOptional().meta({
    description:
      'Event types, separated by commas, each as far as it must agree, with or without baiying. unit.moved, register.changed, record.away and record.back, which have no id and are not kept, come only to those who name them: *,unit.moved',
  }),
  lastEventId: z.string().max(100).exactOptional().meta({
    description:
      'The id of the last event that came: those after it come first. As the header Last-Event-ID, for clients that cannot set it. Where that place is unknown or too old, baiying.stream.reset.v1 comes: read the lists anew',
  }),
});

/** Why a client's place cannot be resumed and it must load its pages anew. */
type Reset = 'too-old' | 'unknown';

export const streamRoutes =
  ({ db, live, clock, log, stillSignedIn }: StreamDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const clients = new Set<StreamClient>();

    app.addHook('preClose', async () => {
      for (const client of clients) client.end();
    });

    app.get('/stream', { config: { access: staff }, schema: { querystring, produces: ['text/event-stream'] } }, async (request, reply) => {
      if (clients.size >= mostClients) throw new Fault('overloaded', 'Too many consoles listen already');
      const asked = request.headers['last-event-id'];
      const { cursor, reset } = await placeToStart(db, typeof asked === 'string' && asked !== '' ? asked : request.query.lastEventId);
      const types = typesOf(request.query.types ?? '');
      reply.hijack();
      const client = openStream({
        raw: reply.raw,
        headers: reply.getHeaders(),
        cursor,
        ...(reset === undefined ? {} : { reset }),
        types: types.length === 0 ? ['*'] : types,
        stillSignedIn: () => stillSignedIn(request),
        onEnd: () => clients.delete(client),
        ...{ db, live, clock, log },
      });
      clients.add(client);
      await client.started;
    });
  };

async function placeToStart(db: Db, lastEventId: string | undefined): Promise<{ cursor: Cursor; reset?: Reset }> {
  const latest = await latestCursor(db);
  if (lastEventId === undefined || lastEventId === '') return { cursor: latest };
  const cursor = parseCursor(lastEventId);
  // A place ahead of the record is of a record that has since been restored from a back-up.
  if (!cursor || compareCursors(cursor, latest) > 0) return { cursor: latest, reset: 'unknown' };
  return compareCursors(cursor, await forgottenCursor(db)) < 0 ? { cursor: latest, reset: 'too-old' } : { cursor };
}
