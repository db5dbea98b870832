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
const judged = (text: string, at = topic, keys = [key]): string | undefined => forgery(at, Buffer.from(text), keys);

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

test('no byte of it can be changed', () => {
  const bytes = Buffer.from(letter);
  // The last two characters of the signature hold 4 bits that mean nothing.
  const spare = bytes.length - 3;
  const taken = [...bytes.keys()].filter(
    (at) => at !== spare && forgery(topic, Buffer.from(bytes).fill((bytes[at] ?? 0) ^ 1, at, at + 1), [key]) === undefined,
  );
  expect(taken).toEqual([]);
});
