import { createHash } from 'node:crypto';
import pg from 'pg';

/** Statements of other lengths come from lists of changing size; past this many a connection plans them anew each time. */
const most = 400;
const names = new Map<string, string>();

/** The same text has the same name on every connection. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= most) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
  names.set(text, name);
  return name;
}

/**
 * Lets PostgreSQL keep what it parsed and planned: the statements of an alarm are always the same few, and planning the
 * larger ones costs more than running them. Kysely gives pg plain text and values, so the name is added here.
 */
export class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads of query; this passes all but one on untouched
  override query(...given: any[]): any {
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const asked = name === undefined ? given : [{ name, text, values }, ...rest];
    return (super.query as (...all: unknown[]) => unknown)(...asked);
  }
}
