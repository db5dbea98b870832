import { closed, type IncidentInput, type Instant } from '../alarm/index.ts';
import type { CameraNews } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { insertCameras, insertPiece, noteLinked, settleCamera } from '../store/footage.ts';

type Said = Extract<IncidentInput, { type: 'camera' }>;

/**
 * Stores what the cameras of an incident gave and answers what its timeline says of it. News that the record has already
 * (a process ended between storing and noting that it had) says nothing again.
 */
export async function storeCameraNews(db: Db, incidentId: string, news: CameraNews, now: Instant): Promise<readonly Said[]> {
  switch (news.type) {
    case 'called-up':
      return calledUp(db, incidentId, news, now);
    case 'turned': {
      const { cameraId: by, preset, grant } = news;
      const fresh = await settleCamera(db, incidentId, by, 'turn', 'done');
      return fresh ? [{ type: 'camera', by, reason: 'camera-turned', data: { preset, grant } }] : [];
    }
    case 'not-turned': {
      const { cameraId: by, reason, why } = news;
      const fresh = await settleCamera(db, incidentId, by, 'turn', 'missing');
      return fresh ? [{ type: 'camera', by, reason, data: { why } }] : [];
    }
    case 'attached':
      return attached(db, incidentId, news, now);
    case 'missing': {
      const { cameraId: by, what, reason, why } = news;
      const fresh = await settleCamera(db, incidentId, by, what, 'missing');
      return fresh ? [{ type: 'camera', by, reason, data: { what, why } }] : [];
    }
    default:
      return closed(news);
  }
}

async function calledUp(
  db: Db,
  incidentId: string,
  { cameras }: Extract<CameraNews, { type: 'called-up' }>,
  now: Instant,
): Promise<readonly Said[]> {
  if (!(await noteLinked(db, [incidentId], now)).has(incidentId)) return [];
  await insertCameras(db, incidentId, cameras, now);
  return cameras.flatMap(({ cameraId: by, reason, distance, preset, turns }): Said[] => [
    { type: 'camera', by, reason, data: distance === undefined ? {} : { distance } },
    ...(preset !== undefined && !turns ? [{ type: 'camera', by, reason: 'camera-kept-still', data: { preset } } as const] : []),
  ]);
}

async function attached(
  db: Db,
  incidentId: string,
  { piece, last }: Extract<CameraNews, { type: 'attached' }>,
  now: Instant,
): Promise<readonly Said[]> {
  const fresh = await insertPiece(db, incidentId, piece, now);
  if (last) await settleCamera(db, incidentId, piece.cameraId, piece.what, 'done');
  if (!fresh) return [];
  const { id, cameraId: by, what, part, sha256, bytes, from, to } = piece;
  const data = { footageId: id, part, sha256, bytes, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return [{ type: 'camera', by, reason: what === 'still' ? 'picture-attached' : 'clip-attached', data }];
}
