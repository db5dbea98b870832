import { admitted } from './web-admit.ts';
import { type Bounds, type Door, openLimit } from './web-door.ts';
import { type Answer, exchange } from './web-exchange.ts';

/**
 * HTTP for devices. Every request has a connection of its own (cameras close idle ones in the middle of the next
 * request), goes to the configured host and to no other, and keeps what it knows of nonces to itself: a shared digest
 * state is how one camera's picture was taken for another's.
 */

export { type After, type Bounds, type Door, realAfter } from './web-door.ts';
export { type Opened, type WebOpen, webOpen } from './web-open.ts';
export { type Upload, type Uploaded, webUpload } from './web-upload.ts';

export interface WebRequest extends Bounds {
  readonly method: string;
  /** Path and query, beginning with `/`, percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Bytes of the answer's body. Default 1 MiB. */
  readonly largest?: number;
}

export type WebAnswer = Answer;

/**
 * One request and its whole answer, with Digest or Basic where the device asks for it. Any status but 401 and the
 * redirects is the caller's to read.
 * @throws Trouble, or the reason of `signal` when that was aborted
 */
export async function webRequest(door: Door, request: WebRequest): Promise<WebAnswer> {
  const limit = openLimit(request);
  try {
    return await admitted(door, request, (authorization) => exchange(door, { ...request, ...authorization }, limit));
  } finally {
    limit.end();
  }
}
