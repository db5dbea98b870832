import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../services/alarm/index.ts';
import { apiKeyPrefix } from '../../services/dispatch/credentials.ts';
import { hashSecret, newSecret, newToken, tokenHash, verifySecret } from '../../services/secrets.ts';
import { addApiKey, findApiKey, removeApiKey } from '../../services/store/accounts.ts';
import { audit } from '../../services/store/audit.ts';
import type { Store } from '../../services/store/connect.ts';
import { uuidv7 } from '../../services/store/ids.ts';
import { secretHashOf } from '../../services/store/presence.ts';
import { putSecret } from '../../services/store/register-write.ts';

/** What the demo must know again at its next start. A file without `devices` and `operatorKey` may be written by hand to choose a seed. */
const kept = z.strictObject({
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  /** API key of the operator who keeps the desk clear. */
  operatorKey: z.string().optional(),
  /** Where the cameras' pictures were had. */
  picturePort: z.int().min(1).max(65_535).optional(),
  /** Secrets by device id. */
  devices: z.record(z.string(), z.string()).default({}),
});
export type Kept = z.infer<typeof kept>;

export const secretsFile = (dataDir: string): string => join(dataDir, 'demo-secrets.json');

/** @throws Error naming the file when it cannot be read as what `keep` wrote */
export async function recall(path: string): Promise<Kept> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw error;
  });
  const read = kept.safeParse(parsed(text));
  if (!read.success) throw new Error(`${path} is not readable as the demo wrote it; remove it, and the next start gives new secrets`);
  return read.data;
}

/** What is no JSON becomes its own text, which fits no schema of ours. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Written aside and moved into place, readable by its owner alone. */
export async function keep(path: string, value: Kept): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
}

/** A secret for each of the devices, the kept one where there is one. */
export const secretsFor = (ids: readonly string[], { devices }: Kept): Map<string, string> =>
  new Map(ids.map((id) => [id, devices[id] ?? newSecret()]));

/** Gives a new hash to each registered device that the record knows by another secret: the file was lost, or someone renewed it. */
export async function renewSecrets(store: Store, secrets: ReadonlyMap<string, string>, now: () => Instant): Promise<number> {
  const verdicts = await Promise.all(
    [...secrets].map(async ([id, secret]) => ({
      id,
      secret,
      holds: await verifySecret(secret, (await secretHashOf(store.desk, id)) ?? ''),
    })),
  );
  const changed = verdicts.filter(({ holds }) => !holds);
  for (const { id, secret } of changed) await putSecret(store, id, await hashSecret(secret, 'device'), { by: 'demo', at: now() });
  return changed.length;
}

/** How the simulated operator signs what it does on timelines. */
export const operatorName = '演示值班员';

/**
 * The kept key if the record still takes it, else a new one.
 * @param before told the key before the record knows it: a start cut short leaves no key that nobody can take away
 */
export async function operatorKey(
  store: Store,
  { operatorKey: known }: Kept,
  now: Instant,
  before: (key: string) => Promise<void>,
): Promise<string> {
  const holds = known !== undefined && (await findApiKey(store.desk, tokenHash(known), now)) !== undefined;
  const key = holds ? known : newToken(apiKeyPrefix);
  await before(key);
  if (holds) return key;
  const roles = ['operator'];
  await store.desk.transaction().execute(async (trx) => {
    const row = {
      id: uuidv7(now),
      name: operatorName,
      key_hash: tokenHash(key),
      roles,
      scopes: [],
      created_at: new Date(now),
      created_by: 'demo',
      expires_at: null,
    };
    const { id } = await addApiKey(trx, row);
    await audit(trx, { at: now, by: 'demo', act: 'api-key.created', subject: `api-keys:${id}`, data: { name: operatorName, roles } });
  });
  return key;
}

/** The operator of a demo that has ended comes in no more. */
export async function dropOperatorKey(store: Store, dataDir: string): Promise<void> {
  const { operatorKey: known } = await recall(secretsFile(dataDir));
  const row = known === undefined ? undefined : await findApiKey(store.desk, tokenHash(known), 0);
  if (row) await removeApiKey(store.desk, row.id);
}
