import { TextDecoder } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { Fault, type FieldFault } from '../errors.ts';

/** JSON bodies in UTF-8, and nothing else unless a route's own plugin adds it. */
export function takeJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const charset = /;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset))
      return done(new Fault('media-type-unsupported', `JSON is UTF-8 (RFC 8259); ${charset} is not taken`));
    // Clients that always name a content type send acts without a body this way; a route that needs one says so itself.
    if (body.length === 0) return done(null, undefined);
    const text = decoded(utf8, body);
    if (text === undefined) return done(new Fault('body-unreadable', 'The body is not UTF-8'));
    parse(request, text, (error, value) => done(error ? unreadable(text) : (unstorable(text, value) ?? null), value));
  });
  app.addHook('onRequest', async (request) => {
    if (/%00/.test(request.url))
      throw new Fault('body-invalid', 'The address holds U+0000', [{ path: 'query', message: 'U+0000 is not text' }]);
  });
}

function decoded(utf8: TextDecoder, body: Buffer): string | undefined {
  try {
    return utf8.decode(body);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Fastify's parser does not say where the text breaks; JSON.parse does. What that one takes is refused for a prototype in it. */
function unreadable(text: string): Fault {
  try {
    JSON.parse(text);
    return new Fault('body-unreadable', 'The body names __proto__ or constructor.prototype');
  } catch (error) {
    if (error instanceof SyntaxError) return new Fault('body-unreadable', `The body is no JSON: ${error.message.slice(0, 200)}`);
    throw error;
  }
}

/** PostgreSQL takes neither U+0000 nor half a surrogate pair in text; JSON can say both, but only as escapes. */
function unstorable(text: string, value: unknown): Fault | undefined {
  if (!/\\u(0000|d[89a-f])/i.test(text)) return undefined;
  const faults = [...badStrings(value, 'body')];
  return faults.length > 0 ? new Fault('body-invalid', 'The body holds what is not text', faults) : undefined;
}

function* badStrings(value: unknown, path: string): Generator<FieldFault> {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed()))
    yield { path, message: 'Holds U+0000 or half a surrogate pair' };
  if (value === null || typeof value !== 'object') return;
  for (const [name, part] of Object.entries(value)) {
    yield* badStrings(name, path);
    yield* badStrings(part, `${path}.${name}`);
  }
}
