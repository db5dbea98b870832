import { onTestFinished } from 'vitest';
import { type Api, eventId, type Station } from './rig.ts';

/** What the page of a phone was last told. */
export interface ShownOrders {
  readonly at: string;
  readonly unit: { readonly id: string; readonly name: string; readonly status: string };
  readonly items: readonly ShownOrder[];
  readonly ended: readonly { readonly id: string; readonly state: string; readonly incidentNumber: number }[];
}
export interface ShownOrder {
  readonly id: string;
  readonly incidentId: string;
  readonly incidentNumber: number;
  readonly state: string;
  readonly kind: string;
  readonly text: string;
  readonly silent: boolean;
  readonly expiresAt: string;
  readonly site?: { readonly id: string; readonly name: string; readonly contacts: readonly unknown[] };
  readonly location?: { readonly lat: number; readonly lon: number };
  readonly cameras: readonly { readonly id: string; readonly name: string }[];
  readonly others: readonly { readonly unitId: string; readonly name: string; readonly state: string }[];
}

/** An officer with a phone that has the page open: the stream is the real one, the screen is this object. */
export interface SimulatedPhone {
  /** Every list of orders that came, oldest first. */
  readonly told: readonly ShownOrders[];
  readonly shown: () => ShownOrders | undefined;
  readonly open: () => boolean;
  readonly api: Api;
  /** The credential as a header. */
  readonly authorization: string;
  report(
    orderId: string,
    state: string,
    more?: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly id: string; readonly late: boolean }>;
  close(): void;
}

const password = 'scenario-officer-password';

/** Registers the unit's phone and an officer's account of the unit; both once. */
export async function registerOfficer(at: Station, unitId: string): Promise<void> {
  await at.register('radio', `phone-${unitId}`, { driver: 'phone', unitId });
  await at.api('POST', '/accounts', { username: `officer-${unitId}`, password, roles: ['officer'], unitId });
}

/** Opens the page of an officer who is registered. */
export async function openPhone(at: Station, unitId: string): Promise<SimulatedPhone> {
  const { url } = at.http();
  const ask = async <T>(method: string, path: string, token: string, body?: unknown): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const { token } = await ask<{ token: string }>('POST', '/sessions', '', { username: `officer-${unitId}`, password });
  const api: Api = (method, path, body) => ask(method, path, token, body);

  const stop = new AbortController();
  const answer = await fetch(`${url}/api/v1/officer/stream`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}: ${await answer.text()}`);
  const told: ShownOrders[] = [];
  let open = true;
  const reading = read(answer.body, told)
    .catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    })
    .finally(() => {
      open = false;
    });
  onTestFinished(async () => {
    stop.abort();
    await reading;
  });
  await at.until(() => {
    if (told.length === 0) throw new Error('the page shows nothing yet');
  });
  return {
    told,
    shown: () => told.at(-1),
    open: () => open,
    api,
    authorization: `Bearer ${token}`,
    report: (orderId, state, more = {}) =>
      api('POST', '/officer/reports', { orderId, state, at: new Date(at.clock.now()).toISOString(), eventId: eventId(), ...more }),
    close: () => stop.abort(),
  };
}

async function read(body: ReadableStream<Uint8Array>, told: ShownOrders[]): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [event, data] = ['event: ', 'data: '].map((name) =>
        block
          .split('\n')
          .find((line) => line.startsWith(name))
          ?.slice(name.length),
      );
      if (event === 'orders' && data !== undefined) told.push(JSON.parse(data) as ShownOrders);
    }
  }
}

/** The first order that the page shows. */
export const orderShown = (at: Station, phone: SimulatedPhone): Promise<ShownOrder> =>
  at.until(() => {
    const [order] = phone.shown()?.items ?? [];
    if (!order) throw new Error('the page shows no order');
    return order;
  });
