import { adminPassword } from './processes.ts';

export type Api = <T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, type?: string) => Promise<T>;

/** Signs in as admin and gives a function that asks the API and throws on a refusal. */
export async function signIn(http: string): Promise<Api> {
  let token = '';
  const api: Api = async (method, path, body, type = 'application/json') => {
    const headers = {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
    };
    const response = await fetch(`${http}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  ({ token } = await api<{ token: string }>('POST', '/sessions', { username: 'admin', password: adminPassword }));
  return api;
}
