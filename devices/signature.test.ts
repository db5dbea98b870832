import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { forgery, type LetterSigner, type StationKey, signPayload } from './signature.ts';

function station(kid: string): { readonly signer: LetterSigner; readonly key: StationKey } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { signer: { kid, sign: (bytes) => sign(null, bytes, privateKey) }, key: { kid, x } };
}

const topic = 'radios/radio-1/order';
const order = JSON.stringify({ orderId: 'o-1', text: '速到 "市一医院", say ,"signature": aloud', location: { lat: 30.1, lon: 120.5 } });
const { signer, key } = station('now');
const letter = signPayload(topic, order, signer);
const now = Date.UTC(2026, 0, 1);
const judged = (text: string, at = topic, keys = [key]): string | undefined => forgery(at, Buffer.from(text), keys, now);

test('what the station signed is taken, and says the same as before', () => {
  expect(judged(letter)).toBeUndefined();
  const { signature, ...rest } = JSON.parse(letter) as Record<string, unknown>;
  expect(rest).toEqual(JSON.parse(order));
  expect(signature).toEqual({ kid: 'now', value: expect.stringMatching(/^[\w-]{86}$/) });
  expect(judged(letter, topic, [station('before').key, key])).toBeUndefined();
});

const forged: [what: string, text: string, why: string][] = [
  ['nothing signed', order, 'not signed'],
  ['what only looks signed', `${order.slice(0, -1)},"signature":null}`, 'not the last'],
  ['another text', letter.replace('速到', '勿到'), 'changed'],
  ['another id', letter.replace('o-1', 'o-2'), 'changed'],
  ['a member after the signature', letter.replace(/\}$/, ',"text":"stay away"}'), 'not the last'],
  ['a second signature', `${letter.slice(0, -1)},"signature":{"kid":"now","value":"${'A'.repeat(86)}"}}`, 'changed'],
  ['a space put in', letter.replace(/\}$/, ' }'), 'not the last'],
  ['a short signature', letter.replace(/"value":"../, '"value":"'), 'not the last'],
  ['the key of somebody else', signPayload(topic, order, station('else').signer), 'nobody here knows'],
  ['another key under our name', signPayload(topic, order, station('now').signer), 'changed'],
];
test.each(forged)('%s is refused', (_what, text, why) => {
  expect(text).not.toBe(letter);
  expect(judged(text)).toContain(why);
});

test('an order for one radio is none for another, and a stop is no play', () => {
  expect(judged(letter, 'radios/radio-2/order')).toContain('another device');
  const stop = signPayload('loudspeakers/horn-1/stop', '{"broadcastId":"b-1"}', signer);
  expect(judged(stop, 'loudspeakers/horn-1/stop')).toBeUndefined();
  expect(judged(stop, 'loudspeakers/horn-1/play')).toContain('another device');
});

const whens: [retiredAt: string, when: string, taken: boolean][] = [
  ['2026-01-01T00:00:00Z', 'that moment', true],
  ['2025-12-31T23:59:00Z', 'a minute ago', true],
  ['2025-12-31T23:58:59.999Z', 'more than a minute ago', false],
  ['2020-01-01T00:00:00Z', 'years ago', false],
  ['2027-01-01T00:00:00Z', 'next year', true],
  ['some day', 'who knows when', false],
];
test.each(whens)('of a key that was retired at %s, %s: taken is %s, whatever time the order names', (retiredAt, _when, taken) => {
  const old = JSON.stringify({ orderId: 'o-1', issuedAt: '2019-01-01T00:00:00Z', expiresAt: '2099-01-01T00:00:00Z' });
  for (const text of [letter, signPayload(topic, old, signer)]) {
    const why = judged(text, topic, [{ ...key, retiredAt }]);
    expect(why).toEqual(taken ? undefined : `its key was retired at ${retiredAt}`);
  }
});

test('no byte of it can be changed', () => {
  const bytes = Buffer.from(letter);
  // The last two characters of the signature hold 4 bits that mean nothing.
  const spare = bytes.length - 3;
  const taken = [...bytes.keys()].filter(
    (at) => at !== spare && forgery(topic, Buffer.from(bytes).fill((bytes[at] ?? 0) ^ 1, at, at + 1), [key], now) === undefined,
  );
  expect(taken).toEqual([]);
});
