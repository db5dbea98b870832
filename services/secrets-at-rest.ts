import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from './errors.ts';

/** Secrets that must be read again (a webhook's signing key, a camera's password), kept so that a copy of the record alone tells none. */
export interface Sealer {
  seal(text: string): string;
  /** @throws Fault `internal` when it was sealed with another master key, or changed since */
  unseal(sealed: string): string;
}

const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;
const form = 'v1.';

/**
 * AES-256-GCM (NIST SP 800-38D) under the master key `<data>/master.key`, which is made on the first start, readable by
 * the owner alone. Sealed form: `v1.` and base64url of nonce (12 bytes), tag (16 bytes), ciphertext.
 * @throws Fault `internal` when the file does not hold a key
 */
export function openSealer(dataDir: string): Sealer {
  const key = masterKey(join(dataDir, 'master.key'));
  return {
    seal(text) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return form + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed.slice(form.length), 'base64url');
      if (!sealed.startsWith(form) || bytes.length < nonceLength + tagLength)
        throw new Fault('internal', 'A secret in the record is not in sealed form');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength), { authTagLength: tagLength });
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new Fault('internal', 'A secret was sealed with another master.key; restore the one that belongs to this record', [], {
          cause: error,
        });
      }
    },
  };
}

function masterKey(path: string): Buffer {
  const key = read(path) ?? make(path);
  if (key.length !== keyLength)
    throw new Fault('internal', `${path} does not hold a key of ${keyLength} bytes; restore it from the back-up`);
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return key;
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Written aside and linked into place: of several processes that start at once, one makes the key and none reads half of it. */
function make(path: string): Buffer {
  // With DATABASE_URL nothing else makes the data folder.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${randomUUID()}`;
  const file = openSync(aside, 'wx', 0o600);
  try {
    writeSync(file, randomBytes(keyLength));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(aside, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(aside);
  }
  return readFileSync(path);
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
