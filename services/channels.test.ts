import { expect, test } from 'vitest';
import { z } from 'zod';
import { channels } from './channels.ts';
import { asyncApi } from './dispatch/asyncapi.ts';

test('every topic of the native dialect is on the AsyncAPI page', () => {
  const topics = channels.filter(({ server }) => server !== 'http').map(({ address }) => address);
  const branch = (stem: string, ...names: string[]) => [...names, 'status'].map((name) => `${stem}/{id}/${name}`);
  expect(topics.toSorted()).toEqual(
    [
      ...branch('keys', 'event', 'receipt'),
      ...branch('cameras', 'event', 'onvif-ej/{topic}'),
      ...branch('radios', 'order', 'report', 'position', 'emergency'),
      ...branch('loudspeakers', 'play', 'stop', 'report'),
    ].toSorted(),
  );
});

test('an event that a camera publishes itself is described as it is read', () => {
  const document = z
    .object({
      channels: z.record(z.string(), z.object({ parameters: z.record(z.string(), z.object({ description: z.string() })).exactOptional() })),
      components: z.object({ messages: z.record(z.string(), z.object({ payload: z.looseObject({}) })) }),
    })
    .parse(asyncApi(channels, { version: '0', http: 'h', mqtt: 'm' }));
  expect(document.channels['camera-onvif-event']?.parameters?.['topic']?.description).toContain('ONVIF topic');
  expect(document.components.messages['camera-onvif-event.event']?.payload).toMatchObject({
    properties: { UtcTime: { format: 'date-time' }, Source: { type: 'object' }, Data: { type: 'object' } },
  });
});
