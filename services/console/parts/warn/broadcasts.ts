import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/types.generated.ts';

export type Broadcast = paths['/api/v1/broadcasts/{id}']['get']['responses']['200']['content']['application/json'];
/** A broadcast to more than one site, which a second person must consent to first. */
export type Request = paths['/api/v1/broadcast-requests/{id}']['get']['responses']['200']['content']['application/json'];
type Asked = paths['/api/v1/broadcasts']['post']['requestBody']['content']['application/json'];
/** What is said: words, a phrase, or a person at the microphone. */
export type Words = Pick<Asked, 'text' | 'phraseId' | 'live' | 'lang' | 'repeat'>;

/** Whom a warning is for: the place that a camera looks at, an incident, or both. */
export interface WarnPlace {
  readonly cameraId?: string;
  readonly incidentId?: string;
}

export function say({ cameraId, incidentId }: WarnPlace, words: Words): Promise<Broadcast | Request> {
  const body = { ...words, ...(cameraId === undefined ? {} : { cameraId }) };
  if (incidentId === undefined) return answer(api.POST('/api/v1/broadcasts', { body }));
  return answer(api.POST('/api/v1/incidents/{id}/broadcasts', { params: { path: { id: incidentId } }, body }));
}

export const waits = (made: Broadcast | Request): made is Request => 'until' in made;
