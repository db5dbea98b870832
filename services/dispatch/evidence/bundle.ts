import { createHash } from 'node:crypto';
import { type Instant, rfc3339 } from '../../alarm/index.ts';
import { pemOf, type Signer } from '../../signing.ts';
import type { EvidenceView } from '../../store/evidence.ts';
import { type ContentDeps, json, type Missing, notGiven, openPiece, type Part, tablesOf, takenOut } from './contents.ts';
import { readMe } from './read-me.ts';
import { openZip, type Zip } from './zip.ts';

/** The form of a bundle; a checker refuses one that it does not know. */
export const bundleForm = 'baiying-evidence/1';

export interface Taking {
  readonly at: Instant;
  readonly by: string;
  readonly version: string;
  readonly signer: Signer;
}

interface Listed {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly footageId?: string;
  readonly recorded?: string;
}

/**
 * One incident as a ZIP, made while it is read: at no time is more of it in memory than a piece. `manifest.json` comes last, with the
 * SHA-256 of every other part, and `manifest.sig` is its signature.
 */
export async function* bundleOf(deps: ContentDeps, view: EvidenceView, taking: Taking): AsyncGenerator<Uint8Array> {
  const { signer } = taking;
  const zip = openZip();
  const parts: Listed[] = [];
  const missing: Missing[] = [];
  const fixed = [
    { path: 'README.txt', content: [Buffer.from(readMe(view.incident), 'utf8')] },
    ...tablesOf(deps, view),
    { path: 'station-key.pem', content: [Buffer.from(pemOf(signer.jwk), 'utf8')] },
  ];
  for (const part of fixed) yield* added(zip, part, parts);
  for (const piece of view.footage) {
    const opened = await openPiece(deps, view.incident.id, piece);
    if ('reason' in opened) missing.push(opened);
    else yield* added(zip, opened, parts);
  }
  missing.push(...takenOut(view), ...notGiven(view));
  const [manifest = Buffer.alloc(0)] = json(manifestOf(view, taking, parts, missing));
  yield* zip.file('manifest.json', [manifest]);
  yield* zip.file('manifest.sig', [signer.sign(manifest)]);
  yield zip.end();
}

async function* added(zip: Zip, { path, content, piece, close }: Part, parts: Listed[]): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* () {
    for await (const some of content) {
      hash.update(some);
      bytes += some.byteLength;
      yield some;
    }
  };
  try {
    yield* zip.file(path, counted());
  } finally {
    close?.();
  }
  parts.push({ path, bytes, sha256: hash.digest('hex'), ...piece });
}

const manifestOf = (
  { incident, chain }: EvidenceView,
  { at, by, version, signer }: Taking,
  parts: readonly Listed[],
  missing: readonly Missing[],
) => ({
  form: bundleForm,
  incident: {
    id: incident.id,
    number: incident.number,
    kind: incident.kind,
    state: incident.state,
    exercise: incident.exercise,
    openedAt: incident.openedAt,
  },
  takenAt: rfc3339(at),
  takenBy: by,
  madeBy: `Baiying ${version}`,
  timeline: { entries: chain.length, head: chain.head },
  key: signer.jwk,
  parts,
  missing,
});
