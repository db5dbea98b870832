import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, Refused } from './client.ts';
import type { paths } from './types.generated.ts';

export type Session = paths['/api/v1/sessions/current']['get']['responses']['200']['content']['application/json'];
export type Role = 'operator' | 'supervisor' | 'installer' | 'integrator' | 'officer' | 'admin';

/** Who sits here; null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await answer(api.GET('/api/v1/sessions/current'));
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** The session of somebody who is signed in. @throws outside the frame, which shows nothing before */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

export const mayDo = (session: Session, roles: readonly Role[]): boolean =>
  session.actor.roles.includes('admin') || roles.some((role) => session.actor.roles.includes(role));
