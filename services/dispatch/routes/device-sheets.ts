import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deviceKinds } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { hashSecret, newSecret } from '../../secrets.ts';
import { idsOnShelf, listShelf } from '../../store/register.ts';
import { insertDevices } from '../../store/register-write.ts';
import { deviceShown } from './device-rules.ts';
import { type Column, columns, csvLine, fault, type RowFault, readSheet, type SheetRow } from './device-sheet.ts';
import { actOf, type RegisterDeps, seen, shortId } from './register.ts';
import { type DeviceAnswer, id, secretAnswer } from './register-schemas.ts';

const largestSheet = 4 * 1024 * 1024;
/** Hashing runs on threads that sign-ins share: so many at once keep two cores busy and leave a gap after each. */
const hashedAtOnce = 8;
const exportPage = 500;

const narrow = {
  kind: z.enum(deviceKinds).exactOptional(),
  siteId: id.exactOptional(),
  unitId: id.exactOptional(),
  stationId: id.exactOptional(),
};
const imported = z.object({ created: z.number(), items: z.array(secretAnswer) });

/** Devices by the sheet: in, all rows or none; and out again. */
export const deviceSheetRoutes =
  (deps: RegisterDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.post(
      '/devices/import',
      {
        bodyLimit: largestSheet,
        config: { access: { roles: ['installer', 'supervisor', 'admin'] } },
        schema: {
          tags: ['devices'],
          summary: 'Register all devices of a sheet, or none',
          consumes: ['text/csv'],
          response: { 201: imported },
        },
      },
      async (request, reply) => {
        if (!Buffer.isBuffer(request.body)) throw new Fault('media-type-unsupported', 'Send the sheet as text/csv');
        const rows = await checked(request.body, deps);
        const secrets = new Map<string, string>();
        const fresh = [];
        for (let at = 0; at < rows.length; at += hashedAtOnce) {
          const some = rows.slice(at, at + hashedAtOnce).map(async ({ input, id: named = shortId() }) => {
            const secret = newSecret();
            secrets.set(named, secret);
            return { id: named, input, secretHash: await hashSecret(secret, 'device') };
          });
          fresh.push(...(await Promise.all(some)));
        }
        const written = insertDevices(deps.store, fresh, actOf(request, deps), (taken, sites) => refuse(clashes(rows, taken, sites)));
        const devices = await seen(deps, written, request);
        const items = devices.map((device) => ({ device: deviceShown(device, deps.drivers), secret: secrets.get(device.id) ?? '' }));
        return reply.code(201).header('cache-control', 'no-store').send({ created: items.length, items });
      },
    );
    app.get(
      '/devices/export',
      {
        config: { access: 'signed-in' },
        schema: { tags: ['devices'], summary: 'The sheet of all devices (text/csv)', querystring: z.strictObject(narrow) },
      },
      async (request, reply) => {
        const sheet = Readable.from(lines(deps, request.query));
        return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="devices.csv"').send(sheet);
      },
    );
  };

type GoodRow = SheetRow & Required<Pick<SheetRow, 'input'>>;

/** Everything wrong with the sheet, told at once. @throws Fault `body-invalid` */
async function checked(sheet: Uint8Array, { store, drivers, clock }: RegisterDeps): Promise<GoodRow[]> {
  const { rows, faults } = readSheet(sheet, drivers, clock.now());
  const taken = await idsOnShelf(
    store.desk,
    'devices',
    rows.flatMap((row) => row.id ?? []),
  );
  const sites = await idsOnShelf(
    store.desk,
    'sites',
    rows.flatMap((row) => row.siteId ?? []),
  );
  refuse([...faults, ...clashes(rows, taken, sites)]);
  return rows.filter((row): row is GoodRow => row.input !== undefined);
}

function refuse(faults: readonly RowFault[]): void {
  if (faults.length > 0)
    throw new Fault(
      'body-invalid',
      `The sheet has ${faults.length === 1 ? 'one fault' : `${faults.length} faults`}; nothing was registered`,
      faults.toSorted((a, b) => a.row - b.row),
    );
}

const clashes = (rows: readonly SheetRow[], taken: ReadonlySet<string>, sites: ReadonlySet<string>): RowFault[] =>
  rows.flatMap(({ row, id: named, siteId }) => [
    ...(named !== undefined && taken.has(named) ? [fault(row, 'id', `${named} is taken`)] : []),
    ...(siteId !== undefined && !sites.has(siteId) ? [fault(row, 'siteId', `There is no site ${siteId}`)] : []),
  ]);

async function* lines({ store, drivers }: RegisterDeps, wanted: Readonly<Record<string, string | undefined>>): AsyncGenerator<string> {
  // Excel takes a file without the mark for the system's own encoding.
  yield `\ufeff${csvLine(columns)}`;
  for (let after: string | undefined; ; ) {
    const devices = await listShelf(store.desk, 'devices', { limit: exportPage, after }, wanted);
    if (devices.length > 0)
      yield devices.map((device) => csvLine(columns.map((column) => cellOf(deviceShown(device, drivers), column)))).join('');
    if (devices.length < exportPage) return;
    after = devices.at(-1)?.id;
  }
}

function cellOf(device: DeviceAnswer, column: Column): string | number | boolean | undefined {
  if (column === 'lat' || column === 'lon') return device.location?.[column];
  const value = device[column];
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
