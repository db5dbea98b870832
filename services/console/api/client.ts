import createClient from 'openapi-fetch';
import { serverTime } from './server-time.ts';
import type { components, paths } from './types.generated.ts';

/** The one way to the HTTP side, typed by its OpenAPI document: `await answer(api.GET('/api/v1/incidents'))`. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });

api.use({
  onRequest: ({ request }) => {
    asked.set(request, Date.now());
  },
  onResponse: ({ request, response }) => {
    serverTime.note(response.headers.get('date'), asked.get(request) ?? Date.now(), Date.now());
  },
});
const asked = new WeakMap<Request, number>();

export type Problem = components['schemas']['Problem'];

/** A request that was refused, with what the person should do (RFC 9457). */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** The body of a good answer. @throws Refused; TypeError when the server cannot be reached */
export async function answer<T>(asking: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asking;
  if (!response.ok) throw new Refused(response.status, isProblem(error) ? error : undefined);
  return data as T;
}

const isProblem = (error: unknown): error is Problem => typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
