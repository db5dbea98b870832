import { answer, api, Refused } from '../api/client.ts';
import type { Saying, Waiting } from './orders.ts';
import type { Sent } from './outbox.ts';

/** Longer than any good answer takes, shorter than a phone's own patience with a network that swallows. */
const patience = 15_000;

/** One attempt to hand over to the server what the officer said. */
export async function send({ eventId, at, saying }: Waiting, calledOff: AbortSignal | undefined): Promise<Sent> {
  const late = AbortSignal.timeout(patience);
  try {
    await answer(post(eventId, at, saying, calledOff ? AbortSignal.any([late, calledOff]) : late));
    return { outcome: 'sent' };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** Nobody is signed in, or not with all that the role needs: the frame asks for it. */
export const mustSignIn = ({ status, problem }: Refused): boolean => status === 401 || problem?.code === 'second-factor-due';

export function outcomeOf(error: unknown): Sent {
  if (!(error instanceof Refused)) return { outcome: 'unreachable' };
  if (mustSignIn(error)) return { outcome: 'signed-out' };
  // Something between here and the server (a proxy during an upgrade, a filter) speaks for itself alone.
  const forNow = error.status >= 500 || error.problem?.retry !== false;
  return forNow ? { outcome: 'unreachable' } : { outcome: 'refused', error };
}

function post(
  eventId: string,
  at: string,
  saying: Saying,
  signal: AbortSignal,
): Promise<{ data?: unknown; error?: unknown; response: Response }> {
  switch (saying.kind) {
    case 'report': {
      const { orderId, state, note } = saying;
      return api.POST('/api/v1/officer/reports', {
        body: { orderId, state, at, eventId, ...(note === undefined ? {} : { note }) },
        signal,
      });
    }
    case 'emergency': {
      const { position } = saying;
      return api.POST('/api/v1/officer/emergency', { body: { eventId, at, ...(position === undefined ? {} : { position }) }, signal });
    }
    case 'duty':
      return api.POST('/api/v1/officer/duty', { body: { on: saying.on }, signal });
    default:
      return saying satisfies never;
  }
}
