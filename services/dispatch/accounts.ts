import { z } from 'zod';
import { rfc3339 } from '../alarm/index.ts';
import { Fault, type FieldFault } from '../errors.ts';
import type { AccountRow } from '../store/accounts.ts';
import { roles } from './roles.ts';

/** Accounts as the API shows and takes them, and what a password must be. */

export const languages = ['zh', 'en'] as const;
export const accountSchema = z.object({
  id: z.string(),
  username: z.string(),
  roles: z.array(z.string()),
  stationIds: z.array(z.string()),
  unitId: z.string().exactOptional().meta({ description: 'Of an officer: the unit whose orders the account sees and answers' }),
  active: z.boolean(),
  language: z.enum(languages).exactOptional().meta({ description: 'What the person reads; the language of the browser when absent' }),
  createdAt: z.string(),
});
export type Account = z.infer<typeof accountSchema>;

export const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  username: row.username,
  roles: row.roles,
  stationIds: row.station_ids,
  ...(row.unit_id === null ? {} : { unitId: row.unit_id }),
  active: row.active,
  ...(row.language === null ? {} : { language: row.language === 'en' ? 'en' : 'zh' }),
  createdAt: rfc3339(row.created_at.getTime()),
});

export const sessionSchema = z.object({ token: z.string(), expiresAt: z.string(), account: accountSchema });
export const toSession = (token: string, expiresAt: number, row: AccountRow): z.infer<typeof sessionSchema> => ({
  token,
  expiresAt: rfc3339(expiresAt),
  account: toAccount(row),
});

export const usernameSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u, 'Letters, digits and . _ @ - only');
export const passwordSchema = z.string().min(12, 'Must have at least 12 characters').max(256);
export const roleList = z
  .array(z.enum(roles))
  .min(1)
  .max(roles.length)
  .refine((list) => new Set(list).size === list.length, 'Names a role twice');

/** What guessing programs begin with, and put digits and marks before and behind. Compared in lower case, @ 0 1 3 $ as the letters they stand for. */
const guessedFirst = new Set([
  ...['password', 'passwort', 'passphrase', 'letmein', 'welcome', 'changeme', 'iloveyou', 'sunshine', 'football', 'baseball', 'princess'],
  ...[
    'admin',
    'adminadmin',
    'administrator',
    'root',
    'superuser',
    'operator',
    'supervisor',
    'installer',
    'officer',
    'police',
    'guest',
    'test',
  ],
  ...[
    'qwerty',
    'qwertyui',
    'qwertyuiop',
    'qwertyuiopasdfghjkl',
    'asdfghjkl',
    'zxcvbnm',
    'qazwsx',
    'qazwsxedc',
    'qazwsxedcrfv',
    'abc',
    'abcd',
  ],
  ...[
    'abcdef',
    'abcdefg',
    'abcdefgh',
    'abcdefghijkl',
    'woaini',
    'nihao',
    'mima',
    'gongan',
    'jingcha',
    'paichusuo',
    'baiying',
    'baiyingbaiying',
  ],
]);
/** Zigzags over the keyboard, whatever their length. */
const zigzags = ['1qaz2wsx3edc4rfv5tgb', '1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0', 'zaq12wsxcde34rfvbgt5', '!qaz@wsx#edc$rfv'];
const lettersOf: Readonly<Record<string, string>> = { '@': 'a', '0': 'o', '1': 'i', '3': 'e', $: 's' };

function isGuessed(said: string): boolean {
  const core = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const spelt = (text: string): string => text.replace(/[@013$]/g, (sign) => lettersOf[sign] ?? sign);
  return (
    /^\d+$/.test(said) ||
    /^(.{1,10})\1+$/su.test(said) ||
    zigzags.some((zigzag) => zigzag.includes(said)) ||
    [core(said), core(spelt(core(said)))].some((word) => guessedFirst.has(word))
  );
}

/** What is wrong with a password beyond its length. */
export function passwordFaults(password: string, username: string): FieldFault[] {
  const said = password.normalize('NFKC').toLowerCase();
  if (said === username.normalize('NFKC').toLowerCase()) return [{ path: 'body.password', message: 'Must not be the user name' }];
  if (isGuessed(said)) return [{ path: 'body.password', message: 'Is among the passwords that are guessed first' }];
  return [];
}

/** @throws Fault `body-invalid` with everything that is wrong */
export function demandPassword(password: string, username: string, others: readonly FieldFault[] = []): void {
  const faults = [...passwordFaults(password, username), ...others];
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
}
