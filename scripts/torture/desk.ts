import { setTimeout as pause } from 'node:timers/promises';
import { adminPassword } from '../bench/processes.ts';

/** What the API says of the record, as far as the ledgers are compared. */
export interface RecordedSignal {
  readonly id: string;
  readonly deviceId: string;
  readonly eventId?: string;
  readonly incidentId?: string;
  readonly receivedAt: string;
  /** `firstOrders`: the units that were sent while the record was away. */
  readonly ours?: { readonly firstOrders?: readonly string[] };
}
export interface RecordedIncident {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly deviceId?: string;
  readonly openedAt: string;
  readonly closedAt?: string;
}
export interface RecordedOrder {
  readonly id: string;
  readonly incidentId: string;
  readonly unitId: string;
  readonly state: string;
}
export interface Chain {
  readonly incidentId: string;
  readonly intact: boolean;
  readonly why?: string;
}

/** An operator's desk that asks again for as long as nobody answers or the answer is 5xx, since the server is being killed. */
export interface OperatorDesk {
  ask<T>(method: 'GET' | 'POST', path: string, body?: unknown, type?: string): Promise<T>;
  all<T>(path: string): Promise<readonly T[]>;
  /**
   * False while the record does not hold it yet, as after an order that was sent while the record was away. Closed already
   * counts as closed: the answer to the first try may have been lost.
   */
  close(incidentId: string): Promise<boolean>;
}

class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const answerWithin = 10_000;
const againAfter = 200;
const patience = 60_000;

export async function openOperatorDesk(http: string): Promise<OperatorDesk> {
  let token = '';
  const once = async (method: string, path: string, body: unknown, type: string): Promise<unknown> => {
    const headers = {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
    };
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(`${http}/api/v1${path}`, { method, headers, ...sent, signal: AbortSignal.timeout(answerWithin) });
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    throw new Refused(response.status, codeIn(text), `${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  };
  const ask: OperatorDesk['ask'] = async <T>(method: 'GET' | 'POST', path: string, body?: unknown, type = 'application/json') => {
    const end = performance.now() + patience;
    for (;;) {
      try {
        return (await once(method, path, body, type)) as T;
      } catch (error) {
        const passing = !(error instanceof Refused) || error.status >= 500 || error.status === 429;
        if (!passing || performance.now() > end) throw error;
        await pause(againAfter);
      }
    }
  };
  ({ token } = await ask<{ token: string }>('POST', '/sessions', { username: 'admin', password: adminPassword }));
  return {
    ask,
    async all<T>(path: string) {
      const items: T[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: { items: readonly T[]; nextCursor?: string } = await ask(
          'GET',
          `${path}${path.includes('?') ? '&' : '?'}limit=500${from}`,
        );
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },
    async close(incidentId) {
      try {
        await ask('POST', `/incidents/${incidentId}/close`, { disposition: 'test' });
      } catch (error) {
        if (!(error instanceof Refused) || !['incident-closed', 'not-found'].includes(error.code)) throw error;
        return error.code === 'incident-closed';
      }
      return true;
    },
  };
}

function codeIn(text: string): string {
  try {
    return String((JSON.parse(text) as { code?: unknown }).code);
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

/** Runs `work` over all items, `width` at a time, in order. */
export async function eachOf<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const left = items.entries();
  const hand = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, hand));
  return results;
}
