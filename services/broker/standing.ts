import type { Fact } from '../../devices/driver.ts';

/** What a camera last said of one of its properties. */
export interface State {
  readonly key: string;
  readonly active: boolean;
}

/**
 * Tells news from state. ONVIF property events are retained by the camera, so on every connection it says again how
 * things stand. What was last known, from the record too, decides: an input that is closed now and was open before was
 * closed while nobody listened, and that is a press; one of which nothing was known is only how it stands.
 */
export interface Standing {
  isNews(fact: Fact): boolean;
}

/** Of which property a fact tells: its type, and the topic, the source and the input that the camera named. */
export const stateKey = (type: string, data: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([type, data['topic'] ?? null, data['sourceValues'] ?? null, data['input'] ?? null]);

export function openStanding(known: readonly State[]): Standing {
  const states = new Map(known.map(({ key, active }) => [key, active]));
  return {
    isNews(fact) {
      // What names no property has no state that could be told again.
      if (!fact.retained && fact.data['sourceValues'] === undefined) return true;
      const key = stateKey(fact.type, fact.data);
      const before = states.get(key);
      states.set(key, fact.active);
      return !fact.retained || (before !== undefined && before !== fact.active);
    },
  };
}
