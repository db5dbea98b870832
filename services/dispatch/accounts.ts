import { z } from 'zod';
import { rfc3339 } from '../alarm/index.ts';
import { Fault, type FieldFault } from '../errors.ts';
import type { AccountRow } from '../store/accounts.ts';
import { roles } from './roles.ts';

/** Accounts as the API shows and takes them, and what a password must be. */

export const languages = ['zh', 'en'] as const;
export const accountSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    roles: z.array(z.string()),
    stationIds: z.array(z.string()),
    unitId: z.string().exactOptional().meta({ description: 'Of an officer: the unit whose orders the account sees and answers' }),
    active: z.boolean(),
    language: z.enum(languages).exactOptional().meta({ description: 'What the person reads; the language of the browser when absent' }),
    identity: z
      .string()
      .exactOptional()
      .meta({ description: 'Who the person is at the issuer of identities; who proves to be that there comes in without the password' }),
    createdAt: z.string(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof accountSchema>;

export const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  username: row.username,
  roles: row.roles,
  stationIds: row.station_ids,
  ...(row.unit_id === null ? {} : { unitId: row.unit_id }),
  active: row.active,
  ...(row.identity === null ? {} : { identity: row.identity }),
  ...(row.language === null ? {} : { language: row.language === 'en' ? 'en' : 'zh' }),
  createdAt: rfc3339(row.created_at.getTime()),
});

export const sessionSchema = z.object({ token: z.string(), expiresAt: z.string(), account: accountSchema }).meta({ id: 'Session' });
export const toSession = (token: string, expiresAt: number, row: AccountRow): z.infer<typeof sessionSchema> => ({
  token,
  expiresAt: rfc3339(expiresAt),
  account: toAccount(row),
});

/** What the product itself signs its acts with, on timelines and on the audit trail: no person may be taken for it. */
const ownNames: ReadonlySet<string> = new Set(['baiying', 'heads', 'set-up', 'settings', 'start', 'demo']);

export const usernameSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u, 'Letters, digits and . _ @ - only')
  .refine((name) => !ownNames.has(name.normalize('NFKC').toLowerCase()), 'Is a name that the product signs with');
export const passwordSchema = z.string().min(8, 'Must have at least 8 characters').max(256);
export const roleList = z
  .array(z.enum(roles))
  .min(1)
  .max(roles.length)
  .refine((list) => new Set(list).size === list.length, 'Names a role twice');

/** The passwords that guessing programs try first, with the ones that Chinese keyboards and dates suggest. Compared in lower case. */
const guessedFirst = new Set([
  ...[
    '12345678',
    '123456789',
    '1234567890',
    '0123456789',
    '87654321',
    '11111111',
    '00000000',
    '88888888',
    '66666666',
    '12341234',
    '11223344',
  ],
  ...[
    'password',
    'password1',
    'password123',
    'passw0rd',
    'p@ssw0rd',
    'p@ssword',
    'qwertyui',
    'qwertyuiop',
    'qwerty123',
    '1qaz2wsx',
    '1q2w3e4r',
    'asdfghjkl',
  ],
  ...[
    'admin123',
    'admin1234',
    'admin888',
    'admin@123',
    'administrator',
    'root1234',
    'letmein1',
    'welcome1',
    'iloveyou',
    'sunshine',
    'football',
    'baseball',
  ],
  ...[
    'a1234567',
    'a12345678',
    'aa123456',
    'abc12345',
    'abcd1234',
    'woaini1314',
    '5201314a',
    '5201314520',
    '1314520520',
    'changeme',
    'baiying1',
    'baiying123',
  ],
]);

/** What is wrong with a password beyond its length. */
export function passwordFaults(password: string, username: string): FieldFault[] {
  const said = password.normalize('NFKC').toLowerCase();
  if (said === username.normalize('NFKC').toLowerCase()) return [{ path: 'body.password', message: 'Must not be the user name' }];
  if (guessedFirst.has(said) || /^(.)\1*$/su.test(said))
    return [{ path: 'body.password', message: 'Is among the passwords that are guessed first' }];
  return [];
}

/** @throws Fault `body-invalid` with everything that is wrong */
export function demandPassword(password: string, username: string, others: readonly FieldFault[] = []): void {
  const faults = [...passwordFaults(password, username), ...others];
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
}
