import { createParser } from 'eventsource-parser';
import { type Problem, Refused } from '../api/client.ts';
import { serverTime } from '../api/server-time.ts';
import type { Orders } from './orders.ts';

export type LineState =
  | { readonly state: 'connecting' | 'live' }
  | { readonly state: 'lost'; readonly since: number }
  /** The server does not want this page: nobody is signed in, or the account moves with no unit. */
  | { readonly state: 'refused'; readonly error: Refused };

/** The server says every ten seconds that it is there. */
const deadAfter = 25_000;
const waits = { first: 500, longest: 8000 };
/** What a person must put right first is asked for again slowly. */
const refusedWait = 15_000;

export interface LineHearer {
  readonly became: (state: LineState) => void;
  readonly orders: (orders: Orders) => void;
}

/** Keeps the stream of the unit's orders open until it is stopped. */
export function holdLine(hearer: LineHearer, signal: AbortSignal): void {
  void run(hearer, signal);
}

async function run(hearer: LineHearer, signal: AbortSignal): Promise<void> {
  let since: number | undefined;
  hearer.became({ state: 'connecting' });
  for (let failures = 0; !signal.aborted; ) {
    const began = Date.now();
    const error: unknown = await once(hearer, signal).catch((reason: unknown) => reason);
    if (signal.aborted) return;
    const refused = error instanceof Refused && error.status < 500 && error.status !== 429 ? error : undefined;
    // The line was there until it broke, and is gone since then however often it is tried.
    since = Date.now() - began > deadAfter || since === undefined ? Date.now() : since;
    hearer.became(refused ? { state: 'refused', error: refused } : { state: 'lost', since });
    failures = Date.now() - began > deadAfter ? 1 : failures + 1;
    await pause(refused ? refusedWait : Math.min(waits.longest, waits.first * 2 ** (failures - 1)), signal);
  }
}

/** One connection. @throws whatever ended it */
async function once(hearer: LineHearer, signal: AbortSignal): Promise<void> {
  const attempt = new AbortController();
  const lost = (): void => attempt.abort(new Error('the network is away'));
  let watchdog = setTimeout(lost, deadAfter);
  globalThis.addEventListener('offline', lost);
  try {
    const end = AbortSignal.any([signal, attempt.signal]);
    const asked = Date.now();
    const response = await fetch('/api/v1/officer/stream', { headers: { accept: 'text/event-stream' }, cache: 'no-store', signal: end });
    if (!response.ok || !response.body)
      throw new Refused(response.status, (await response.json().catch(() => undefined)) as Problem | undefined);
    serverTime.note(response.headers.get('date'), asked, Date.now());
    hearer.became({ state: 'live' });
    const parser = createParser({ onEvent: ({ event, data }) => event === 'orders' && hearer.orders(JSON.parse(data) as Orders) });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      clearTimeout(watchdog);
      watchdog = setTimeout(lost, deadAfter);
      parser.feed(read.value);
    }
  } finally {
    clearTimeout(watchdog);
    globalThis.removeEventListener('offline', lost);
    attempt.abort();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener('online', over);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    // The network is back: no reason to wait out the pause.
    globalThis.addEventListener('online', over);
    signal.addEventListener('abort', over);
  });
}
