import { z } from 'zod';
import { channelOf, decodeStatus, heardFact, nothing, unparsed } from '../../branch.ts';
import type { Announcement, Device, Heard, Message } from '../../driver.ts';
import { echoedId, instant, readFields, readObject, writeInstant } from '../../payload.ts';
import { signature } from '../../signature.ts';

/** `loudspeakers/<id>/play`, as the loudspeaker gets it. */
export const playLetter = z
  .object({
    broadcastId: z.string(),
    text: z.string().optional(),
    audioUrl: z.string().optional(),
    lang: z.enum(['zh', 'en']).optional().meta({ description: 'Language of the text, for a loudspeaker that has a voice of its own.' }),
    repeat: z.int().min(1).meta({ description: 'How many times it is said.' }),
    volume: z.number().min(0).max(100).optional().meta({ description: 'Percent.' }),
    priority: z.literal([1, 2, 3, 4]),
    expiresAt: z.iso.datetime(),
    signature: signature.optional(),
  })
  .meta({ title: 'Broadcast for a loudspeaker' });
export type PlayLetter = z.infer<typeof playLetter>;

/** `loudspeakers/<id>/stop` */
export const stopLetter = z.object({ broadcastId: z.string(), signature: signature.optional() }).meta({ title: 'End of a broadcast' });
export type StopLetter = z.infer<typeof stopLetter>;

export const playbackStates = ['playing', 'played', 'failed'] as const;
export type PlaybackState = (typeof playbackStates)[number];

/** `loudspeakers/<id>/report` */
export const playbackReport = z
  .looseObject({
    broadcastId: echoedId,
    state: z.enum(playbackStates),
    reason: z.string().optional(),
    at: instant.optional(),
  })
  .meta({ title: 'Report of a loudspeaker' });

export function encodePlay(announcement: Announcement): string {
  const { broadcastId, text, audioUrl, lang, repeat, volume, priority } = announcement;
  const letter: PlayLetter = {
    broadcastId,
    ...(text === undefined ? {} : { text }),
    ...(audioUrl === undefined ? {} : { audioUrl }),
    lang,
    repeat,
    ...(volume === undefined ? {} : { volume }),
    priority,
    expiresAt: writeInstant(announcement.expiresAt),
  };
  return JSON.stringify(letter);
}

export function encodeStop(broadcastId: string): string {
  const letter: StopLetter = { broadcastId };
  return JSON.stringify(letter);
}

export function decodeLoudspeaker(message: Message, device: Pick<Device, 'id' | 'kind'>): Heard {
  switch (channelOf(device, message.topic)) {
    case 'report':
      return decodePlayback(message.payload);
    case 'status':
      return decodeStatus(message.payload);
    default:
      return nothing('no channel of a loudspeaker');
  }
}

function decodePlayback(payload: Uint8Array): Heard {
  const read = readObject(payload);
  if ('fault' in read) return unparsed(read.fault);
  const { fields, rest } = readFields(playbackReport.shape, read.object);
  const { broadcastId, state, reason, at } = fields;
  if (broadcastId === undefined) return unparsed('no readable broadcastId');
  if (state === undefined) return unparsed('no readable state');
  return heardFact({
    type: 'playback',
    active: true,
    ...(at === undefined ? {} : { at }),
    data: { ...rest, broadcastId, state, ...(reason === undefined ? {} : { reason }) },
  });
}
