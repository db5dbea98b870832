import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Duration, hours } from '../../alarm/index.ts';
import type { Clock } from '../../ports.ts';
import type { Db } from '../../store/connect.ts';
import {
  falseAlarms,
  type HotSpot,
  hotSpots,
  type IncidentSpan,
  type ResponseTimes,
  responseTimes,
  type Spread,
} from '../../store/incident-reports.ts';
import type { Register } from '../../store/register-view.ts';
import type { Language } from '../../words.ts';
import { staff } from '../roles.ts';
import { id, instant } from './register-schemas.ts';
import type { Column } from './report-columns.ts';
import { type Cell, type Lines, reportFormats, sendSheet, spanOf } from './report-sheet.ts';
import { iso } from './rounds.ts';

export interface IncidentReportDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly register: Pick<Register, 'device' | 'site' | 'grid' | 'station'>;
  /** The station's time zone. */
  readonly zone: string;
  /** Of the station. */
  readonly language: Language;
}

const count = z.number().int();
const seconds = z.number().exactOptional();
const name = z.string().exactOptional().meta({ description: 'Left out where it is gone' });
const spread = z.object({ count, p50: seconds, p90: seconds, longest: seconds }).meta({ description: 'Seconds from the opening' });
const times = z.object({ incidents: count, acknowledged: spread, dispatched: spread, arrived: spread });
const spot = z.object({ id, name, incidents: count, before: count.meta({ description: 'Of the time before, of the same length' }) });
const hour = z.object({ weekday: count.meta({ description: '1 is Monday' }), hour: count, incidents: count });
const verdicts = { closed: count, genuine: count, false: count, test: count, duplicate: count, nonPolice: count };

const asked = z.strictObject({
  from: instant.exactOptional(),
  to: instant.exactOptional().meta({ description: 'Not included; now when not said' }),
  stationId: id.exactOptional(),
  exercise: z.enum(['false', 'true']).default('false').meta({ description: 'Of exercises alone' }),
  format: z.enum(reportFormats).default('json'),
});
const week = hours(24 * 7);
const month = hours(24 * 30);

const within = (query: z.infer<typeof asked>, clock: Clock, usual: Duration): IncidentSpan => ({
  ...spanOf(query, clock, usual),
  ...{ stationId: query.stationId, exercise: query.exercise === 'true' },
});
const said = ({ from, to }: IncidentSpan) => ({ from: iso(from), to: iso(to) });
const bounds = { from: z.string(), to: z.string() };
const tags = ['reports'];

/** What is asked of a command room again and again: how soon somebody came, where it happens, and how many calls were for nothing. */
export const incidentReportRoutes =
  (deps: IncidentReportDeps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(timesRoute(deps));
    await app.register(spotsRoute(deps));
    await app.register(falseRoute(deps));
  };

const timesAnswer = z.object({ ...bounds, total: times, stations: z.array(times.extend({ stationId: id.exactOptional(), name })) });

const timesRoute =
  ({ db, clock, register, language }: IncidentReportDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const summary = 'How long incidents waited for an answer, a unit and an arrival, by station';
    const description =
      'Without those that turned out to be tests or duplicates. The last thirty days when no time is said. With format=csv or xlsx as a table.';
    const schema = { tags, summary, description, querystring: asked, response: { 200: timesAnswer.or(z.string()) } };
    app.get('/reports/response-times', { config: { access: staff }, schema }, async ({ query }, reply) => {
      const span = within(query, clock, month);
      const rows = await responseTimes(db, span);
      const total = timesShown(rows.find(({ whole }) => whole) ?? nothing);
      const stations = rows
        .filter(({ whole }) => !whole)
        .map(({ stationId, ...row }) => ({
          ...(stationId !== null && { stationId, ...named(register.station(stationId)) }),
          ...timesShown(row),
        }));
      if (query.format === 'json') return { ...said(span), total, stations };
      return sendSheet(reply, query.format, {
        name: 'response-times',
        lines: timesLines([...stations, { name: '*', ...total }]),
        language,
      });
    });
  };

const noSpread: Spread = { count: 0, p50: null, p90: null, longest: null };
const nothing: ResponseTimes = { incidents: 0, acknowledged: noSpread, dispatched: noSpread, arrived: noSpread };
const steps = ['acknowledged', 'dispatched', 'arrived'] as const;

const tenth = (value: number): number => Math.round(value * 10) / 10;
const shown = ({ count, p50, p90, longest: most }: Spread): z.infer<typeof spread> => ({
  count,
  ...(p50 !== null && { p50: tenth(p50) }),
  ...(p90 !== null && { p90: tenth(p90) }),
  ...(most !== null && { longest: tenth(most) }),
});
const timesShown = ({ incidents, acknowledged, dispatched, arrived }: ResponseTimes): z.infer<typeof times> => ({
  ...{ incidents, acknowledged: shown(acknowledged), dispatched: shown(dispatched), arrived: shown(arrived) },
});

function timesLines(rows: readonly (z.infer<typeof times> & { readonly stationId?: string; readonly name?: string })[]): Lines {
  const head = steps.flatMap((step): Column[] => [step, `${step} p50 s`, `${step} p90 s`, `${step} longest s`]);
  const line = (row: (typeof rows)[number]): Cell[] => [
    ...[row.stationId, row.name, row.incidents],
    ...steps.flatMap((step) => [row[step].count, row[step].p50, row[step].p90, row[step].longest]),
  ];
  return [['stationId', 'name', 'incidents', ...head], ...rows.map(line)];
}

const spotsAnswer = z.object({ ...bounds, sites: z.array(spot), grids: z.array(spot), hours: z.array(hour) });

const spotsRoute =
  ({ db, clock, register, zone, language }: IncidentReportDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const summary = 'Where and when incidents happen: the fifty busiest sites and grids beside the time before, and the hours of the week';
    const description =
      'Without false alarms, tests and duplicates. Hours are of the wall clock of BAIYING_TIME_ZONE. The last seven days when no time is said. With format=csv or xlsx one part as a table.';
    const querystring = asked.extend({ part: z.enum(['sites', 'grids', 'hours']).default('sites') });
    const schema = { tags, summary, description, querystring, response: { 200: spotsAnswer.or(z.string()) } };
    app.get('/reports/hot-spots', { config: { access: staff }, schema }, async ({ query }, reply) => {
      const span = within(query, clock, week);
      const found = await hotSpots(db, span, zone);
      const sites = found.sites.map((one) => ({ ...one, ...named(register.site(one.id)) }));
      const grids = found.grids.map((one) => ({ ...one, ...named(register.grid(one.id)) }));
      const hours = [...found.hours];
      if (query.format === 'json') return { ...said(span), sites, grids, hours };
      const lines = { sites: () => spotLines(sites), grids: () => spotLines(grids), hours: () => hourLines(hours) }[query.part]();
      return sendSheet(reply, query.format, { name: `hot-spots-${query.part}`, lines, language });
    });
  };

const named = (found: { readonly name: string } | undefined) => (found === undefined ? {} : { name: found.name });
const spotLines = (spots: readonly (HotSpot & { readonly name?: string })[]): Lines => [
  ['id', 'name', 'incidents', 'before'],
  ...spots.map((one) => [one.id, one.name, one.incidents, one.before]),
];
const hourLines = (rows: readonly z.infer<typeof hour>[]): Lines => [
  ['weekday', 'hour', 'incidents'],
  ...rows.map((row) => [row.weekday, row.hour, row.incidents]),
];

const ofDevice = z.object({ deviceId: id, name, siteId: id.exactOptional(), siteName: name, ...verdicts });
const falseAnswer = z.object({ ...bounds, total: z.object(verdicts), devices: z.array(ofDevice) });

const falseRoute =
  ({ db, clock, register, language }: IncidentReportDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const summary = 'What closed incidents turned out to be, by the device that called; the most false alarms first';
    const description = 'The last thirty days when no time is said. With format=csv or xlsx as a table.';
    const schema = { tags, summary, description, querystring: asked, response: { 200: falseAnswer.or(z.string()) } };
    app.get('/reports/false-alarms', { config: { access: staff }, schema }, async ({ query }, reply) => {
      const span = within(query, clock, month);
      const { total, devices: rows } = await falseAlarms(db, span);
      const devices = rows.map((row) => ({ ...row, ...named(register.device(row.deviceId)), ...siteOf(register, row.deviceId) }));
      if (query.format === 'json') return { ...said(span), total, devices };
      return sendSheet(reply, query.format, { name: 'false-alarms', lines: falseLines(devices, total), language });
    });
  };

function siteOf(register: IncidentReportDeps['register'], deviceId: string): { siteId?: string; siteName?: string } {
  const site = register.site(register.device(deviceId)?.siteId ?? '');
  return site ? { siteId: site.id, siteName: site.name } : {};
}

const kinds = ['closed', 'genuine', 'false', 'test', 'duplicate', 'nonPolice'] as const;
const falseLines = (devices: readonly z.infer<typeof ofDevice>[], total: z.infer<typeof falseAnswer>['total']): Lines => [
  ['deviceId', 'name', 'siteId', 'siteName', ...kinds],
  ...devices.map((row) => [row.deviceId, row.name, row.siteId, row.siteName, ...kinds.map((kind) => row[kind])]),
  ['', '*', '', '', ...kinds.map((kind) => total[kind])],
];
