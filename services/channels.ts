import { z } from 'zod';
import { receiptLetter } from '../devices/alarm-keys/mqtt/payload.ts';
import { cameraEvent } from '../devices/cameras/mqtt/payload.ts';
import { playbackReport, playLetter, stopLetter } from '../devices/loudspeakers/mqtt/payload.ts';
import { onvifEvent } from '../devices/onvif-ej.ts';
import { pressEvent } from '../devices/press.ts';
import { orderLetter, orderReport, radioPosition } from '../devices/radios/mqtt/payload.ts';
import type { Channel } from './dispatch/asyncapi.ts';
import { eventTypes, passingTypes } from './store/event-types.ts';

/** What goes over the wire, for the AsyncAPI page: the very schemas that check it. */
const from = (name: string, address: string, description: string, message: Channel['messages'][number]): Channel => ({
  name,
  address,
  description,
  action: 'receive',
  qos: 1,
  messages: [message],
});
const to = (name: string, address: string, description: string, message: Channel['messages'][number], retain = false): Channel => ({
  name,
  address,
  description,
  action: 'send',
  qos: 1,
  retain,
  messages: [message],
});

/** Readers must take types and fields that they do not know: later releases add some. */
const cloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().meta({ description: 'Place in the record, to go on from (Last-Event-ID); absent of what is not kept' }).optional(),
  source: z.string(),
  type: z.string().meta({ description: 'baiying.<noun>.<verb>.v1', examples: [...eventTypes, ...passingTypes] }),
  subject: z.string().meta({ description: 'What it is about, as incidents/<id>' }),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
});

const status = (kind: string): Channel => ({
  name: `${kind}-status`,
  address: `${kind}/{id}/status`,
  description: 'online after connecting; offline as last will. Retained',
  action: 'receive',
  qos: 1,
  retain: true,
  messages: [{ name: 'status', contentType: 'text/plain' }],
});

export const channels: readonly Channel[] = [
  from('key-event', 'keys/{id}/event', 'A key was pressed, or tells how it is. What cannot be read opens an incident of kind unparsed', {
    name: 'event',
    schema: pressEvent,
  }),
  to(
    'key-receipt',
    'keys/{id}/receipt',
    'Where the call stands, for the lamp of the key; never after a press under duress',
    { name: 'receipt', schema: receiptLetter },
    true,
  ),
  from('camera-event', 'cameras/{id}/event', 'What a camera or its bridge detected', { name: 'event', schema: cameraEvent }),
  {
    ...from(
      'camera-onvif-event',
      'cameras/{id}/onvif-ej/{topic}',
      'What a camera publishes itself (ONVIF Core, JSON event payload). What is retained at the start is state, not news; nothing in it is the end of a state',
      { name: 'event', schema: onvifEvent },
    ),
    parameters: { topic: 'The ONVIF topic without tns1:, then /& and the source values: as many levels as they have' },
  },
  to('radio-order', 'radios/{id}/order', 'What the unit is asked to do', { name: 'order', schema: orderLetter }),
  from('radio-report', 'radios/{id}/report', 'The rung of the receipt ladder that an order reached', {
    name: 'report',
    schema: orderReport,
  }),
  from('radio-position', 'radios/{id}/position', 'Where the unit is, WGS-84', { name: 'position', schema: radioPosition }),
  from('radio-emergency', 'radios/{id}/emergency', "The officer's own call for help", { name: 'event', schema: pressEvent }),
  to('loudspeaker-play', 'loudspeakers/{id}/play', 'What to say', { name: 'play', schema: playLetter }),
  to('loudspeaker-stop', 'loudspeakers/{id}/stop', 'Stop saying it', { name: 'stop', schema: stopLetter }),
  from('loudspeaker-report', 'loudspeakers/{id}/report', 'What became of a broadcast', { name: 'report', schema: playbackReport }),
  ...['keys', 'cameras', 'radios', 'loudspeakers'].map(status),
  {
    name: 'events',
    address: '/api/v1/stream',
    description: 'Every change as it happens, as server-sent events and as the bodies of webhooks; types and fields: docs/integration.md',
    action: 'send',
    server: 'http',
    messages: [{ name: 'event', title: 'CloudEvents 1.0', schema: cloudEvent, contentType: 'application/cloudevents+json' }],
  },
];
