import type { Fact } from '../../driver.ts';

/** What the installer wired to a camera's digital inputs: an alarm key, or a detector. */
export interface InputBinding {
  /** As the camera names it: `0`, `00000`, `DigitalInput-1`. */
  readonly token: string;
  /** The contact at rest. */
  readonly normally: 'open' | 'closed';
  /** An alarm key, and what its press means; a detector when absent. */
  readonly grade?: 'emergency' | 'assist' | 'duress';
}

/**
 * Reads a digital input by its binding. ONVIF Core leaves open whether `true` is "closed contact" or "active" (it is the
 * former where the camera has no idle state to set), so the installer says which contact rests closed. An input that
 * nobody bound counts as an alarm key with an open contact: a key must not be deaf because a form was left empty.
 */
export function bindInput(fact: Fact, bindings: readonly InputBinding[]): Fact {
  if (fact.type !== 'digital-input') return fact;
  const values = fact.data['sourceValues'];
  const binding = Array.isArray(values) ? bindings.find(({ token }) => values.includes(token)) : undefined;
  if (!binding) return fact;
  // A property that the camera took away says nothing about the contact.
  const active = fact.data['deleted'] === true ? false : binding.normally === 'closed' ? !fact.active : fact.active;
  const data = { ...fact.data, input: binding.token };
  if (binding.grade === undefined) return { ...fact, type: 'intrusion', active, data };
  return { ...fact, grade: binding.grade, active, data };
}
