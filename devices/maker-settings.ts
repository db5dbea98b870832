import { z } from 'zod';
import type { Fact } from './driver.ts';

/** What the drivers of makers' own MQTT dialects are set up with, and what a push of their buttons means. */

const nativeStems: ReadonlySet<string> = new Set(['keys', 'cameras', 'radios', 'loudspeakers']);
const level = /^[^\u0000-\u001f\u007f\ufffd#+/$][^\u0000-\u001f\u007f\ufffd#+/]*$/u;

/** The topic under which a device speaks, as its maker or its installer named it. Native branches belong to native devices. */
export const deviceTopic = z
  .string()
  .max(200)
  .refine((topic) => topic.split('/').every((name) => level.test(name)), 'is not a topic: no wildcards, no empty level, no $')
  .refine((topic) => !nativeStems.has(topic.split('/')[0] ?? ''), 'lies in the branch of native devices')
  .meta({ title: 'Topic', description: 'Under which the device speaks, as its maker or its own page names it.' });

/** The registered device whose connection brings this one's messages; absent where it has a connection of its own. */
export const bridge = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'is not a device id')
  .optional()
  .meta({ title: 'Gateway', description: 'Id of the registered gateway that speaks for it; empty where it signs in by itself.' });

/** What a push may mean. There is no "nothing": a key cannot be switched off by its setup. */
export const meaning = z.enum(['emergency', 'assist', 'duress', 'test']);
export type Meaning = z.infer<typeof meaning>;

/** By kind of push. A kind that is not named, and one that nobody knows, is an emergency. */
export const pushes = z
  .strictObject({ single: meaning.optional(), double: meaning.optional(), triple: meaning.optional(), long: meaning.optional() })
  .default({})
  .meta({ title: 'What each kind of push means', description: 'Emergency where nothing is said.' });
export type Pushes = z.infer<typeof pushes>;
export type Push = keyof Pushes;

export const normally = z
  .enum(['open', 'closed'])
  .default('open')
  .meta({ title: 'Contact at rest', description: 'How the wired contact stands while nobody pushes.' });
export const contact = z
  .enum(['momentary', 'latching'])
  .default('momentary')
  .meta({ title: 'Button', description: 'Latching: it stays pushed until somebody resets it by hand.' });

/** Coin cells speak about once a day. */
export const onceADay = 86_400;

export const meaningOf = (push: Push | undefined, set: Pushes): Meaning => (push === undefined ? undefined : set[push]) ?? 'emergency';

/**
 * Of a push whose kind nobody heard: the gravest that this key can mean. Duress comes before all, since a loud answer to
 * one would tell whoever must not know.
 */
export function gravest(set: Pushes): Meaning {
  const possible = (['single', 'double', 'triple', 'long'] as const).map((push) => meaningOf(push, set));
  return (['duress', 'emergency', 'assist', 'test'] as const).find((each) => possible.includes(each)) ?? 'emergency';
}

export const pressFact = (as: Meaning, more: Omit<Fact, 'type' | 'active' | 'grade'>): Fact =>
  as === 'test' ? { ...more, type: 'test', active: true } : { ...more, type: 'press', grade: as, active: true };

/** @param percent as the device says it; out of bounds it stays in the data and says nothing */
export function batteryFact(percent: number, more: Readonly<Record<string, unknown>> = {}): Fact | undefined {
  if (!Number.isFinite(percent) || percent < 0 || percent > 100) return undefined;
  return { type: 'battery', active: true, data: { ...more, battery: percent }, mark: { of: 'battery', value: { percent } } };
}

/** Whether it can be reached, by its maker's own word or its last will. */
export const presenceFact = (online: boolean): Fact => ({
  type: online ? 'online' : 'offline',
  active: true,
  data: {},
  mark: { of: 'presence', value: { online } },
});
