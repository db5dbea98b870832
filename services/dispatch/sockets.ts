import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { milliseconds } from '../alarm/index.ts';
import type { Clock } from '../ports.ts';

/** Of what a page sends us over a WebSocket: a command, or a piece of speech. */
const largestMessage = 64 * 1024;
/** A page that does not answer our farewell must not hold up a stop. */
const farewell = milliseconds(500);

/**
 * Lets routes be WebSockets. They pass the same hooks as every request before the upgrade, so the guard of access.ts
 * stands before them, with its check of the Origin. Must come before every route.
 */
export async function openSockets(app: FastifyInstance, clock: Clock): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: largestMessage },
    errorHandler: (error, socket, request) => {
      request.log.debug({ err: error }, 'a WebSocket broke');
      socket.terminate();
    },
    preClose(done) {
      const { websocketServer } = app;
      const open = [...websocketServer.clients];
      for (const socket of open) socket.close(1001, 'the service stops');
      const cut = () => {
        for (const socket of open) socket.terminate();
      };
      if (open.length > 0) clock.after('farewell of WebSockets', farewell, cut);
      websocketServer.close();
      done();
    },
  });
}
