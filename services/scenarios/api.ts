import { setTimeout as rest } from 'node:timers/promises';

/** An HTTP request to /api/v1; throws with status and body when it is refused. */
export type Api = <T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<T>;

/** Signs in. @param http where the product listens; asked each time, since a restart may bring another port */
export async function signIn(http: () => string, username: string, password: string): Promise<Api> {
  let token = '';
  const api: Api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await patient(() =>
      fetch(`${http()}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  token = (await api<{ token: string }>('POST', '/sessions', { username, password })).token;
  return api;
}

/** On a machine that others share the product may call itself overloaded; it has then done nothing, and is asked again as it says. */
export async function patient(ask: () => Promise<Response>, tries = 40): Promise<Response> {
  const response = await ask();
  if (response.status !== 503 || tries === 0 || !(await response.clone().text()).includes('"overloaded"')) return response;
  await rest(500);
  return patient(ask, tries - 1);
}
