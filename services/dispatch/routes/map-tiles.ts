import type { FastifyPluginAsync } from 'fastify';
import { Fault } from '../../errors.ts';
import { partOf } from '../byte-range.ts';
import type { Tiles } from '../map/tiles.ts';
import { found } from './parts.ts';

/** The streets under the map, from one file on our own disk: a console never asks another house for a picture of the town. */
export const mapTilesRoutes =
  (tiles: Tiles): FastifyPluginAsync =>
  async (app) => {
    app.get(
      '/map/tiles.pmtiles',
      {
        config: { access: 'signed-in' },
        schema: { tags: ['map'], summary: 'The file with the streets (PMTiles 3); takes Range', produces: ['application/vnd.pmtiles'] },
      },
      async (request, reply) => {
        const { bytes, etag } = found(await tiles.look(), 'file of tiles; the setting map.tiles names one');
        reply.header('accept-ranges', 'bytes').header('etag', etag).header('cache-control', 'private, no-cache');
        const part = partOf(request.headers.range, bytes);
        if (part.outcome === 'unfit') {
          reply.header('content-range', `bytes */${bytes}`);
          throw new Fault('range-unfit');
        }
        const { start, end } = part.outcome === 'part' ? part : { start: 0, end: bytes - 1 };
        if (part.outcome === 'part') reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes}`);
        return reply
          .type('application/vnd.pmtiles')
          .header('content-length', end - start + 1)
          .send(tiles.read(start, end));
      },
    );
  };
