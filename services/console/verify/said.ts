import type { Bilingual } from '../words/bilingual.ts';
import type { Fault, Missing } from './report.ts';
import type { verify } from './words.ts';

type Key = typeof verify extends Bilingual<infer K> ? K : never;
type Say = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** A finding as a sentence. */
export const saidOfFault = ({ code, path, entry }: Fault, say: Say): string =>
  say(`fault.${code}`, { path: path ?? say('directory'), entry: entry ?? 0 });

const reasons = ['expired', 'elsewhere', 'too-long', 'not-taken', 'not-yet', 'taken-out'] as const;

/** What is not in the bundle, and why; a reason that is not known stands as it is. */
export function saidOfMissing({ cameraId, what, reason, from }: Missing, say: Say): string {
  const known = reasons.find((one) => one === reason);
  const camera = from === undefined ? cameraId : `${cameraId} ${from}`;
  if (!known) return `${camera} ${what}: ${reason}`;
  return say(`missing.${known}`, { camera, what: what === 'still' || what === 'clip' ? say(what) : what });
}
