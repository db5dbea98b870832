import type { FastifyReply } from 'fastify';
import { type Duration, hours } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import type { Language } from '../../words.ts';
import { csvLine } from './device-sheet.ts';
import { type Column, columnTitles } from './report-columns.ts';

/** A report as a table. */
export interface Sheet {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly lines: Lines;
  /** Of what a workbook has over its columns. */
  readonly language: Language;
}
export type Cell = string | number | boolean | undefined;
export type Lines = readonly [head: readonly Column[], ...rows: readonly (readonly Cell[])[]];

/** What a report is asked for as. */
export const reportFormats = ['json', 'csv', 'xlsx'] as const;

const longest = hours(24 * 400);

/** The time that a report is of. @param usual how long it is when nobody says. @throws Fault `body-invalid` */
export function spanOf(query: { readonly from?: string; readonly to?: string }, clock: Clock, usual: Duration) {
  const to = query.to === undefined ? clock.now() : Date.parse(query.to);
  const from = query.from === undefined ? to - usual : Date.parse(query.from);
  if (from >= to || to - from > longest)
    throw new Fault('body-invalid', undefined, [{ path: 'query.from', message: 'must be before to, and 400 days before it at most' }]);
  return { from, to };
}

/** Excel takes a file without the mark for the system's own encoding. */
const mark = '\ufeff';
const types = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

export async function sendSheet(reply: FastifyReply, format: keyof typeof types, { name, lines, language }: Sheet): Promise<FastifyReply> {
  const bytes = format === 'csv' ? Buffer.from(mark + lines.map(csvLine).join('')) : await workbook(titled(lines, language));
  return reply.type(types[format]).header('content-disposition', `attachment; filename="${name}.${format}"`).send(bytes);
}

const titled = ([head, ...rows]: Lines, language: Language): readonly (readonly Cell[])[] => [
  head.map((column) => columnTitles[column][language]),
  ...rows,
];

async function workbook(lines: readonly (readonly Cell[])[]): Promise<Buffer> {
  // Asked for once a week, so no start waits for it.
  const { default: write } = await import('write-excel-file/node');
  // Text stays text: what begins with = is no formula.
  const cells = lines.map((line, index) =>
    line.map((cell) => {
      if (cell === undefined || cell === '') return null;
      if (typeof cell === 'number') return { type: Number, value: cell };
      return { type: String, value: String(cell), ...(index === 0 && { fontWeight: 'bold' as const }) };
    }),
  );
  return write(cells, { stickyRowsCount: 1 }).toBuffer();
}
