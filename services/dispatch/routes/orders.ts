import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { orderStates } from '../../alarm/index.ts';
import type { Desk } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import { findOrder, listOrders } from '../../store/incident-lists.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Access, staff } from '../roles.ts';
import { orderShape } from './incident-shapes.ts';
import { found, idParams, noBody, someOf, uuidOf, uuidSchema } from './parts.ts';
import { id } from './register-schemas.ts';

export interface OrderRouteDeps {
  readonly db: Store['desk'];
  readonly desk: Pick<Desk, 'order'>;
}

const acts: Access = { roles: ['operator', 'supervisor', 'admin'] };

export const orderRoutes =
  ({ db, desk }: OrderRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const querystring = z.strictObject({
      ...pageQuery,
      incidentId: uuidSchema.exactOptional(),
      unitId: id.exactOptional(),
      state: someOf(orderStates).exactOptional(),
    });

    app.get('/orders', { config: { access: staff }, schema: { querystring, response: { 200: pageOf(orderShape) } } }, async (request) => {
      const { limit, cursor, state, ...narrow } = request.query;
      const after = readCursor(cursor, uuidSchema);
      const rows = await listOrders(db, {
        ...narrow,
        limit: limit + 1,
        ...(after && { after }),
        ...(state && { states: state.split(',') }),
      });
      return page(rows, limit, (row) => row.id);
    });

    app.get('/orders/:id', { config: { access: staff }, schema: { params: idParams, response: { 200: orderShape } } }, async (request) =>
      found(await findOrder(db, uuidOf(request.params.id)), 'order'),
    );

    app.post(
      '/orders/:id/cancel',
      { config: { access: acts, urgent: true }, schema: { params: idParams, body: noBody, response: { 200: orderShape } } },
      async (request, reply) => {
        const orderId = uuidOf(request.params.id);
        found(await findOrder(db, orderId), 'order');
        await desk.order(orderId, { type: 'cancelled', by: request.actor.name });
        return reply.code(200).send(found(await findOrder(db, orderId), 'order'));
      },
    );
  };
