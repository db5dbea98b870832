import pg from 'pg';

/**
 * Statements that were started together, sent as one piece of the wire and answered as one: PostgreSQL's extended protocol lets
 * any number of them share one Sync (PostgreSQL 18, 54.2.4). Each Sync of its own wakes the server and this process once more,
 * which costs about as much as a small statement. When one fails, the server skips those behind it and undoes those before it:
 * what stands before a Sync is one transaction. That is committed at the Sync, behind the rows and their CommandComplete, so
 * nothing has been done before ReadyForQuery: a disk that fails the commit shows as an error behind results that looked good.
 */

/** What pg hands to a query, and what a query calls on its connection; pg's own types leave these out. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void; destroy(error: unknown): void };
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  describe(what: unknown): void;
  execute(what: unknown): void;
  sync(): void;
}
interface Inner {
  readonly fields: readonly object[];
  readonly _parsers: readonly unknown[];
  readonly _prebuiltEmptyResultObject: object;
}
interface Protocol {
  name?: string | undefined;
  text?: string | undefined;
  prepare(wire: Wire): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
}

export interface Waiting {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** How the rows of a prepared statement look, by its name; the server tells once. */
export type Shapes = Map<string, Inner | 'no rows'>;

const RawQuery = pg.Query as unknown as new (config: object) => object;

/** One statement of a convoy. pg writes a Sync behind each execution; here one stands behind all. */
class Part extends RawQuery {
  readonly waiting: Waiting;
  constructor(waiting: Waiting) {
    super({ name: waiting.name, text: waiting.text, values: waiting.values });
    this.waiting = waiting;
  }
  _getRows(wire: Wire): void {
    wire.execute({ portal: '' });
  }
  get inner(): Inner {
    return (this as unknown as { _result: Inner })._result;
  }
  /** A row that could not be read. */
  get unread(): unknown {
    return (this as unknown as { _canceledDueToError: unknown })._canceledDueToError;
  }
  /** A value that cannot be sent: pg then ends the convoy half-way, and what comes back belongs to nothing. */
  handleError(error: unknown): void {
    throw error;
  }
}
const protocol = (part: Part): Protocol => part as unknown as Protocol;

/** pg takes for a query what extends its own, and calls these in the order in which the server answers. */
export class Convoy extends RawQuery {
  readonly #parts: readonly Part[];
  readonly #shapes: Shapes;
  #at = 0;

  constructor(statements: readonly Waiting[], shapes: Shapes) {
    super({ text: statements[0]?.text ?? '' });
    this.#parts = statements.map((waiting) => new Part(waiting));
    this.#shapes = shapes;
    this.#stand();
  }

  submit(wire: Wire): null {
    wire.stream.cork();
    try {
      for (const part of this.#parts) this.#send(part, wire);
      wire.sync();
    } catch (error) {
      this.handleError(error, wire);
      wire.stream.destroy(error);
    } finally {
      wire.stream.uncork();
    }
    return null;
  }

  handleRowDescription(message: unknown): void {
    const part = this.#now;
    if (!part) return;
    protocol(part).handleRowDescription(message);
    this.#shapes.set(part.waiting.name, part.inner);
  }

  handleDataRow(message: unknown): void {
    if (this.#now) protocol(this.#now).handleDataRow(message);
  }

  handleCommandComplete(message: unknown, wire: Wire): void {
    const part = this.#now;
    if (!part) return;
    protocol(part).handleCommandComplete(message, wire);
    if (!this.#shapes.has(part.waiting.name)) this.#shapes.set(part.waiting.name, 'no rows');
    this.#at += 1;
    this.#stand();
  }

  /** Of the server, or of the connection: nothing more of this convoy will be answered, and nothing of it was committed for sure. */
  handleError(error: unknown, wire: Wire): void {
    // The first one's parse may have gone well; pg saw that and told its list of what is parsed.
    for (const { waiting } of this.#parts.slice(this.#at)) delete wire.submittedNamedStatements[waiting.name];
    this.#at = 0;
    this.#fail(error);
  }

  handleReadyForQuery(): void {
    for (const { inner, unread, waiting } of this.#parts.slice(0, this.#at)) {
      if (unread) waiting.reject(unread);
      else waiting.resolve(inner);
    }
    this.#fail(new Error('the server did not answer a statement'));
  }

  get #now(): Part | undefined {
    return this.#parts[this.#at];
  }

  /** pg notes what was parsed under the name and text of the query that it deals with. */
  #stand(): void {
    const { name, text } = this.#now?.waiting ?? {};
    Object.assign(this, { name, text });
  }

  #send(part: Part, wire: Wire): void {
    const shape = this.#shapes.get(part.waiting.name);
    if (shape === undefined) return protocol(part).prepare(wire);
    if (shape !== 'no rows') this.#shape(part, shape);
    // What the server would tell again is known.
    const quiet: Wire = Object.assign(Object.create(wire) as Wire, { describe: () => undefined });
    protocol(part).prepare(quiet);
  }

  #shape(part: Part, { fields, _parsers, _prebuiltEmptyResultObject }: Inner): void {
    Object.assign(part.inner, { fields, _parsers, _prebuiltEmptyResultObject });
    Object.assign(part, { _accumulateRows: true });
  }

  /** Those that were not answered. */
  #fail(error: unknown): void {
    for (const { waiting } of this.#parts.slice(this.#at)) waiting.reject(error);
    this.#at = this.#parts.length;
  }
}
