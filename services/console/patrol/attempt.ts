import { newId } from '../parts/new-id.ts';

/**
 * Names what a person asks for: the same, asked again after it failed, has the same name, so that a step of it that was done
 * without anybody hearing of it is not done twice.
 */
export class Attempt {
  #said = '';
  #name = '';

  nameOf(said: object): string {
    const now = JSON.stringify(said);
    if (now !== this.#said) this.#name = newId();
    this.#said = now;
    return this.#name;
  }

  /** All of it is done: the same once more is another one. */
  done(): void {
    this.#said = '';
  }
}
