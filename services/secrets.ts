import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Fault } from './errors.ts';

/**
 * Secrets at rest: passwords and device secrets as argon2id in PHC form, tokens (256 random bits) as SHA-256.
 */

export type SecretOwner = 'person' | 'device';
interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
}

/**
 * People choose weak secrets: OWASP's first recommendation (19 MiB, 2 passes), 41 to 93 ms on two cores. A device's is
 * 160 random bits, which no guessing reaches, and five hundred devices may come back at once: the least that argon2 is good for.
 */
const costs: Record<SecretOwner, Cost> = { person: { memory: 19_456, passes: 2 }, device: { memory: 1024, passes: 1 } };
const heavy = 8192;
/** argon2 runs on libuv's four threads, which file and name look-ups share: people's hashing gets two and never starves them. */
const heavyAtOnce = 2;
/** At 93 ms each on two threads the last in line waits under three seconds. */
const heavyWaiting = 60;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
const phc = (cost: Cost, salt: Uint8Array, tag: Uint8Array) =>
  `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=1$${base64(salt)}$${base64(tag)}`;

/**
 * argon2id of a secret as a PHC string.
 * @throws Fault `overloaded` when too many people's passwords are being hashed already
 */
export async function hashSecret(secret: string, owner: SecretOwner): Promise<string> {
  const salt = randomBytes(16);
  return phc(costs[owner], salt, await derive(secret, salt, costs[owner], 32));
}

/**
 * Whether the secret is the one that was hashed. A string that is no argon2id PHC string of ours fits no secret.
 * @throws Fault `overloaded` as hashSecret
 */
export async function verifySecret(secret: string, hash: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=1\$([\w+/-]{11,86})\$([\w+/-]{22,86})$/.exec(hash);
  if (!parts) return false;
  const [, memory = '', passes = '', salt = '', tag = ''] = parts;
  const wanted = Buffer.from(tag, 'base64');
  const found = await derive(secret, Buffer.from(salt, 'base64'), { memory: Number(memory), passes: Number(passes) }, wanted.length);
  return timingSafeEqual(wanted, found);
}

const nobody = phc(costs.person, randomBytes(16), randomBytes(32));

/** Costs what checking a person's password costs and is always false: an unknown user name must not answer sooner than a known one. */
export async function verifyNobody(secret: string): Promise<false> {
  await verifySecret(secret, nobody);
  return false;
}

/** A secret for a device: 160 random bits as 40 hexadecimal digits, which can be typed and printed anywhere. */
export const newSecret = (): string => randomBytes(20).toString('hex');

/** A bearer token of 256 random bits, base64url. */
export const newToken = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');

/** How a token stands in the record. It is random in full, so a plain digest is enough and look-up by it stays possible. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

async function derive(secret: string, salt: Uint8Array, cost: Cost, length: number): Promise<Buffer> {
  const run = () =>
    new Promise<Buffer>((resolve, reject) => {
      // NFKC: the same password typed on another keyboard or input method is the same password (NIST SP 800-63B, 3.1.1.2).
      const message = secret.normalize('NFKC');
      argon2(
        'argon2id',
        { message, nonce: salt, parallelism: 1, tagLength: length, memory: cost.memory, passes: cost.passes },
        (error, tag) => (error ? reject(error) : resolve(tag)),
      );
    });
  return cost.memory < heavy ? run() : inTurn(run);
}

let running = 0;
const line: (() => void)[] = [];

async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  if (running >= heavyAtOnce) {
    if (line.length >= heavyWaiting) throw new Fault('overloaded', 'Too many people are signing in at once');
    await new Promise<void>((resolve) => line.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await run();
  } finally {
    const next = line.shift();
    if (next) next();
    else running -= 1;
  }
}
