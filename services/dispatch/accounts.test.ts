import { expect, test } from 'vitest';
import { passwordFaults, passwordSchema } from './accounts.ts';

const taken = [
  'four quiet horses',
  'walks every route',
  '派出所东门外有三棵老槐树',
  'h7#kQ-29-vanilla',
  'officer of the watch',
  'the test of time',
];
test.each(taken)('%s is a password', (password) => {
  expect(passwordSchema.safeParse(password).success).toBe(true);
  expect(passwordFaults(password, 'wang')).toEqual([]);
});

const guessed = [
  ...['123456789012', '20261122202611', '13800138000138', 'aaaaaaaaaaaa', 'abababababab', 'abc123abc123', 'Password1234', 'P@ssw0rd1234'],
  ...['admin1234567', 'Administrator1!', '!!admin!!2026', 'qwertyuiop12', 'QwertyUiop[]12', '1qaz2wsx3edc', '1q2w3e4r5t6y', 'baiying12345'],
  ...['woaini5201314', 'changeme2026', 'ｐａｓｓｗｏｒｄ１２３４', 'letmein!2026!', 'passwordpassword', 'supervisor2026'],
];
test.each(guessed)('%s is guessed first', (password) => {
  expect(passwordFaults(password, 'wang')).toMatchObject([{ path: 'body.password' }]);
});

test('eleven characters are too few, and the name is no password', () => {
  expect(passwordSchema.safeParse('elevenchars').success).toBe(false);
  expect(passwordFaults('Chen.JianGuo.1', 'chen.jianguo.1')).toHaveLength(1);
});
