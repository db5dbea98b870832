import { createHash, createPublicKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type Asked, checkBundle } from '../../services/console/verify/bundle.ts';
import type { Report, Source } from '../../services/console/verify/report.ts';
import { saidOfFault, saidOfMissing } from '../../services/console/verify/said.ts';
import { verify } from '../../services/console/verify/words.ts';
import { publicJwk } from '../../services/signing.ts';
import { Ends, exits, type Io } from './io.ts';

/**
 * Checks a bundle of evidence. Needs no Baiying and no network.
 * @param key key id, or a file with the key: JWK, JWK set or PEM
 * @throws Ends where the key cannot be read
 */
export async function checkFile(path: string, key: string | undefined, io: Io): Promise<Report> {
  const known = key === undefined ? {} : await keysOf(key, io);
  const file = await open(path, 'r');
  try {
    return await checkBundle(await sourceOf(path, file), known);
  } finally {
    await file.close();
  }
}

async function sourceOf(path: string, file: FileHandle): Promise<Source> {
  const { size } = await file.stat();
  const within = (at: number): number => Math.min(Math.max(0, at), size);
  return {
    size,
    async read(start, end) {
      const length = within(end) - within(start);
      const bytes = new Uint8Array(Math.max(0, length));
      let done = 0;
      while (done < length) {
        const { bytesRead } = await file.read(bytes, done, length - done, within(start) + done);
        if (bytesRead === 0) return bytes.slice(0, done);
        done += bytesRead;
      }
      return bytes;
    },
    async sums(start, end) {
      const hash = createHash('sha256');
      let crc = 0;
      if (within(end) > within(start)) {
        for await (const piece of createReadStream(path, { start: within(start), end: within(end) - 1 })) {
          hash.update(piece as Buffer);
          crc = crc32(piece as Buffer, crc);
        }
      }
      return { sha256: hash.digest('hex'), crc32: crc };
    },
  };
}

const kidForm = /^[\w-]{43}$/;

async function keysOf(key: string, { t }: Io): Promise<Pick<Asked, 'kids' | 'retired'>> {
  if (kidForm.test(key)) return { kids: [key] };
  const text = await readFile(key, 'utf8');
  const unfit = new Ends(
    exits.askedWrongly,
    t(`${key} holds no Ed25519 key: a JWK, a JWK set or PEM is wanted`, `${key} 不含 Ed25519 公钥：应为 JWK、JWK 集合或 PEM`),
  );
  try {
    const all = text.trimStart().startsWith('{') ? jwksIn(JSON.parse(text)) : [createPublicKey(text).export({ format: 'jwk' })];
    const keys = all.flatMap(({ crv, x, retiredAt }: JsonWebKey) =>
      crv === 'Ed25519' && x !== undefined ? [{ kid: publicJwk(x).kid, retiredAt }] : [],
    );
    const retired = new Map(keys.flatMap(({ kid, retiredAt }) => (retiredAt === undefined ? [] : [[kid, retiredAt] as const])));
    if (keys.length > 0) return { kids: keys.map(({ kid }) => kid), retired };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  throw unfit;
}

const jwksIn = (value: { keys?: JsonWebKey[] } & JsonWebKey): readonly JsonWebKey[] => value.keys ?? [value];
type JsonWebKey = { readonly crv?: string; readonly x?: string; readonly retiredAt?: string };

/** A line for everything that does not fit, then what it is and whose key signed it. */
export function describeBundle(report: Report, path: string, io: Io): string {
  const say = (name: keyof typeof verify.en, values: Readonly<Record<string, string | number>> = {}): string =>
    verify[io.lang][name].replaceAll(/\{\{(\w+)\}\}/g, (_all, value: string) => String(values[value] ?? ''));
  const { faults, bundle, key, good } = report;
  const lines = faults.map((fault) => `${io.t('BROKEN  ', '异常  ')}${saidOfFault(fault, say)}`);
  if (bundle) {
    const { incident, takenAt, takenBy, entries, parts, missing } = bundle;
    const exercise = incident.exercise ? ` [${say('exercise')}]` : '';
    lines.push(
      `${say('incident', { number: incident.number, kind: incident.kind })}${exercise}, ${say('taken', { by: takenBy, at: takenAt })}; ${say('contents', { parts, entries })}`,
    );
    for (const one of missing) lines.push(`${io.t('not in it: ', '未收录：')}${saidOfMissing(one, say)}`);
  }
  if (key) lines.push(say(key.pinned ? 'keyPinned' : 'keyNotPinned', { kid: key.kid }));
  return [...lines, `${path}: ${good ? say('good') : say('bad', { count: faults.length })}`].join('\n');
}
