/**
 * Keeps the officer's page on the phone: its files, the page itself, and who was signed in last, so that it opens and shows
 * what it has without a network. Orders and answers are not its business; the page keeps those.
 */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Told extends Extendable {
  readonly data: { readonly keep: readonly string[] };
}
interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', hear: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', hear: (event: Fetching) => void): void;
  addEventListener(type: 'message', hear: (event: Told) => void): void;
}
const worker = globalThis as unknown as Worker;

const page = '/console/officer';
const session = '/api/v1/sessions/current';
const files = '/console/assets/';
const [pages, assets, people] = ['baiying-officer-page', 'baiying-officer-files', 'baiying-officer-session'];
/** More than one build of the page is made of. */
const mostFiles = 300;
/** On a network that swallows, what is kept is shown after this. */
const patience = 4000;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('message', (event) => event.waitUntil(keepAll(event.data.keep)));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === 'navigate' && pathname.startsWith(page)) event.respondWith(freshFirst(request, pages, page));
  else if (request.method === 'GET' && pathname.startsWith(files)) event.respondWith(keptFirst(request));
  else if (request.method === 'GET' && pathname === session) event.respondWith(freshFirst(request, people, session));
  else if (request.method === 'DELETE' && pathname === session) event.waitUntil(caches.delete(people));
});

/** From the network, kept for when there is none. */
async function freshFirst(request: Request, name: string, key: string): Promise<Response> {
  const cache = await caches.open(name);
  const kept = await cache.match(key);
  const asking = fetch(request).then(async (response) => {
    if (response.ok) await cache.put(key, response.clone());
    // Whoever is no longer signed in is not, without a network either.
    else if (response.status === 401) await cache.delete(key);
    return response;
  });
  if (!kept) return asking;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(timeless(kept)), patience));
  return Promise.race([asking.catch(() => timeless(kept)), late]);
}

/** What is kept does not tell the time: the page measures the phone's clock by it. */
function timeless(kept: Response): Response {
  const headers = new Headers(kept.headers);
  headers.delete('date');
  return new Response(kept.body, { status: kept.status, headers });
}

/** The names of these files change with their content. */
async function keptFirst(request: Request): Promise<Response> {
  const cache = await caches.open(assets);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}

async function keepAll(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(assets);
  for (const path of paths) if (!(await cache.match(path))) await cache.add(path);
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - mostFiles))) await cache.delete(old);
  const kept = await caches.open(pages);
  if (!(await kept.match(page))) await kept.add(page);
}

export {};
