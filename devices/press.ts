import { z } from 'zod';
import { heardFact, unparsed } from './branch.ts';
import type { Heard } from './driver.ts';
import { eventId, instant, readFields, readObject, word } from './payload.ts';

/** The payload of an alarm key's `event` and of a radio's `emergency`: one person's call for help, and the key's own health. */

export const pressEventTypes = ['press', 'release', 'test', 'tamper', 'battery', 'heartbeat'] as const;
export const pressGrades = ['emergency', 'assist', 'duress'] as const;
export type PressGrade = (typeof pressGrades)[number];

export const pressEvent = z
  .looseObject({
    type: word(pressEventTypes),
    eventId: eventId.optional().meta({ description: 'The same for a repeated sending of one happening.' }),
    at: instant.optional().meta({ description: "The key's own clock." }),
    grade: word(pressGrades).optional().meta({ description: 'Of a press; emergency when absent.' }),
    battery: z.number().min(0).max(100).optional().meta({ description: 'Percent left.' }),
  })
  .meta({ title: 'Key event' });

/**
 * Bytes to what the person at the key meant. Only `type` must be readable: a press with a bad clock, id or battery is
 * still a press, and one of an unknown grade is an emergency. Everything else is `unparsed`, never nothing. Never throws.
 */
export function decodePress(payload: Uint8Array): Heard {
  const read = readObject(payload);
  if ('fault' in read) return unparsed(read.fault);
  const { fields, rest } = readFields(pressEvent.shape, read.object);
  const { type, at, eventId: id, grade, battery } = fields;
  if (type === undefined) return unparsed('type' in rest ? 'unknown type' : 'no type');
  const isPress = type === 'press';
  return heardFact({
    type,
    active: type !== 'release',
    ...(isPress ? { grade: grade ?? 'emergency' } : {}),
    ...(at === undefined ? {} : { at }),
    ...(id === undefined ? {} : { eventId: id }),
    data: {
      ...rest,
      ...(battery === undefined ? {} : { battery }),
      ...(isPress || grade === undefined ? {} : { grade }),
    },
  });
}
