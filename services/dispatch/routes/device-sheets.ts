import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deviceKinds } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { hashSecret, newSecret } from '../../secrets.ts';
import { idsOnShelf, listShelf, plansThere, siteNames } from '../../store/register.ts';
import { insertDevices } from '../../store/register-write.ts';
import { toGb18030 } from '../gb18030.ts';
import { staff } from '../roles.ts';
import { deviceShown } from './device-rules.ts';
import { type Column, columns, csvLine, fault, type RowFault, readSheet, type SheetRow } from './device-sheet.ts';
import { actOf, type RegisterDeps, seen } from './register.ts';
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
const encoding = z
  .enum(['utf-8', 'gb18030'])
  .default('utf-8')
  .meta({ description: 'gb18030 for spreadsheets in Chinese that know no UTF-8; the import takes both' });
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
          description: 'A site is named by its id, or by its name where no other site bears it.',
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
          const some = rows.slice(at, at + hashedAtOnce).map(async ({ input, id: named }) => {
            const secret = newSecret();
            secrets.set(named, secret);
            return { id: named, input, secretHash: await hashSecret(secret, 'device') };
          });
          fresh.push(...(await Promise.all(some)));
        }
        const written = insertDevices(deps.store, fresh, actOf(request, deps), (there) => refuse(clashes(rows, there)));
        const devices = await seen(deps, written, request);
        const items = devices.map((device) => ({ device: deviceShown(device, deps.drivers), secret: secrets.get(device.id) ?? '' }));
        return reply.code(201).header('cache-control', 'no-store').send({ created: items.length, items });
      },
    );
    app.get(
      '/devices/export',
      {
        config: { access: staff },
        schema: {
          tags: ['devices'],
          summary: 'The sheet of all devices',
          querystring: z.strictObject({ ...narrow, encoding }),
          produces: ['text/csv'],
        },
      },
      async (request, reply) => {
        const { encoding: asked, ...wanted } = request.query;
        const sheet = Readable.from(asked === 'gb18030' ? recoded(lines(deps, wanted)) : lines(deps, wanted), { objectMode: false });
        return reply.type(`text/csv; charset=${asked}`).header('content-disposition', 'attachment; filename="devices.csv"').send(sheet);
      },
    );
  };

type GoodRow = SheetRow & Required<Pick<SheetRow, 'input'>>;

/** Everything wrong with the sheet, told at once. @throws Fault `body-invalid` */
async function checked(sheet: Uint8Array, { store, drivers, sealer, clock }: RegisterDeps): Promise<GoodRow[]> {
  const { rows, faults } = readSheet(sheet, { drivers, sealer }, clock.now(), await siteNames(store.desk));
  const named = (of: (row: SheetRow) => string | undefined): string[] => rows.flatMap((row) => of(row) ?? []);
  const there = {
    devices: await idsOnShelf(
      store.desk,
      'devices',
      named((row) => row.id),
    ),
    sites: await idsOnShelf(
      store.desk,
      'sites',
      named((row) => row.siteId),
    ),
    plans: await plansThere(
      store.desk,
      named((row) => row.planId),
    ),
  };
  refuse([...faults, ...clashes(rows, there)]);
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

type There = Readonly<Record<'devices' | 'sites' | 'plans', ReadonlySet<string>>>;

const clashes = (rows: readonly SheetRow[], { devices, sites, plans }: There): RowFault[] =>
  rows.flatMap(({ row, id: named, siteId, planId }) => [
    ...(devices.has(named) ? [fault(row, 'id', `${named} is taken`)] : []),
    ...(siteId !== undefined && !sites.has(siteId) ? [fault(row, 'siteId', `There is no site ${siteId}`)] : []),
    ...(planId !== undefined && !plans.has(`${siteId ?? ''} ${planId}`)
      ? [fault(row, 'planId', `The site of the row has no plan ${planId}`)]
      : []),
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

async function* recoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield toGb18030(text.replace(/^\ufeff/, ''));
}

function cellOf(device: DeviceAnswer, column: Column): string | number | boolean | undefined {
  if (column === 'lat' || column === 'lon') return device.location?.[column];
  if (column === 'planId') return device.plan?.planId;
  if (column === 'planX') return device.plan?.x;
  if (column === 'planY') return device.plan?.y;
  const value = device[column];
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
