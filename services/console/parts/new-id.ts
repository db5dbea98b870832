/** An id of the page's own. Pages that are reached over plain HTTP have no randomUUID. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
