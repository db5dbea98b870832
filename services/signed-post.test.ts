import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { hours, seconds } from './alarm/index.ts';
import type { Post } from './ports.ts';
import { manualClock } from './scenarios/manual-clock.ts';
import { signedPost } from './signed-post.ts';
import { publicJwk, type Signer } from './signing.ts';
import { quiet } from './store/testing.ts';

function newSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { jwk: publicJwk(publicKey.export({ format: 'jwk' }).x ?? ''), sign: (bytes) => sign(null, bytes, privateKey) };
}

const letter = { topic: 'radios/radio-1/order', payload: '{"orderId":"o-1"}', qos: 1, retain: false, expiresAt: 0, signed: true } as const;
const kidOf = (payload: string) => (JSON.parse(payload) as { signature?: { kid: string } }).signature?.kid;

async function bench() {
  const clock = manualClock();
  let inUse: () => Promise<Signer> = () => Promise.reject(new Error('the record is away'));
  const sent: string[] = [];
  const post: Post = {
    async post(_deviceId, { payload }) {
      sent.push(payload);
      return { outcome: 'sent' };
    },
  };
  const use = (next: typeof inUse) => {
    inUse = next;
  };
  const open = () => signedPost(post, { keys: { inUse: () => inUse() }, clock, log: quiet });
  return { clock, sent, use, open };
}

test('the first order after a quiet night bears the key of now, also where another process renewed it', async () => {
  const { clock, sent, use, open } = await bench();
  const [old, renewed] = [newSigner(), newSigner()];
  use(async () => old);
  const post = await open();
  await post.post('radio-1', letter);
  use(async () => renewed);
  await clock.advance(hours(8));
  await post.post('radio-1', letter);
  expect(sent.map(kidOf)).toEqual([old.jwk.kid, renewed.jwk.kid]);
  post.close();
  expect(clock.list()).toEqual([]);
});

test('while the key cannot be read orders leave unsigned, or with the key of before', async () => {
  const { clock, sent, use, open } = await bench();
  const signer = newSigner();
  const post = await open();
  await post.post('radio-1', letter);
  use(async () => signer);
  await clock.advance(seconds(15));
  await post.post('radio-1', letter);
  use(() => Promise.reject(new Error('the record is away')));
  await clock.advance(hours(1));
  await post.post('radio-1', letter);
  expect(sent.map(kidOf)).toEqual([undefined, signer.jwk.kid, signer.jwk.kid]);
});
