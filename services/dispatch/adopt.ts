import type { FieldFault } from '../errors.ts';
import { Fault } from '../errors.ts';
import { hashSecret, newSecret } from '../secrets.ts';
import type { Store } from '../store/connect.ts';
import { putEvents } from '../store/events.ts';
import type { Device } from '../store/register.ts';
import { type Act, type Inputs, insertShelf, type Written } from '../store/register-write.ts';
import type { Attempt, Tried, TryDevice, TryTrouble } from './device-try.ts';

/** Many devices that were found, each tried with the same credential and registered where it was taken. */

export interface Candidate {
  readonly id: string;
  readonly input: Inputs['devices'];
  readonly attempt: Attempt;
}

/** What became of one of them; none is left out. */
export type Adopted = { readonly index: number; readonly id: string; readonly troubles: readonly TryTrouble[] } & (
  | { readonly state: 'registered'; readonly device: Device; readonly description?: Tried['description'] }
  | { readonly state: 'failed'; readonly faults: readonly FieldFault[] }
);

export interface AdoptDeps {
  readonly store: Store;
  readonly tryDevice: TryDevice;
  /** Lets the view see the write. */
  readonly seen: <T>(written: Promise<Written<T>>) => Promise<T>;
}

export interface Adoption {
  /** Under which the steps are told: `baiying.device-adoption.step.v1`. */
  readonly ref: string;
  readonly candidates: readonly Candidate[];
  readonly by: Act;
}

/** So that the network of a site and the ffmpegs of this machine are not flooded. */
const sideBySide = 6;

/** Tries and registers all of them, a few at a time, and tells each as it is done. */
export async function adopt(adoption: Adoption, deps: AdoptDeps): Promise<Adopted[]> {
  const waiting = adoption.candidates.entries();
  const done: Adopted[] = [];
  const worker = async (): Promise<void> => {
    for (const [index, candidate] of waiting) {
      const adopted = await one(index, candidate, adoption.by, deps);
      done.push(adopted);
      await tell(adoption, adopted, done.length, deps.store);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  return done.sort((a, b) => a.index - b.index);
}

async function one(index: number, { id, input, attempt }: Candidate, by: Act, { store, tryDevice, seen }: AdoptDeps): Promise<Adopted> {
  try {
    const { ok, troubles, description } = await tryDevice(attempt);
    if (!ok) return { index, id, state: 'failed', troubles, faults: [] };
    // A device that we go to never signs in; its secret is made anew if it is to publish.
    const device = await seen(insertShelf(store, 'devices', id, input, by, await hashSecret(newSecret(), 'device')));
    return { index, id, state: 'registered', device, troubles, ...(description === undefined ? {} : { description }) };
  } catch (error) {
    // One that cannot be registered is told; the others go on.
    if (!(error instanceof Fault) || error.code === 'record-unavailable') throw error;
    const { code, message: detail, faults } = error;
    return { index, id, state: 'failed', troubles: [{ of: 'description', code, detail }], faults };
  }
}

async function tell({ ref, candidates, by }: Adoption, adopted: Adopted, done: number, store: Store): Promise<void> {
  const { index, id, state, troubles } = adopted;
  const name = candidates[index]?.input.name;
  const data = { ref, index, id, name, state, done, of: candidates.length, codes: troubles.map(({ code }) => code), by: by.by };
  await putEvents(store.desk, [{ type: 'baiying.device-adoption.step.v1', subject: `device-adoptions/${ref}`, at: by.at, data }]);
  store.hub.tell('events');
}
