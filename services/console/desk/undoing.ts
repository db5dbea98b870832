/** How long something just done can be taken back. */
export const undoFor = 5000;

export interface Undoable {
  readonly what: 'dispatched' | 'closing' | 'ticked' | 'unticked' | 'handed';
  readonly values?: Readonly<Record<string, string | number>>;
  readonly undo: () => void;
  /** For what cannot be taken back once it is done: it is done when the time is over. */
  readonly otherwise?: Otherwise;
}

interface Otherwise {
  /** The incident it is done to. Said again of the same one, it is meant once. */
  readonly incidentId: string;
  readonly act: () => Promise<unknown>;
}

/** Counted, so that another thing has another count of seconds. */
export interface Held {
  readonly done: Undoable;
  readonly count: number;
}

/** What was meant and was not done. */
export interface Failed {
  readonly done: Undoable;
  readonly otherwise: Otherwise;
  readonly error: unknown;
}

interface Shown {
  readonly last: Held | undefined;
  readonly failed: readonly Failed[];
}

/** What was done last and can be taken back, and what failed after its time, whatever is on the table by then. */
export class Undoing {
  #shown: Shown = { last: undefined, failed: [] };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #count = 0;
  readonly #underWay = new Set<string>();
  readonly #watchers = new Set<() => void>();

  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  };
  readonly shown = (): Shown => this.#shown;

  /** Says what was done, for as long as it can be taken back. What was offered before takes its course. */
  offer(done: Undoable): void {
    const incidentId = done.otherwise?.incidentId;
    if (incidentId !== undefined && this.#underWay.has(incidentId)) return;
    if (incidentId === undefined || this.#shown.last?.done.otherwise?.incidentId !== incidentId) this.settle();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), undoFor);
    this.#count += 1;
    this.#show({ last: { done, count: this.#count }, failed: this.#without(incidentId) });
  }

  /** Takes back what was done last, if it still can be. */
  undo(): void {
    this.#release()?.undo();
  }

  /** The time is over. */
  settle(): void {
    const done = this.#release();
    if (done?.otherwise) void this.#do(done, done.otherwise);
  }

  retry({ done, otherwise }: Failed): void {
    this.forget(otherwise.incidentId);
    void this.#do(done, otherwise);
  }

  /** The person has seen that it was not done. */
  forget(incidentId: string): void {
    this.#show({ ...this.#shown, failed: this.#without(incidentId) });
  }

  async #do(done: Undoable, otherwise: Otherwise): Promise<void> {
    const { incidentId, act } = otherwise;
    this.#underWay.add(incidentId);
    try {
      await act();
    } catch (error) {
      this.#show({ ...this.#shown, failed: [...this.#without(incidentId), { done, otherwise, error }] });
    } finally {
      this.#underWay.delete(incidentId);
    }
  }

  #release(): Undoable | undefined {
    clearTimeout(this.#timer);
    const done = this.#shown.last?.done;
    if (done) this.#show({ ...this.#shown, last: undefined });
    return done;
  }

  #without(incidentId: string | undefined): readonly Failed[] {
    return this.#shown.failed.filter(({ otherwise }) => otherwise.incidentId !== incidentId);
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    for (const changed of this.#watchers) changed();
  }
}

const people = new Map<string, Undoing>();

/** Of one person at this screen: what failed after the desk was left is still said when that person comes back to it. */
export function undoingOf(name: string): Undoing {
  const undoing = people.get(name) ?? new Undoing();
  people.set(name, undoing);
  return undoing;
}
