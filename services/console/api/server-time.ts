/** How far this machine's clock stands from the server's, told by the Date header of every answer (whole seconds). */
class ServerTime {
  /** The station's time zone, as the session tells it; this machine's before. Its people mean times by its clock, wherever a screen stands. */
  timeZone: string | undefined;
  #ahead: number | undefined;
  #roundTrip = Number.POSITIVE_INFINITY;

  /** @param sentAt @param gotAt milliseconds UTC by this machine */
  note(date: string | null, sentAt: number, gotAt: number): void {
    const said = Date.parse(date ?? '');
    const roundTrip = gotAt - sentAt;
    // The quicker the answer, the less its age blurs it; an old measure still gives way to a new one in time.
    if (Number.isNaN(said) || roundTrip > this.#roundTrip * 2 + 200) return;
    this.#roundTrip = roundTrip;
    this.#ahead = (sentAt + gotAt) / 2 - (said + 500);
  }

  /** Milliseconds by which this machine is ahead of the server; undefined before the first answer. */
  get ahead(): number | undefined {
    return this.#ahead;
  }

  /** The server's time, milliseconds UTC: what every age and countdown is measured by. */
  now(): number {
    return Date.now() - (this.#ahead !== undefined && Math.abs(this.#ahead) > 1000 ? this.#ahead : 0);
  }
}

export const serverTime = new ServerTime();
