import { expect, test } from 'vitest';
import { hashSecret, newSecret, newToken, tokenHash, verifyNobody, verifySecret } from './secrets.ts';

test.each(['person', 'device'] as const)('the secret of a %s fits its own hash only', async (owner) => {
  const hash = await hashSecret('correct horse', owner);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d,p=1\$/);
  expect(await verifySecret('correct horse', hash)).toBe(true);
  expect(await verifySecret('correct horsf', hash)).toBe(false);
  expect(await hashSecret('correct horse', owner)).not.toBe(hash);
});

test('the same password from another input method fits', async () => {
  const hash = await hashSecret('ｐａｓｓ密码１２３', 'device');
  expect(await verifySecret('pass密码123', hash)).toBe(true);
});

test.each([
  '',
  'plain',
  '$argon2i$v=19$m=1024,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
  '$2b$10$abc',
  '$argon2id$v=19$m=99999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
])('nothing fits %j', async (hash) => expect(await verifySecret('', hash)).toBe(false));

test('nobody has a password', async () => expect(await verifyNobody('anything')).toBe(false));

test('more people than the line holds are told to come back, the others are served', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 70 }, () => verifyNobody('x')));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(8);
  expect(refused[0]).toMatchObject({ reason: { code: 'overloaded' } });
  expect(await verifyNobody('x')).toBe(false);
}, 20_000);

test('a device secret has 160 bits, a token 256', () => {
  expect(newSecret()).toMatch(/^[0-9a-f]{40}$/);
  expect(newToken('bk_')).toMatch(/^bk_[\w-]{43}$/);
  expect(tokenHash('a')).toMatch(/^[0-9a-f]{64}$/);
});
