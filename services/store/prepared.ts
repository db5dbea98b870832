import { createHash } from 'node:crypto';
import pg from 'pg';
import { Convoy, type Shapes, type Waiting } from './convoy.ts';

/** Statements of other lengths come from lists of changing size; past this many a connection plans them anew each time. */
const most = 400;
const names = new Map<string, string>();
/** What transact.ts sends around its statements. */
const bare: ReadonlySet<string> = new Set(['begin', 'commit', 'set local synchronous_commit to off', 'set local synchronous_commit to on']);

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
 * larger ones costs more than running them. Kysely gives pg plain text and values, so the name is added here. Those that
 * are started in one turn leave together.
 */
export class PreparingClient extends pg.Client {
  readonly #shapes: Shapes = new Map();
  #waiting: Waiting[] = [];

  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads of query; this passes all but one on untouched
  override query(...given: any[]): any {
    const [text, values, ...rest] = given;
    const plain = typeof text === 'string' && Array.isArray(values) && rest.length === 0 && (values.length > 0 || bare.has(text));
    const name = plain ? nameOf(text) : undefined;
    if (name === undefined) {
      this.#leave();
      return (super.query as (...all: unknown[]) => unknown)(...given);
    }
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ name, text, values, resolve, reject }) === 1) process.nextTick(() => this.#leave());
    });
  }

  #leave(): void {
    if (this.#waiting.length === 0) return;
    const convoy = new Convoy(this.#waiting, this.#shapes);
    this.#waiting = [];
    (super.query as (query: unknown) => unknown)(convoy);
  }
}
