/** How long each stop was really seen: time in which its picture was not the present does not count. Milliseconds. */
export class Dwell {
  readonly #seen = new Map<number, number>();
  readonly #since = new Map<number, number>();

  /** The picture of a stop begins or ceases to show the present. */
  note(stop: number, live: boolean, now: number): void {
    const since = this.#since.get(stop);
    if (since !== undefined) this.#seen.set(stop, (this.#seen.get(stop) ?? 0) + now - since);
    this.#since.delete(stop);
    if (live) this.#since.set(stop, now);
  }

  seen(stop: number, now: number): number {
    const since = this.#since.get(stop);
    return (this.#seen.get(stop) ?? 0) + (since === undefined ? 0 : now - since);
  }

  /** Whether its picture is the present now. */
  looking(stop: number): boolean {
    return this.#since.has(stop);
  }

  /** Whole seconds that are still to be looked. */
  left(stop: number, dwellSeconds: number, now: number): number {
    return Math.max(0, Math.ceil(dwellSeconds - this.seen(stop, now) / 1000));
  }
}

/** Where to look next: the first stop after this one of which nothing was found, else the first at all; this one when all were. */
export function nextStop(stops: number, found: ReadonlySet<number>, at: number): number {
  for (let step = 1; step <= stops; step += 1) {
    const stop = ((at - 1 + step) % stops) + 1;
    if (!found.has(stop)) return stop;
  }
  return at;
}

/** The stops that are on the screen together with one. */
export function together(stops: number, atOnce: number, at: number): readonly number[] {
  const first = Math.floor((at - 1) / atOnce) * atOnce + 1;
  return Array.from({ length: Math.min(atOnce, stops - first + 1) }, (_none, step) => first + step);
}
