import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from './errors.ts';

/**
 * Secrets that must be read again (a webhook's signing key, a camera's password), kept so that a copy of the record alone tells none.
 * Each opens only at the place that it was sealed for: whoever can write to the record, and has no master key, could otherwise
 * copy the station's signing key into the password of a camera and have it sent to himself.
 */
export interface Sealer {
  seal(text: string, place: Place): string;
  /** @throws Fault `internal` when it was sealed with another master key or for another place, or changed since */
  unseal(sealed: string, place: Place): string;
}

/** The row that holds a secret, by what never changes of it. */
export type Place = `device:${string}:${string}` | `second-factor:${string}` | `signing-key:${string}` | `webhook:${string}`;

export const places = {
  setting: (deviceId: string, name: string): Place => `device:${deviceId}:${name}`,
  secondFactor: (accountId: string): Place => `second-factor:${accountId}`,
  signingKey: (kid: string): Place => `signing-key:${kid}`,
  webhook: (id: string): Place => `webhook:${id}`,
};

const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;
const form = 'v2.';
/** Of builds before 0.1.0: sealed for no place, so that it opens at any. */
export const formerForm = 'v1.';

/**
 * AES-256-GCM (NIST SP 800-38D) under the master key `<data>/master.key`, which is made on the first start, readable by
 * the owner alone. Sealed form: `v2.` and base64url of nonce (12 bytes), tag (16 bytes), ciphertext; the place is the
 * additional authenticated data.
 * @throws Fault `internal` when the file does not hold a key
 */
export function openSealer(dataDir: string): Sealer {
  const key = masterKey(join(dataDir, 'master.key'));
  return {
    seal(text, place) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return form + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    unseal: (sealed, place) => open(key, sealed, form, place),
  };
}

/** @param place of what was sealed before places were, the empty one */
function open(key: Buffer, sealed: string, as: string, place: Place | ''): string {
  const bytes = Buffer.from(sealed.slice(as.length), 'base64url');
  if (!sealed.startsWith(as) || bytes.length < nonceLength + tagLength)
    throw new Fault('internal', 'A secret in the record is not in sealed form: enter it again');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength)).setAAD(Buffer.from(place));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]).toString('utf8');
  } catch (error) {
    const why = 'A secret was sealed with another master.key, or for another place; restore the key that belongs to this record';
    throw new Fault('internal', why, [], { cause: error });
  }
}

/** What builds of before sealed, until all of it was sealed anew. */
export interface FormerSeals {
  /** @throws Fault `internal` when it was sealed with another master key, or changed since */
  unseal(sealed: string): string;
  /** From now on none is opened any more. */
  end(): void;
}

/**
 * Undefined once `end` was called under this master key. That is noted beside the key: a note in the record would be taken back by
 * whoever can write there and has kept a value from before.
 */
export function openFormerSeals(dataDir: string): FormerSeals | undefined {
  const key = masterKey(join(dataDir, 'master.key'));
  const note = noteOf(dataDir);
  const said = createHmac('sha256', key).update('sealed anew').digest('hex');
  if (read(note)?.toString() === said) return undefined;
  return { unseal: (sealed) => open(key, sealed, formerForm, ''), end: () => writeFileSync(note, said, { mode: 0o600 }) };
}

/** A record from before may be put in place: what it holds is sealed anew at the next start. */
export const expectFormerSeals = (dataDir: string): void => rmSync(noteOf(dataDir), { force: true });

const noteOf = (dataDir: string): string => join(dataDir, 'sealed-anew');

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
