import { crc32, sha256 } from './hashing.ts';
import type { Source } from './report.ts';

/** A file that somebody chose, read piece by piece; only to be hashed is one part whole in memory: browsers hash nothing in pieces. */
export function blobSource(file: Blob): Source {
  const read = async (start: number, end: number) => new Uint8Array(await file.slice(Math.max(0, start), Math.max(0, end)).arrayBuffer());
  return {
    size: file.size,
    read,
    async sums(start, end) {
      const bytes = await read(start, end);
      return { sha256: await sha256(bytes), crc32: crc32(bytes) };
    },
  };
}

export type Ability = 'able' | 'insecure' | 'tooOld';

/** Whether this browser can check a signature: only on https and localhost, and only the newer ones. */
export async function ability(): Promise<Ability> {
  if (!globalThis.isSecureContext) return 'insecure';
  try {
    await crypto.subtle.importKey('raw', new Uint8Array(32), { name: 'Ed25519' }, false, ['verify']);
    return 'able';
  } catch (error) {
    if (error instanceof DOMException) return 'tooOld';
    throw error;
  }
}
