import type { Db } from '../../store/connect.ts';
import { allSignals, type EvidenceView, hashedEntries } from '../../store/evidence.ts';
import { type FootageView, findFootage } from '../../store/footage-lists.ts';
import type { Register } from '../../store/register-view.ts';
import type { Shelf } from '../footage/shelf.ts';
import { broadcastView } from '../routes/incident-shapes.ts';
import { longestFile } from './zip.ts';

/** What a bundle is made of: tables as JSON, and the pictures and recordings as they lie on the disk. */

/** A part that is not there, and why. */
export interface Missing {
  readonly cameraId: string;
  readonly what: 'still' | 'clip';
  /**
   * `not-taken`: the camera gave nothing. `not-yet`: it is still to come. `elsewhere`: no file here; another process may have it.
   * `taken-out`: the timeline names it and the record does not. Nothing of ours does that: of what is `expired` the row stays.
   */
  readonly reason: 'expired' | 'elsewhere' | 'too-long' | 'not-taken' | 'not-yet' | 'taken-out';
  readonly footageId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly bytes?: number;
  /** As on the timeline, for a copy that may be found elsewhere. */
  readonly sha256?: string;
  readonly removedAt?: string;
}

export interface Part {
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Of a picture or a recording: which it is, and its hash when it was taken. */
  readonly piece?: { readonly footageId: string; readonly recorded: string };
  /** Lets go of what was opened, read or not. */
  readonly close?: () => void;
}

export interface ContentDeps {
  readonly db: Db;
  readonly shelf: Pick<Shelf, 'read'>;
  readonly register: Pick<Register, 'site' | 'station' | 'grid' | 'unit' | 'device'>;
}

/** The tables, in the order in which one reads them. */
export function tablesOf({ db, register }: ContentDeps, view: EvidenceView): readonly Part[] {
  const { incident, chain, cameras, related, orders, broadcasts } = view;
  const names = namesIn(register, view);
  return [
    { path: 'incident.json', content: json({ ...incident, names, cameras, related }) },
    { path: 'timeline.jsonl', content: lines(hashedEntries(db, incident.id, chain.length)) },
    { path: 'signals.jsonl', content: lines(allSignals(db, incident.id)) },
    { path: 'orders.json', content: json(orders) },
    { path: 'broadcasts.json', content: json(broadcasts.map(broadcastView)) },
  ];
}

/** A picture or a recording, opened; or why there is none. */
export async function openPiece({ db, shelf }: ContentDeps, incidentId: string, { id }: FootageView): Promise<Part | Missing> {
  const piece = await findFootage(db, incidentId, id);
  if (!piece) throw new Error(`the footage ${id} has left the record`);
  const { cameraId, what, part, from, to, bytes, sha256, removedAt, file } = piece;
  const without = (reason: Missing['reason']): Missing => ({
    ...{ cameraId, what, reason, footageId: id, from, to, bytes, sha256 },
    ...(removedAt === undefined ? {} : { removedAt }),
  });
  if (removedAt !== undefined) return without('expired');
  if (bytes > longestFile) return without('too-long');
  const content = await shelf.read(file, { start: 0, end: Math.max(0, bytes - 1) });
  if (!content) return without('elsewhere');
  const ending = piece.mediaType === 'image/jpeg' ? 'jpg' : 'mp4';
  const opened = { piece: { footageId: id, recorded: sha256 }, close: () => void content.destroy() };
  const number = String(part + 1).padStart(2, '0');
  return { path: `footage/${cameraId}-${what}-${number}.${ending}`, content, ...opened };
}

/** What the timeline says was attached and the record has no more. */
export function takenOut({ attached, footage }: EvidenceView): readonly Missing[] {
  const held = new Set(footage.map(({ id }) => id));
  return attached.flatMap((one) => (held.has(one.footageId) ? [] : [{ ...one, reason: 'taken-out' as const }]));
}

/** What cameras were asked for and did not give. */
export const notGiven = ({ cameras }: EvidenceView): readonly Missing[] =>
  cameras.flatMap(({ cameraId, still, clip }) =>
    (['still', 'clip'] as const).flatMap((what): Missing[] => {
      const state = what === 'still' ? still : clip;
      if (state === 'missing') return [{ cameraId, what, reason: 'not-taken' }];
      return state === 'owed' ? [{ cameraId, what, reason: 'not-yet' }] : [];
    }),
  );

/** Names as they are now, of what is named by id. */
function namesIn(register: ContentDeps['register'], { incident, cameras, orders, broadcasts }: EvidenceView): Record<string, string> {
  const { siteId, stationId, gridId, deviceId } = incident;
  const devices = [deviceId, ...cameras.map(({ cameraId }) => cameraId), ...orders.map((order) => order.deviceId)];
  const speaking = broadcasts.flatMap(({ targets }) => targets.map((target) => target.deviceId));
  const named = [
    [siteId, register.site(siteId ?? '')],
    [stationId, register.station(stationId ?? '')],
    [gridId, register.grid(gridId ?? '')],
    ...orders.map(({ unitId }) => [unitId, register.unit(unitId)] as const),
    ...[...devices, ...speaking].map((id) => [id, register.device(id ?? '')] as const),
  ] as const;
  return Object.fromEntries(named.flatMap(([id, what]) => (id === undefined || what === undefined ? [] : [[id, what.name]])));
}

export const json = (value: unknown): readonly Buffer[] => [Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`, 'utf8')];

/** JSON Lines, in pieces of some size rather than one for each line. */
async function* lines(rows: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (text.length < 65_536) continue;
    yield Buffer.from(text, 'utf8');
    text = '';
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
}
