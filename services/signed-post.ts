import { type LetterSigner, signPayload } from '../devices/signature.ts';
import { type Instant, minutes } from './alarm/index.ts';
import type { Clock, Log, Post } from './ports.ts';
import type { SigningKeys } from './signing.ts';

export interface SignedPostDeps {
  readonly keys: Pick<SigningKeys, 'inUse'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** Another process may have renewed the key; devices take the old one as long as the station lists it. */
const fresh = minutes(1);

/**
 * Signs letters that are the station's word. An order waits neither for the record nor for a key that cannot be read: it then
 * leaves with the key of before, or unsigned, and the log says so.
 */
export async function signedPost(post: Post, deps: SignedPostDeps): Promise<Post> {
  const { keys, clock, log } = deps;
  let signer: LetterSigner | undefined;
  let readAt: Instant = clock.now();
  const read = async (): Promise<void> => {
    readAt = clock.now();
    try {
      const inUse = await keys.inUse();
      signer = { kid: inUse.jwk.kid, sign: (bytes) => inUse.sign(bytes) };
    } catch (error) {
      log.error({ err: error, signs: signer !== undefined }, "the station's signing key could not be read");
    }
  };
  await read();
  return {
    async post(deviceId, letter) {
      const { signed, ...plain } = letter;
      if (!signed) return post.post(deviceId, letter);
      if (clock.now() - readAt >= fresh) void read();
      if (!signer) return post.post(deviceId, plain);
      return post.post(deviceId, { ...plain, payload: signPayload(letter.topic, letter.payload, signer) });
    },
  };
}
