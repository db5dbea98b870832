import { type Container, type File, openContainer } from './container.ts';
import { isSigned, thumbprint } from './hashing.ts';
import { type Listed, type Manifest, readManifest } from './manifest.ts';
import type { Fault, Report, Source } from './report.ts';
import { checkTimeline, type Told } from './timeline.ts';

/**
 * Checks a bundle of evidence with nothing but the bundle: every byte of the container, every part against the manifest, the manifest
 * against its signature, the timeline against its hashes. It shares no code with what makes bundles, only their form
 * (docs/decisions/0032-evidence.md).
 */

export interface Asked {
  /** The names of the station's keys: one of them must have signed it. */
  readonly kids?: readonly string[];
  /** When keys of the station were retired (RFC 3339), by their names. */
  readonly retired?: ReadonlyMap<string, string>;
  /** Told of each part before it is read. */
  readonly tell?: (path: string, part: number, of: number) => void;
}

/** The manifest and its signature, which the manifest cannot list. */
const above = ['manifest.json', 'manifest.sig'];

export async function checkBundle(source: Source, { tell, ...known }: Asked = {}): Promise<Report> {
  const container = await openContainer(source);
  if (!container) return { good: false, faults: [{ code: (await begins(source)) ? 'cut-short' : 'not-a-bundle' }] };
  const files = new Map(container.files.map((file) => [file.path, file]));
  const faults: Fault[] = headerFaults(container, files);
  const manifestFile = files.get('manifest.json');
  if (!manifestFile) return { good: false, faults: [...faults, { code: 'not-a-bundle' }] };
  const bytes = await contentOf(source, manifestFile);
  const manifest = readManifest(new TextDecoder().decode(bytes));
  const sums = await checkSums(source, container.files, tell);
  faults.push(...sums.faults);
  if (!manifest) return { good: false, faults: [...faults, { code: 'manifest-unreadable', path: 'manifest.json' }] };
  const signature = files.get('manifest.sig');
  faults.push(...(await keyFaults(manifest, bytes, signature && (await contentOf(source, signature)), known)));
  faults.push(...partFaults(manifest.parts, files, sums.hashes));
  const timeline = files.get('timeline.jsonl');
  const chain = timeline && (await checkTimeline(source, timeline, manifest.incident.id, manifest.timeline));
  if (chain) faults.push(...chain.faults, ...pictureFaults(manifest.parts, chain.footage), ...absenceFaults(manifest, chain.footage));
  const once = [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
  return {
    good: once.length === 0,
    faults: once,
    bundle: faceOf(manifest),
    key: { kid: manifest.key.kid, pinned: known.kids !== undefined },
  };
}

const faceOf = ({ incident, takenAt, takenBy, timeline, parts, missing }: Manifest): NonNullable<Report['bundle']> => ({
  incident,
  takenAt,
  takenBy,
  entries: timeline.entries,
  parts: parts.length,
  missing,
});

async function begins(source: Source): Promise<boolean> {
  const [p, k] = await source.read(0, Math.min(2, source.size));
  return p === 0x50 && k === 0x4b;
}

/** A manifest longer than this is none. */
const longestText = 2 ** 26;
const contentOf = (source: Source, { start, end }: File) => source.read(start, Math.min(end, start + longestText));

function headerFaults({ changed, files }: Container, known: ReadonlyMap<string, File>): Fault[] {
  const faults = changed.map((path): Fault => ({ code: 'container-changed', ...(path === undefined ? {} : { path }) }));
  // Two files of one name: what is unpacked depends on who unpacks it.
  return known.size === files.length ? faults : [...faults, { code: 'container-changed' }];
}

async function checkSums(source: Source, files: readonly File[], tell: Asked['tell']) {
  const hashes = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [index, { path, start, end, crc32 }] of files.entries()) {
    tell?.(path, index + 1, files.length);
    const sums = await source.sums(start, end);
    if (sums.crc32 !== crc32) faults.push({ code: 'part-changed', path });
    hashes.set(path, sums.sha256);
  }
  return { hashes, faults };
}

async function keyFaults(
  { key, takenAt }: Manifest,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer> | undefined,
  { kids, retired }: Asked,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (!signature) faults.push({ code: 'part-missing', path: 'manifest.sig' });
  else if (!(await isSigned(message, signature, key.x))) faults.push({ code: 'signature-wrong', path: 'manifest.json' });
  const kid = await thumbprint(key.x);
  if (kid !== key.kid) faults.push({ code: 'key-false', path: 'manifest.json' });
  if (kids !== undefined && !kids.includes(kid)) faults.push({ code: 'key-other' });
  const end = retired?.get(kid);
  // Written so that a time that cannot be read is a fault.
  if (end !== undefined && !(Date.parse(takenAt) <= Date.parse(end))) faults.push({ code: 'key-retired' });
  return faults;
}

function partFaults(parts: readonly Listed[], files: ReadonlyMap<string, File>, hashes: ReadonlyMap<string, string>): Fault[] {
  const listed = new Set([...parts.map(({ path }) => path), ...above]);
  const extra = [...files.keys()].filter((path) => !listed.has(path)).map((path): Fault => ({ code: 'part-unlisted', path }));
  const wrong = parts.flatMap(({ path, bytes, sha256 }): Fault[] => {
    const file = files.get(path);
    if (!file) return [{ code: 'part-missing', path }];
    return hashes.get(path) === sha256 && file.end - file.start === bytes ? [] : [{ code: 'part-changed', path }];
  });
  const needed = listed.has('timeline.jsonl') ? [] : [{ code: 'part-missing', path: 'timeline.jsonl' } as const];
  return [...extra, ...wrong, ...needed];
}

/** A picture must be the one that the timeline tells of, as it was when it was taken. */
function pictureFaults(parts: readonly Listed[], told: ReadonlyMap<string, Told>): Fault[] {
  return parts.flatMap(({ path, sha256, footageId, recorded }): Fault[] => {
    if (footageId === undefined) return [];
    const known = told.get(footageId);
    if (known === undefined) return [{ code: 'picture-unknown', path }];
    return (known.sha256 ?? sha256) === sha256 && recorded === sha256 ? [] : [{ code: 'picture-changed', path }];
  });
}

/** Every picture that the timeline tells of is there, or is said to be missing and was never taken out of the record. */
function absenceFaults({ parts, missing }: Manifest, told: ReadonlyMap<string, Told>): Fault[] {
  const there = new Set(parts.map(({ footageId }) => footageId));
  return [...told].flatMap(([id, { entry, sha256 }]): Fault[] => {
    if (there.has(id)) return [];
    const said = missing.find((one) => one.footageId === id && (sha256 === undefined || one.sha256 === sha256));
    if (!said) return [{ code: 'picture-left-out', entry }];
    return said.reason === 'taken-out' ? [{ code: 'picture-taken-out', entry }] : [];
  });
}
