import { queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { answer, api, Refused } from './client.ts';
import { serverTime } from './server-time.ts';
import type { paths } from './types.generated.ts';

export type Session = paths['/api/v1/sessions/current']['get']['responses']['200']['content']['application/json'];
export type Role = 'operator' | 'supervisor' | 'installer' | 'integrator' | 'officer' | 'admin' | 'auditor';

/** Who sits here; null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await answer(api.GET('/api/v1/sessions/current'));
      serverTime.timeZone = session.timeZone;
      return session;
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/**
 * Handed down by the frame: when somebody signs out, what still stands within it must not learn of that before the frame
 * has taken it away.
 */
export const SessionRoom = createContext<Session | undefined>(undefined);

/** The session of somebody who is signed in. @throws outside the frame, which shows nothing before */
export function useSession(): Session {
  const session = useContext(SessionRoom);
  if (!session) throw new Error('nobody is signed in');
  return session;
}

export const mayDo = (session: Session, roles: readonly Role[]): boolean =>
  session.actor.roles.includes('admin') || roles.some((role) => session.actor.roles.includes(role));
