import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Duration, Instant } from '../../alarm/index.ts';
import type { Clock } from '../../ports.ts';

/** One JSON answer for many readers, made at most once in a while and compressed once. */
export interface Kept {
  readonly etag: string;
  readonly bytes: Buffer;
  /** @param accepted the request's Accept-Encoding */
  packed(accepted: string): Promise<{ readonly encoding?: 'br' | 'gzip'; readonly bytes: Buffer }>;
}

const [brotli, gzipped] = [promisify(brotliCompress), promisify(gzip)];
/** Quality 5 packs two megabytes of cameras in a tenth of the time of the highest, to nearly the same size. */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * @param make what is asked; runs once however many wait for it
 * @param fresh an answer as old as this is made anew
 */
export function keep(make: () => Promise<unknown>, fresh: Duration, clock: Pick<Clock, 'now'>): () => Promise<Kept> {
  let last: { readonly kept: Kept; readonly at: Instant } | undefined;
  let making: Promise<Kept> | undefined;

  const again = async (): Promise<Kept> => {
    const at = clock.now();
    const bytes = Buffer.from(JSON.stringify(await make()));
    const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    // What did not change is not compressed again.
    const kept = last?.kept.etag === etag ? last.kept : packable(bytes, etag);
    last = { kept, at };
    return kept;
  };

  return () => {
    if (last && clock.now() - last.at < fresh) return Promise.resolve(last.kept);
    making ??= again().finally(() => {
      making = undefined;
    });
    return making;
  };
}

function packable(bytes: Buffer, etag: string): Kept {
  const once = <T>(pack: () => Promise<T>) => {
    let packing: Promise<T> | undefined;
    return () => (packing ??= pack());
  };
  const ways = { br: once(() => brotli(bytes, quality)), gzip: once(() => gzipped(bytes)) };
  return {
    etag,
    bytes,
    async packed(accepted) {
      const encoding = (['br', 'gzip'] as const).find((name) => accepts(accepted, name));
      return encoding === undefined ? { bytes } : { encoding, bytes: await ways[encoding]() };
    },
  };
}

/** RFC 9110, 12.5.3, as far as it matters between two encodings: named, and not with weight 0. */
const accepts = (header: string, name: string): boolean =>
  header.split(',').some((part) => {
    const [coding, weight = 'q=1'] = part.split(';').map((word) => word.trim().toLowerCase());
    return coding === name && !/^q=0(\.0*)?$/.test(weight);
  });
