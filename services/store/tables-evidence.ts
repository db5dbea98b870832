import type { Generated } from 'kysely';

/** The tables of migration 0024: signing keys, and the files that heads are noted in. */

export interface SigningKeysTable {
  /** RFC 7638 thumbprint. */
  kid: string;
  /** Raw, base64url, as in a JWK. */
  public_key: string;
  /** The private key, PKCS #8 in PEM, under the master key. */
  sealed: string;
  created_at: Date;
  created_by: string;
  retired_at: Date | null;
}

export interface HeadFilesTable {
  path: string;
  begun_at: Date;
  /** Written so far. */
  lines: Generated<number>;
  /** SHA-256 of the last of them; empty while there is none. */
  last: Generated<string>;
  /** The process that is writing. */
  holder: string | null;
  holder_until: Date | null;
}
