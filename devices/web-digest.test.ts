import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerChallenge, chooseChallenge, parseChallenges } from './web-digest.ts';

const single = (field: string) => {
  const [challenge] = parseChallenges(field);
  if (!challenge) throw new Error('no challenge');
  return challenge;
};
const params = (field: string): Record<string, string> => ({ ...single(field).params });

describe('a WWW-Authenticate field', () => {
  const rows: [string, string, [string, Record<string, string>][]][] = [
    ['one digest', 'Digest realm="a", nonce="b"', [['digest', { realm: 'a', nonce: 'b' }]]],
    ['a nonce that ends in =', 'Digest realm="a",nonce="YWJj=="', [['digest', { realm: 'a', nonce: 'YWJj==' }]]],
    ['the same without quotes', 'Digest nonce=YWJj==, realm=a', [['digest', { nonce: 'YWJj==', realm: 'a' }]]],
    ['realm not first', 'Digest qop="auth,auth-int", realm="a"', [['digest', { qop: 'auth,auth-int', realm: 'a' }]]],
    ['a comma and an escaped quote inside', 'Digest realm="a, \\"b\\"", nonce="c"', [['digest', { realm: 'a, "b"', nonce: 'c' }]]],
    [
      'two in one field',
      'Digest realm="a", nonce="b", Basic realm="c"',
      [
        ['digest', { realm: 'a', nonce: 'b' }],
        ['basic', { realm: 'c' }],
      ],
    ],
    ['a scheme with nothing', 'Negotiate', [['negotiate', {}]]],
    ['blanks around =', 'Digest realm = "a"', [['digest', { realm: 'a' }]]],
    ['an open quote', 'Digest realm="a', [['digest', { realm: 'a' }]]],
    ['nothing', '', []],
  ];
  test.each(rows)('%s', (_name, field, expected) => {
    expect(parseChallenges(field).map((challenge) => [challenge.scheme, { ...challenge.params }])).toEqual(expected);
  });

  test('of any text never throws and always ends', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(parseChallenges(text))));
    fc.assert(fc.property(fc.stringMatching(/^[Dd",= \\a-c;]*$/), (text) => Array.isArray(parseChallenges(text))));
  });
});

describe('an answer', () => {
  const mufasa = { username: 'Mufasa', password: 'Circle of Life' };
  const example = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const asked = { method: 'GET', uri: '/dir/index.html', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };

  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('to the example of RFC 7616 3.9.1 with %s', (algorithm, response) => {
    expect(params(answerChallenge(single(example(algorithm)), mufasa, asked))).toEqual({
      username: 'Mufasa',
      realm: 'http-auth@example.org',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      uri: '/dir/index.html',
      algorithm,
      response,
      opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
      qop: 'auth',
      nc: '00000001',
      cnonce: asked.cnonce,
    });
  });

  test('to the example of RFC 2617 3.5, and to the same without qop', () => {
    const who = { username: 'Mufasa', password: 'Circle Of Life' };
    const field = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
    const old = { method: 'GET', uri: '/dir/index.html', cnonce: '0a4f113b' };
    expect(params(answerChallenge(single(`${field}, qop=auth`), who, old))).toMatchObject({ response: '6629fae49393a05397450978507c4ef1' });
    const withoutQop = params(answerChallenge(single(field), who, old));
    expect(withoutQop).toMatchObject({ response: '670fd8c2df070c60b045671b8b24ff02' });
    expect(Object.keys(withoutQop)).toEqual(['username', 'realm', 'nonce', 'uri', 'response']);
  });

  test('to a device that says charset=UTF-8 names the user as RFC 7616 3.4 has it', () => {
    const field = 'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="n", charset=UTF-8';
    const answer = answerChallenge(single(field), { username: 'J\u00e4s\u00f8n Doe', password: 'p' }, { method: 'GET', uri: '/doe.json' });
    expect(answer).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe");
    expect(answer).toContain('algorithm=SHA-512-256');
  });

  test('to a device that names no charset carries the UTF-8 of the name', () => {
    const answer = answerChallenge(
      single('Digest realm="r", nonce="n"'),
      { username: '\u7ad9"1', password: ':\u5bc6' },
      { method: 'GET', uri: '/' },
    );
    expect(Buffer.from(answer, 'latin1').toString('utf8')).toContain('username="\u7ad9\\"1"');
  });

  test('hashes the UTF-8 of name, realm and password', () => {
    const realm = Buffer.from('\u5e93\u623f').toString('latin1');
    const who = { username: '\u7ad91', password: '\u5bc6\u7801:1' };
    const answer = params(answerChallenge(single(`Digest realm="${realm}", nonce="n=="`), who, { method: 'GET', uri: '/a?b=1' }));
    // By Python's hashlib over the UTF-8 bytes.
    expect(answer['response']).toBe('0ee8e51e12db6b675bb0901d36749b36');
  });

  test('in Basic keeps colons and letters of the password', () => {
    const answer = answerChallenge(single('Basic realm="r"'), { username: 'u', password: 'a:\u5bc6' }, { method: 'GET', uri: '/' });
    expect(Buffer.from(answer.slice('Basic '.length), 'base64').toString('utf8')).toBe('u:a:\u5bc6');
  });
});

describe('of several challenges', () => {
  const digest = (algorithm: string) => `Digest realm="r", nonce="n", algorithm=${algorithm}`;
  const rows: [string, string[], boolean, string | undefined][] = [
    ['the stronger hash', [digest('MD5'), digest('SHA-256')], false, 'SHA-256'],
    ['a known hash before an unknown one', [digest('SHA-3'), digest('MD5')], false, 'MD5'],
    ['digest before basic', ['Basic realm="r"', digest('MD5')], true, 'MD5'],
    ['basic where it is allowed', ['Basic realm="r"'], true, 'basic'],
    ['nothing where basic is not allowed', ['Basic realm="r"'], false, undefined],
    ['nothing when the body would have to be hashed', ['Digest realm="r", nonce="n", qop="auth-int"'], false, undefined],
    ['nothing without a nonce', ['Digest realm="r"'], false, undefined],
  ];
  test.each(rows)('%s is taken', (_name, fields, basic, expected) => {
    const chosen = chooseChallenge(fields.flatMap(parseChallenges), basic);
    expect(chosen && (chosen.params['algorithm'] ?? chosen.scheme)).toBe(expected);
  });
});
