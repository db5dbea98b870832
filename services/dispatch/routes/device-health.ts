import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Language } from '../../words.ts';
import { type ReferenceDeps, takeReference } from '../camera-reference.ts';
import { type DeviceReport, deviceReport, faultTitles, type ReportDeps } from '../device-report.ts';
import { type Access, staff } from '../roles.ts';
import { id } from './register-schemas.ts';
import { type Cell, type Lines, reportFormats, sendSheet } from './report-sheet.ts';

export interface DeviceHealthDeps {
  readonly report: ReportDeps;
  readonly reference: ReferenceDeps;
  readonly language: Language;
}

const installs: Access = { roles: ['installer', 'admin'] };
const light = z.enum(['day', 'night']);
const count = z.number().int();
const coverage = z.object({ cameras: count, good: count, faulty: count, unknown: count, percent: z.number().exactOptional() });
const reportAnswer = z.object({
  at: z.string(),
  maintenance: z.array(
    z.object({
      deviceId: z.string(),
      kind: z.string(),
      name: z.string(),
      fault: z.string(),
      since: z.string(),
      siteId: z.string().exactOptional(),
      siteName: z.string().exactOptional(),
      gridId: z.string().exactOptional(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  coverage: coverage.extend({
    grids: z.array(coverage.extend({ gridId: z.string().exactOptional(), name: z.string().exactOptional() })),
  }),
});

/** What must be mended, and how much is seen. */
export const deviceHealthRoutes =
  ({ report, reference, language }: DeviceHealthDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/reports/device-health',
      {
        config: { access: staff },
        schema: {
          tags: ['reports'],
          summary: 'Devices to be mended, each since when, and how many cameras of each grid are good',
          description: 'With format=csv or xlsx the maintenance list, or with part=coverage the figures of the grids, as a table.',
          querystring: z.strictObject({
            gridId: id.exactOptional(),
            siteId: id.exactOptional(),
            format: z.enum(reportFormats).default('json'),
            part: z.enum(['maintenance', 'coverage']).default('maintenance'),
          }),
          response: { 200: reportAnswer.or(z.string()) },
        },
      },
      async (request, reply) => {
        const { format, part, ...narrow } = request.query;
        const made = await deviceReport(report, narrow);
        if (format === 'json')
          return { ...made, maintenance: [...made.maintenance], coverage: { ...made.coverage, grids: [...made.coverage.grids] } };
        const lines = part === 'coverage' ? coverageLines(made) : maintenanceLines(made, language);
        return sendSheet(reply, format, { name: `device-health-${part}`, lines, language });
      },
    );

    app.post(
      '/cameras/:id/reference',
      {
        config: { access: installs },
        schema: {
          tags: ['cameras'],
          summary: 'Take the picture as it is now for how the camera should look',
          description: 'One by day and one by night. Until then a camera is not judged to be moved, blurred or covered.',
          params: z.object({ id }),
          body: z.strictObject({ light: light.exactOptional().meta({ description: 'What the sun says when not given' }) }).nullish(),
          response: { 201: z.object({ cameraId: z.string(), light, at: z.string(), measures: z.record(z.string(), z.number()) }) },
        },
      },
      async (request, reply) => {
        const taken = await takeReference(reference, request.params.id, request.body?.light, request.actor.name);
        return reply.code(201).send({ ...taken, measures: { ...taken.measures } });
      },
    );
  };

function maintenanceLines({ maintenance }: DeviceReport, language: Language): Lines {
  const titles: Readonly<Record<string, Readonly<Record<Language, string>>>> = faultTitles;
  const head: Lines[0] = ['deviceId', 'kind', 'name', 'siteId', 'siteName', 'gridId', 'fault', 'title', 'since', 'detail'];
  const lines = maintenance.map((item) => [
    ...[item.deviceId, item.kind, item.name, item.siteId, item.siteName, item.gridId, item.fault],
    ...[titles[item.fault]?.[language], item.since, JSON.stringify(item.detail)],
  ]);
  return [head, ...lines];
}

function coverageLines({ coverage: { grids, ...whole } }: DeviceReport): Lines {
  const head: Lines[0] = ['gridId', 'name', 'cameras', 'good', 'faulty', 'unknown', 'percent'];
  const line = ({ gridId, name, cameras, good, faulty, unknown, percent }: DeviceReport['coverage']['grids'][number]): Cell[] => [
    ...[gridId, name, cameras, good, faulty, unknown, percent],
  ];
  return [head, ...[...grids, { name: '*', ...whole }].map(line)];
}
