import type { Device, Dialect, Fact, Heard, Known, Mark } from './driver.ts';

/** Tells a device's messages to its dialect as the broker does, with a clock that the story moves. For tests. */

export type Step =
  | { readonly topic: string; readonly payload: string | Uint8Array | object; readonly retain?: boolean }
  | { readonly wait: number }
  | { readonly reconnect: true };

export const bytesOf = (payload: string | Uint8Array | object): Uint8Array =>
  payload instanceof Uint8Array ? payload : new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));

const written = (fact: Fact): string =>
  [fact.type, fact.grade, fact.type === 'battery' ? fact.data['battery'] : undefined].filter((part) => part !== undefined).join(' ');

interface Held {
  readonly value: Mark['value'];
  readonly kept: number;
  told: number;
  sameLine: boolean;
}

/** For each message one line: `press emergency`, `state release`, `repeat`, `nothing`, `unparsed`; several facts joined by ` + `. */
export function tell<S>(dialect: Dialect<S>, device: Device<S>, steps: readonly Step[]): readonly string[] {
  const held = new Map<string, Held>();
  let now = 0;
  const judged = (fact: Fact): string => {
    const { mark } = fact;
    if (!mark || !dialect.judge) return written(fact);
    const before = held.get(mark.of);
    const known: Known | undefined = before && {
      value: before.value,
      age: now - before.kept,
      quiet: now - before.told,
      sameLine: before.sameLine,
    };
    const judgement = dialect.judge({ ...fact, mark }, known, device);
    if (judgement.outcome !== 'repeat') held.set(mark.of, { value: mark.value, kept: now, told: now, sameLine: true });
    else if (before) Object.assign(before, { told: now, sameLine: true });
    if (judgement.outcome === 'repeat') return 'repeat';
    return judgement.outcome === 'state' ? `state ${written(judgement.fact)}` : written(judgement.fact);
  };
  const lines = (heard: Heard): string => {
    if (heard.outcome === 'fact') return judged(heard.fact);
    if (heard.outcome === 'facts') return heard.facts.length === 0 ? 'nothing' : heard.facts.map(judged).join(' + ');
    return heard.outcome;
  };
  return steps.flatMap((step) => {
    if ('wait' in step) now += step.wait;
    else if ('reconnect' in step) for (const each of held.values()) each.sameLine = false;
    else return [lines(dialect.decode({ topic: step.topic, payload: bytesOf(step.payload), retain: step.retain ?? false }, device))];
    return [];
  });
}
