import type { FastifyReply, FastifyRequest } from 'fastify';
import { seconds } from '../alarm/index.ts';
import { tokenHash } from '../secrets.ts';
import { clientOf } from './clients.ts';
import { type CredentialDeps, recognise, type SignedIn, sentBy } from './credentials.ts';
import { throttle, tooMany } from './throttle.ts';

/** Recognises who asks. Credentials that nobody was given cost the record a question each, so one client may have few of them looked up. */
export interface Recognition {
  /** @throws Fault `rate-limited` for a credential that was not met before, from where too many were in vain */
  recognise(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | undefined>;
  /** A token that was given out just now is no stranger's. */
  met(token: string): void;
}

/** Also those that are being looked up count, and after a restart of ours the browsers of a station ask all at once, with six requests each. */
const inVain = { attempts: 300, window: seconds(10) };
/** More credentials than a county has in use; it takes the room of some megabytes. */
const mostMet = 20_000;

export function openRecognition(deps: CredentialDeps): Recognition {
  const strangers = throttle(inVain);
  // Whoever was let in before is not held back by what others try from behind the same address. That it still holds is asked each time.
  const known = new Set<string>();
  const meet = (hash: string): void => {
    known.delete(hash);
    const [oldest] = known.add(hash);
    if (oldest !== undefined && known.size > mostMet) known.delete(oldest);
  };

  async function introduce(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | undefined> {
    const client = clientOf(request);
    const wait = strangers.take(client, deps.clock.now());
    if (wait > 0) throw tooMany(reply, wait);
    let strange = false;
    try {
      const signedIn = await recognise(request, deps);
      strange = signedIn === undefined;
      return signedIn;
    } finally {
      // A record that is away says nothing of whoever asked.
      if (!strange) strangers.giveBack(client);
    }
  }

  return {
    async recognise(request, reply) {
      const token = sentBy(request)?.token;
      if (token === undefined) return undefined;
      const hash = tokenHash(token);
      const signedIn = await (known.has(hash) ? recognise(request, deps) : introduce(request, reply));
      if (signedIn) meet(hash);
      else known.delete(hash);
      return signedIn;
    },
    met: (token) => meet(tokenHash(token)),
  };
}
