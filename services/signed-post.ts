import { type LetterSigner, signPayload } from '../devices/signature.ts';
import { type Duration, seconds } from './alarm/index.ts';
import type { Clock, Log, Post } from './ports.ts';
import type { SigningKeys } from './signing.ts';

export interface SignedPostDeps {
  readonly keys: Pick<SigningKeys, 'inUse'>;
  readonly clock: Pick<Clock, 'every'>;
  readonly log: Log;
}

export interface SignedPost extends Post {
  close(): void;
}

/**
 * Another process may have renewed the key, and devices take the old one for a minute after that: it is asked for also while
 * nothing is sent, so that the first order after a quiet night bears the key of now. Often enough that one answer may be lost.
 */
const fresh: Duration = seconds(15);

/**
 * Signs letters that are the station's word. An order waits neither for the record nor for a key that cannot be read: it then
 * leaves with the key of before, or unsigned, and the log says so.
 */
export async function signedPost(post: Post, deps: SignedPostDeps): Promise<SignedPost> {
  const { keys, clock, log } = deps;
  let signer: LetterSigner | undefined;
  let troubled = false;
  const read = async (): Promise<void> => {
    try {
      const inUse = await keys.inUse();
      signer = { kid: inUse.jwk.kid, sign: (bytes) => inUse.sign(bytes) };
      troubled = false;
    } catch (error) {
      if (!troubled) log.error({ err: error, signs: signer !== undefined }, "the station's signing key could not be read");
      troubled = true;
    }
  };
  await read();
  const timer = clock.every('signing key', fresh, read);
  return {
    close: () => timer.stop(),
    async post(deviceId, letter) {
      const { signed, ...plain } = letter;
      if (!signed) return post.post(deviceId, letter);
      if (!signer) return post.post(deviceId, plain);
      return post.post(deviceId, { ...plain, payload: signPayload(letter.topic, letter.payload, signer) });
    },
  };
}
