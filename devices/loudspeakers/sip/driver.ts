import { z } from 'zod';
import type { Device, DriverType, Powers } from '../../driver.ts';
import { systemTimer, type Timer, wait } from '../pace.ts';
import { openPacketizer } from '../rtp-packets.ts';
import { codec, host, localAddress, password, port, username } from '../settings.ts';
import { type Line, speakOver } from '../talk.ts';
import { addressOf, localAddressTowards } from '../udp.ts';
import type { CallPlan } from './answers.ts';
import { Call } from './call.ts';
import { writeHost } from './message.ts';

/** Telephones hold a fraction of a second against jitter; a BYE would cut that off. Milliseconds. */
const tail = 300;
const goodbyeWithin = 1000;

/** The part of an address before the `@`: unreserved letters of RFC 3261 25.1, so that it needs no escapes. */
const user = z
  .string()
  .regex(/^[A-Za-z0-9_.!~*'()&=+$,;?/-]{1,64}$/, 'must be letters, digits and simple marks')
  .optional();

const settings = z.strictObject({
  host: host.meta({ title: 'Address of the loudspeaker, or of the telephone exchange' }),
  port: port(5060),
  user: user.meta({ title: 'Number or name to call', description: 'Empty where the loudspeaker answers whatever it is called.' }),
  domain: host.optional().meta({ title: 'SIP domain', description: 'Where an exchange wants a name of its own after the @.' }),
  callerId: z
    .string()
    .regex(/^[A-Za-z0-9_.+-]{1,64}$/)
    .default('baiying')
    .meta({ title: 'Number or name that calls' }),
  username,
  password,
  codec,
  autoAnswer: z
    .enum(['all', 'call-info', 'alert-info', 'answer-mode', 'none'])
    .default('all')
    .meta({ title: 'How it is asked to answer by itself', description: 'Makers differ; all asks in every way.' }),
  answerSeconds: z.int().min(1).max(60).default(5).meta({ title: 'Longest wait for an answer', unit: 's' }),
  mediaHosts: z.array(host).max(16).default([]).meta({
    title: 'Other addresses that the sound may go to',
    description: 'Where an exchange lets the sound pass by itself. Otherwise all goes to the address above.',
  }),
  localAddress,
});
type Settings = z.infer<typeof settings>;

async function planOf(wanted: Settings, timer: Timer): Promise<CallPlan> {
  const address = await addressOf(wanted.host);
  const domain = wanted.domain ?? writeHost(wanted.host);
  const at = wanted.domain === undefined && wanted.port !== 5060 ? `${domain}:${wanted.port}` : domain;
  return {
    address,
    port: wanted.port,
    localAddress: wanted.localAddress ?? (await localAddressTowards(address, wanted.port)),
    to: wanted.user === undefined ? `sip:${at}` : `sip:${wanted.user}@${at}`,
    fromUser: wanted.callerId,
    ...(wanted.domain === undefined ? {} : { fromHost: wanted.domain }),
    ...(wanted.username === undefined ? {} : { username: wanted.username }),
    ...(wanted.password === undefined ? {} : { password: wanted.password }),
    codec: wanted.codec,
    autoAnswer: wanted.autoAnswer,
    mediaHosts: wanted.mediaHosts,
    answerWithin: wanted.answerSeconds * 1000,
    timer,
  };
}

/** @throws Trouble, or the reason of `signal` */
async function openLine(wanted: Settings, timer: Timer, signal: AbortSignal): Promise<Line> {
  const call = await Call.open(await planOf(wanted, timer));
  try {
    const { codec: chosen } = await call.invite(signal);
    const packet = openPacketizer(chosen.payloadType);
    return {
      law: chosen.law,
      broken: call.broken.signal,
      tail,
      send: (payload, leftOut) => call.sendSound(packet(payload, leftOut)),
      close: async () => {
        await Promise.race([call.hangUp(), wait(timer, goodbyeWithin, new AbortController().signal)]);
        return undefined;
      },
    };
  } catch (error) {
    void call.hangUp();
    throw error;
  }
}

export function openSipLoudspeaker(device: Device<Settings>, timer: Timer): Powers {
  return { speak: (sound, speaking) => speakOver((signal) => openLine(device.settings, timer, signal), sound, speaking, timer) };
}

/** A loudspeaker or telephone that answers by itself, called directly or through an exchange. */
export const sipLoudspeaker: DriverType<Settings> = {
  name: 'sip',
  kind: 'loudspeaker',
  title: { zh: 'SIP 广播终端', en: 'SIP loudspeaker (paging)' },
  settings,
  open: (_give, device) => openSipLoudspeaker(device, systemTimer),
};
