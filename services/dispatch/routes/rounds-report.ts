import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hours } from '../../alarm/index.ts';
import type { Clock } from '../../ports.ts';
import type { Db } from '../../store/connect.ts';
import type { Register } from '../../store/register-view.ts';
import { type FindingCounts, type RoundsReport, type RunCounts, roundsReport } from '../../store/rounds-report.ts';
import type { Language } from '../../words.ts';
import { staff } from '../roles.ts';
import { id, instant } from './register-schemas.ts';
import { type Lines, reportFormats, sendSheet, spanOf } from './report-sheet.ts';
import { iso } from './rounds.ts';

export interface RoundsReportDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly register: Pick<Register, 'device'>;
  /** Of the station. */
  readonly language: Language;
}

const count = z.number().int();
const runs = { planned: count, extra: count, done: count, missed: count, abandoned: count, open: count };
const findings = { stops: count, nothing: count, note: count, incident: count, cameraFault: count };
const answer = z.object({
  from: z.string(),
  to: z.string(),
  total: z.object(runs),
  rounds: z.array(z.object({ roundId: z.string(), name: z.string(), ...runs })),
  operators: z.array(z.object({ by: z.string(), ...findings })),
  cameras: z.array(z.object({ cameraId: z.string(), name: z.string().exactOptional(), ...findings })),
});
const parts = ['rounds', 'operators', 'cameras'] as const;
const month = hours(24 * 30);

/** What came of the video patrols. */
export const roundsReportRoutes =
  ({ db, clock, register, language }: RoundsReportDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/reports/rounds',
      {
        config: { access: staff },
        schema: {
          tags: ['reports'],
          summary: 'Video patrols of a time: planned, done and missed, and the findings of each operator and camera',
          description: 'With format=csv or xlsx one part of it as a table. The last thirty days when no time is said.',
          querystring: z.strictObject({
            from: instant.exactOptional(),
            to: instant.exactOptional().meta({ description: 'Not included' }),
            stationId: id.exactOptional(),
            format: z.enum(reportFormats).default('json'),
            part: z.enum(parts).default('rounds'),
          }),
          response: { 200: answer.or(z.string()) },
        },
      },
      async (request, reply) => {
        const { format, part, stationId, ...span } = request.query;
        const { from, to } = spanOf(span, clock, month);
        const made = named(await roundsReport(db, { from, to, stationId }), register);
        if (format === 'json') return { from: iso(from), to: iso(to), ...made };
        return sendSheet(reply, format, { name: `rounds-${part}`, lines: sheet(made, part), language });
      },
    );
  };

function named(report: RoundsReport, register: Pick<Register, 'device'>) {
  const cameras = report.cameras.map((row) => {
    const name = register.device(row.cameraId)?.name;
    return { ...row, ...(name === undefined ? {} : { name }) };
  });
  return { total: report.total, rounds: [...report.rounds], operators: [...report.operators], cameras };
}

const runColumns = ['planned', 'extra', 'done', 'missed', 'abandoned', 'open'] as const;
const ofRuns = (counts: RunCounts) => runColumns.map((column) => counts[column]);
const findingColumns = ['stops', 'nothing', 'note', 'incident', 'cameraFault'] as const;
const ofFindings = (counts: FindingCounts) => findingColumns.map((column) => counts[column]);

function sheet({ total, rounds, operators, cameras }: ReturnType<typeof named>, part: (typeof parts)[number]): Lines {
  const of: Readonly<Record<typeof part, () => Lines>> = {
    rounds: () => [
      ['roundId', 'name', ...runColumns],
      ...rounds.map((row) => [row.roundId, row.name, ...ofRuns(row)]),
      ['', '*', ...ofRuns(total)],
    ],
    operators: () => [['by', ...findingColumns], ...operators.map((row) => [row.by, ...ofFindings(row)])],
    cameras: () => [['cameraId', 'name', ...findingColumns], ...cameras.map((row) => [row.cameraId, row.name, ...ofFindings(row)])],
  };
  return of[part]();
}
