import manifest from './manifest.webmanifest?url';
import workerAddress from './worker.ts?worker&url';

/** Where the page and its worker live. */
const scope = '/console/officer';

/**
 * Makes the page one that can be put on the phone and opens without a network: a manifest, and a worker that keeps its
 * files. Both need TLS (or this very machine), as browsers have it.
 */
export function install(): void {
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = manifest;
  document.head.append(link);
  if ('serviceWorker' in navigator) keepFiles().catch((error: unknown) => console.info('the page is not kept on the phone:', error));
}

async function keepFiles(): Promise<void> {
  await navigator.serviceWorker.register(workerAddress, { scope });
  const { active } = await navigator.serviceWorker.ready;
  // What was loaded before the worker was there has not passed through it.
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/console/assets/'));
  active?.postMessage({ keep: [...new Set(files.map(({ pathname }) => pathname))] });
}
