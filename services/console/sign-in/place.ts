/**
 * The issuer of identities sends everybody back to the first page, whichever page they had asked for. So the page that was asked
 * for is kept for as long as the tab lives, and shown to whoever comes back.
 */
const kept = 'baiying.place';
const first = '/console/';

export function keepPlace(): void {
  const { pathname, search, hash } = location;
  if (pathname !== first) sessionStorage.setItem(kept, pathname + search + hash);
}

/** Before the router reads the address. Whoever was refused keeps the place for the next attempt. */
export function backToPlace(): void {
  const place = sessionStorage.getItem(kept);
  if (place === null || location.pathname !== first || location.search !== '') return;
  sessionStorage.removeItem(kept);
  history.replaceState(null, '', place);
}
