import { CsvError, parse } from 'csv-parse/sync';
import type { Instant } from '../../alarm/index.ts';
import { Fault, type FieldFault } from '../../errors.ts';
import type { Inputs } from '../../store/register-write.ts';
import { type Accepting, acceptDevice } from './device-rules.ts';
import { shortId } from './register.ts';
import { bodies, id } from './register-schemas.ts';

/** The sheet that installers fill in: CSV as Excel writes it, in English or Chinese, one device a row. */

export const mostRows = 20_000;

/** A fault of one cell. `row` counts as a spreadsheet does: the headings are row 1. */
export interface RowFault extends FieldFault {
  readonly row: number;
  readonly column: string;
}

/** One row as it was read: `input` when nothing is wrong with it on its own. */
export interface SheetRow {
  readonly row: number;
  /** As it was written, or made up. */
  readonly id: string;
  readonly siteId?: string;
  readonly planId?: string;
  readonly input?: Inputs['devices'];
}

export const columns = [
  'id',
  'kind',
  'driver',
  'name',
  'siteId',
  'unitId',
  'lat',
  'lon',
  'settings',
  'supervisionSeconds',
  'testUntil',
  'exercise',
  'planId',
  'planX',
  'planY',
] as const;
export type Column = (typeof columns)[number];
const needed: readonly Column[] = ['kind', 'driver', 'name'];

const chinese: Readonly<Record<string, Column>> = {
  编号: 'id',
  设备编号: 'id',
  类型: 'kind',
  种类: 'kind',
  驱动: 'driver',
  名称: 'name',
  重点单位: 'siteId',
  警力: 'unitId',
  纬度: 'lat',
  经度: 'lon',
  平面图: 'planId',
  图上横向: 'planX',
  图上纵向: 'planY',
  设置: 'settings',
  监测秒数: 'supervisionSeconds',
  测试至: 'testUntil',
  演练: 'exercise',
};
const headings = new Map<string, Column>([...columns.map((column) => [column.toLowerCase(), column] as const), ...Object.entries(chinese)]);
const kinds: Readonly<Record<string, string>> = {
  报警键: 'key',
  报警按钮: 'key',
  摄像机: 'camera',
  摄像头: 'camera',
  电台: 'radio',
  对讲机: 'radio',
  扬声器: 'loudspeaker',
  喇叭: 'loudspeaker',
  音柱: 'loudspeaker',
};
const truths: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  1: true,
  0: false,
  是: true,
  否: false,
};

export const fault = (row: number, column: string, message: string): RowFault => ({
  path: `rows.${row}${column === '' ? '' : `.${column}`}`,
  message: `Row ${row}${column === '' ? '' : `, column ${column}`}: ${message}`,
  row,
  column,
});

/**
 * UTF-8 with or without its mark, else GB18030, which is what a Chinese Excel writes. UTF-8 is tried first: Chinese text
 * in GB18030 is hardly ever valid UTF-8, while the reverse reads as other characters.
 * @throws Fault `body-unreadable`
 */
export function decodeSheet(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/^\ufeff/, '');
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw new Fault('body-unreadable', 'The sheet is neither UTF-8 nor GB18030');
}

/**
 * Reads a whole sheet and finds everything that is wrong in it by itself.
 * @param sites what may stand in the place of a site's id
 * @throws Fault `body-unreadable`; `body-invalid` when the headings or the quoting leave no rows to speak of
 */
export function readSheet(
  bytes: Uint8Array,
  accepting: Accepting,
  now: Instant,
  sites: SiteNames = new Map(),
): { rows: SheetRow[]; faults: RowFault[] } {
  const [heading = [], ...lines] = cells(decodeSheet(bytes));
  const layout = layoutOf(heading);
  const filled = lines.map((line, index) => ({ line, row: index + 2 })).filter(({ line }) => line.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) throw new Fault('body-invalid', undefined, [fault(2, '', 'The sheet has no rows')]);
  if (filled.length > mostRows)
    throw new Fault('body-invalid', undefined, [fault(mostRows + 2, '', `A sheet has ${mostRows} rows at most`)]);
  const faults: RowFault[] = [];
  const rows = filled.map(({ line, row }) => readRow(line, row, layout, { accepting, now, sites, faults }));
  return { rows, faults: [...faults, ...twice(rows)].sort((a, b) => a.row - b.row) };
}

function cells(text: string): string[][] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ',';
  try {
    return parse(text, { delimiter, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = Number(Reflect.get(error, 'records') ?? 0) + 1;
    throw new Fault('body-invalid', undefined, [fault(row, '', `The quoting is broken: ${error.message}`)], { cause: error });
  }
}

function layoutOf(heading: readonly string[]): (Column | undefined)[] {
  const layout = heading.map((title) => headings.get(title.trim().toLowerCase()));
  const faults = [
    ...heading.flatMap((title, index) =>
      layout[index] === undefined && title.trim() !== ''
        ? [fault(1, title.trim(), `Unknown heading; there are: ${columns.join(', ')}`)]
        : [],
    ),
    ...layout.flatMap((column, index) =>
      column !== undefined && layout.indexOf(column) !== index ? [fault(1, column, 'The heading is there twice')] : [],
    ),
    ...needed.filter((column) => !layout.includes(column)).map((column) => fault(1, column, 'The heading is missing')),
  ];
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
  return layout;
}

/** Ids of the sites that bear a name. */
export type SiteNames = ReadonlyMap<string, readonly string[]>;

interface Reading {
  readonly accepting: Accepting;
  readonly now: Instant;
  readonly sites: SiteNames;
  readonly faults: RowFault[];
}

function readRow(
  line: readonly string[],
  row: number,
  layout: readonly (Column | undefined)[],
  { accepting, now, sites, faults }: Reading,
): SheetRow {
  const found: RowFault[] = [];
  const values: Partial<Record<Column, string>> = {};
  for (const [index, cell] of line.entries()) {
    const column = layout[index];
    const value = disarmed(cell).trim();
    if (value === '') continue;
    if (column === undefined) found.push(fault(row, '', `Cell ${index + 1} stands under no heading`));
    else values[column] = value;
  }
  const { siteId: written, ...others } = values;
  const site = siteOf(written, row, sites, found);
  const body = bodies.devices.safeParse(shape({ ...others, ...site }, row, found));
  for (const issue of body.error?.issues ?? []) {
    const column = columnOf(issue.path);
    if (!found.some((known) => known.column === column)) found.push(fault(row, column, issue.message));
  }
  const { id: called = shortId(), planId } = values;
  const accepted = body.data && acceptDevice(body.data, called, accepting, now);
  if (accepted && !accepted.ok) found.push(...accepted.faults.map(({ path, message }) => fault(row, path, message)));
  faults.push(...found);
  const named = {
    row,
    id: called,
    ...site,
    ...(planId === undefined ? {} : { planId }),
  };
  if (found.length > 0 || !accepted?.ok) return named;
  const { id: _id, ...input } = accepted.input as Inputs['devices'] & { id?: string };
  return { ...named, input };
}

/** People know a site by its name; the id takes its place where only one site is called so. */
function siteOf(written: string | undefined, row: number, sites: SiteNames, found: RowFault[]): { readonly siteId?: string } {
  if (written === undefined) return {};
  const [only = written, ...others] = sites.get(written) ?? [];
  if (others.length === 0 && id.safeParse(only).success) return { siteId: only };
  const many = `${others.length + 1} sites are called ${written}: write the id of one`;
  found.push(fault(row, 'siteId', others.length === 0 ? `There is no site ${written}` : many));
  return {};
}

const columnOf = (path: readonly PropertyKey[]): string => {
  const [head, tail] = path;
  if (head === 'location') return String(tail ?? 'lat');
  if (head === 'plan') return { x: 'planX', y: 'planY' }[String(tail)] ?? 'planId';
  return path.map(String).join('.');
};

/** Cells are text; the body has numbers, truths and settings in JSON. */
function shape(values: Partial<Record<Column, string>>, row: number, found: RowFault[]): Record<string, unknown> {
  const { lat: _lat, lon: _lon, planId, planX: _x, planY: _y, settings, supervisionSeconds, exercise, kind, ...texts } = values;
  const number = (column: Column): number | undefined => {
    const cell = values[column];
    if (cell === undefined) return undefined;
    const value = Number(cell);
    if (!Number.isFinite(value)) found.push(fault(row, column, `${cell} is not a number`));
    return value;
  };
  const truth = exercise === undefined ? undefined : truths[exercise.toLowerCase()];
  if (exercise !== undefined && truth === undefined) found.push(fault(row, 'exercise', `${exercise} is neither true nor false`));
  const together = (...of: readonly Column[]): boolean => {
    const missing = of.filter((column) => values[column] === undefined);
    if (missing.length > 0 && missing.length < of.length)
      found.push(...missing.map((column) => fault(row, column, `A place needs all of ${of.join(', ')}`)));
    return missing.length === 0;
  };
  const [seconds, location] = [number('supervisionSeconds'), { lat: number('lat'), lon: number('lon') }];
  const plan = { planId, x: number('planX'), y: number('planY') };
  return {
    ...texts,
    ...(kind === undefined ? {} : { kind: kinds[kind] ?? kind.toLowerCase() }),
    ...(together('lat', 'lon') ? { location } : {}),
    ...(together('planId', 'planX', 'planY') ? { plan } : {}),
    ...(settings === undefined ? {} : { settings: settingsOf(settings, row, found) }),
    ...(seconds === undefined ? {} : { supervisionSeconds: seconds }),
    ...(truth === undefined ? {} : { exercise: truth }),
  };
}

function settingsOf(cell: string, row: number, found: RowFault[]): unknown {
  try {
    return JSON.parse(cell);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    found.push(fault(row, 'settings', 'Not JSON: write for example {"prefix":"tele/key-7"}'));
    return {};
  }
}

function twice(rows: readonly SheetRow[]): RowFault[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ id, row }) => {
    const before = first.get(id);
    if (before !== undefined) return [fault(row, 'id', `${id} is that of row ${before} too`)];
    first.set(id, row);
    return [];
  });
}

/** A spreadsheet runs a cell that begins like this as a formula (CWE-1236); an apostrophe ahead makes it text. */
const formula = /^[=+\-@\t\r]/;
const armed = (cell: string): string => (formula.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell);
const disarmed = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** One line of CSV (RFC 4180) that no spreadsheet takes for formulas. */
export const csvLine = (line: readonly (string | number | boolean | undefined)[]): string =>
  `${line
    .map((value) => armed(value === undefined ? '' : String(value)))
    .map((cell) => (/[",\r\n;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`;
