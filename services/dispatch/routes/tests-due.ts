import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type DeviceKind, type Duration, deviceKinds, hours, rfc3339 } from '../../alarm/index.ts';
import type { Clock, Drivers } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import { type DueTest, testsDue } from '../../store/device-states.ts';
import type { Language } from '../../words.ts';
import { staff } from '../roles.ts';
import { lastTest, testedOut } from './installation.ts';
import { id } from './register-schemas.ts';
import { type Lines, reportFormats, sendSheet } from './report-sheet.ts';

export interface TestsDueDeps {
  readonly store: Pick<Store, 'desk'>;
  readonly clock: Clock;
  readonly drivers: Drivers;
  /** Of the station. */
  readonly language: Language;
}

/** Keys are tried weekly, as the rules of most sites have it; what else there is, monthly. */
const days: Readonly<Record<DeviceKind, number>> = { key: 7, camera: 30, radio: 30, loudspeaker: 30 };
const most = 5000;
const maybe = z.string().exactOptional();

const due = z.object({
  deviceId: id,
  kind: z.enum(deviceKinds),
  name: z.string(),
  siteId: maybe,
  siteName: maybe,
  stationId: maybe,
  registeredAt: z.string(),
  dueAt: z.string(),
  provenAt: maybe,
  lastTest: lastTest.exactOptional(),
});
const answer = z.object({
  at: z.string(),
  everyDays: z.record(z.string(), z.number()),
  items: z.array(due),
  more: z.boolean().meta({ description: 'There are more than are listed: narrow the question' }),
});

/** What must be tested, the longest due first. */
export const testsDueRoutes =
  ({ store, clock, drivers, language }: TestsDueDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/reports/tests-due',
      {
        config: { access: staff },
        schema: {
          tags: ['reports'],
          summary: 'Devices whose test is due: keys weekly, all else monthly',
          description:
            'A press, the test button or a passed walk test prove a key; a passed walk test proves the others. format=csv and xlsx give a table.',
          querystring: z.strictObject({
            kind: z.enum(deviceKinds).exactOptional(),
            siteId: id.exactOptional(),
            stationId: id.exactOptional(),
            days: z.coerce
              .number()
              .int()
              .min(1)
              .max(365)
              .exactOptional()
              .meta({ description: 'Tested so often, instead of what is usual' }),
            ahead: z.coerce.number().int().min(0).max(365).default(0).meta({ description: 'With what falls due within so many days' }),
            format: z.enum(reportFormats).default('json'),
          }),
          response: { 200: answer.or(z.string()) },
        },
      },
      async (request, reply) => {
        const { kind, days: own, ahead, format, siteId, stationId } = request.query;
        const at = clock.now();
        const everyDays = Object.fromEntries(deviceKinds.filter((one) => one === (kind ?? one)).map((one) => [one, own ?? days[one]]));
        const every = Object.fromEntries(Object.entries(everyDays).map(([one, length]): [string, Duration] => [one, hours(24 * length)]));
        const without = drivers.list().flatMap(({ name, dialect }) => (dialect?.carries ? [name] : []));
        const found = await testsDue(store.desk, { by: at + hours(24 * ahead), every, without, siteId, stationId, limit: most + 1 });
        const items = found.slice(0, most);
        if (format === 'json') return { at: rfc3339(at), everyDays, items: items.map(view), more: found.length > most };
        return sendSheet(reply, format, { name: 'tests-due', lines: sheet(items), language });
      },
    );
  };

const view = ({ registeredAt, dueAt, provenAt, lastTest: last, ...rest }: DueTest) => ({
  ...rest,
  registeredAt: rfc3339(registeredAt),
  dueAt: rfc3339(dueAt),
  ...testedOut({ ...(provenAt === undefined ? {} : { provenAt }), ...(last === undefined ? {} : { lastTest: last }) }),
});

function sheet(items: readonly DueTest[]): Lines {
  const head: Lines[0] = [
    'deviceId',
    'kind',
    'name',
    'siteId',
    'siteName',
    'dueAt',
    'provenAt',
    'lastTestAt',
    'lastTestPassed',
    'lastTestBy',
  ];
  const lines = items
    .map(view)
    .map((item) => [
      ...[item.deviceId, item.kind, item.name, item.siteId, item.siteName, item.dueAt, item.provenAt],
      ...[item.lastTest?.at, item.lastTest?.passed, item.lastTest?.by],
    ]);
  return [head, ...lines];
}
