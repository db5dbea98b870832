import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Fault } from './errors.ts';
import type { Clock } from './ports.ts';
import { places, type Sealer } from './secrets-at-rest.ts';
import { audit } from './store/audit.ts';
import type { Db } from './store/connect.ts';
import { addSigningKey, listSigningKeys, retireSigningKey, type StoredSigningKey, signingKeyInUse } from './store/signing-keys.ts';

/** A public key as others take it: RFC 7517 and RFC 8037, named by its thumbprint (RFC 7638). */
export interface Jwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The 32 bytes, base64url. */
  readonly x: string;
  readonly kid: string;
}

/** The key in use. */
export interface Signer {
  readonly jwk: Jwk;
  /** Ed25519 (RFC 8032), 64 bytes. */
  sign(bytes: Uint8Array): Buffer;
}

export interface SigningKeys {
  /**
   * The key in use; the first one is made here.
   * @throws Fault `signing-key-unusable` where it was sealed with another master key
   */
  inUse(): Promise<Signer>;
  /** Every key there ever was, newest first. */
  list(): Promise<readonly StoredSigningKey[]>;
  /** Makes a new key and keeps the old one for what it signed. */
  renew(by: string): Promise<void>;
}

export interface SigningDeps {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly clock: Pick<Clock, 'now'>;
}

/** One Ed25519 key for all processes of a station: in the record, sealed under the master key. */
export function openSigningKeys({ db, sealer, clock }: SigningDeps): SigningKeys {
  const made = (by: string) => newKey(sealer, clock.now(), by);
  return {
    async inUse() {
      const kept = await signingKeyInUse(db);
      if (kept) return signerOf(kept, sealer);
      await db.transaction().execute(async (trx) => {
        const key = made('start');
        if (await addSigningKey(trx, key)) await audit(trx, { ...noted(key), act: 'signing-key.made' });
      });
      const now = await signingKeyInUse(db);
      if (!now) throw new Fault('signing-key-unusable', 'The key was taken out of use just now');
      return signerOf(now, sealer);
    },
    list: () => listSigningKeys(db),
    async renew(by) {
      await db.transaction().execute(async (trx) => {
        const key = made(by);
        const retired = await retireSigningKey(trx, key.createdAt);
        // Of two who ask at once, the second finds it done.
        if (!(await addSigningKey(trx, key))) return;
        await audit(trx, { ...noted(key), act: 'signing-key.renewed', data: retired === undefined ? {} : { retired } });
      });
    },
  };
}

const noted = ({ kid, createdAt, createdBy }: StoredSigningKey) => ({ at: createdAt, by: createdBy, subject: `signing-keys:${kid}` });

function newKey(sealer: Sealer, createdAt: number, createdBy: string): StoredSigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x, kid } = jwkOf(publicKey);
  const sealed = sealer.seal(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), places.signingKey(kid));
  return { kid, publicKey: x, sealed, createdAt, createdBy };
}

function signerOf(stored: StoredSigningKey, sealer: Sealer): Signer {
  const key = opened(stored, sealer);
  const jwk = jwkOf(createPublicKey(key));
  if (jwk.x !== stored.publicKey)
    throw new Fault('signing-key-unusable', 'The private key in the record does not belong to the public one');
  return { jwk, sign: (bytes) => sign(null, bytes, key) };
}

function opened({ kid, sealed }: StoredSigningKey, sealer: Sealer): KeyObject {
  try {
    return createPrivateKey(sealer.unseal(sealed, places.signingKey(kid)));
  } catch (error) {
    throw new Fault('signing-key-unusable', undefined, [], { cause: error });
  }
}

function jwkOf(key: KeyObject): Jwk {
  const { x = '' } = key.export({ format: 'jwk' });
  return publicJwk(x);
}

export function publicJwk(x: string): Jwk {
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid };
}

/** For OpenSSL and other tools. */
export const pemOf = ({ kty, crv, x }: Jwk): string =>
  createPublicKey({ key: { kty, crv, x }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
