import type { Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Device, DriverType, Powers, Trouble } from '../../driver.ts';
import { payloadTypes } from '../g711.ts';
import { systemTimer, type Timer } from '../pace.ts';
import { openPacketizer } from '../rtp-packets.ts';
import { codec, host, localAddress, port } from '../settings.ts';
import { type Line, speakOver } from '../talk.ts';
import { addressOf, localAddressTowards, openUdp } from '../udp.ts';

/** How far a group reaches: the default stays in the local network, as other paging servers have it. */
const standardTtl = 1;

const tail = 200;

const settings = z.strictObject({
  host: host.meta({ title: 'Address of the loudspeaker, or multicast group' }),
  port: port(34567),
  codec,
  ttl: z.int().min(1).max(255).default(standardTtl).meta({ title: 'Routers that a multicast packet may pass', unit: 'hops' }),
  localAddress,
});
type Settings = z.infer<typeof settings>;

/** 224.0.0.0/4 and ff00::/8. */
export function isGroup(address: string): boolean {
  if (isIP(address) === 6) return address.toLowerCase().startsWith('ff');
  const first = Number(address.split('.', 1)[0]);
  return first >= 224 && first <= 239;
}

const reach =
  ({ ttl, localAddress: from }: Settings, address: string) =>
  (socket: Socket): void => {
    if (!isGroup(address)) return;
    socket.setMulticastTTL(ttl);
    if (from !== undefined && isIP(from) === 4) socket.setMulticastInterface(from);
  };

/** There is no session: the first packet opens the loudspeaker, and its silence closes it. */
async function openLine(wanted: Settings): Promise<Line> {
  const address = await addressOf(wanted.host);
  const broken = new AbortController();
  const failed = (trouble: Trouble): void => broken.abort(trouble);
  const from = wanted.localAddress ?? (await localAddressTowards(address, wanted.port));
  const peer = { address, port: wanted.port };
  const socket = await openUdp({ address: from, failed, prepare: reach(wanted, address), ...(isGroup(address) ? {} : { peer }) });
  const packet = openPacketizer(payloadTypes[wanted.codec]);
  return {
    law: wanted.codec,
    broken: broken.signal,
    tail,
    send: (payload, leftOut) => socket.send(packet(payload, leftOut), wanted.port, address),
    close: async () => {
      socket.close();
      return undefined;
    },
  };
}

export function openRtpLoudspeaker(device: Device<Settings>, timer: Timer): Powers {
  return { speak: (sound, speaking) => speakOver(() => openLine(device.settings), sound, speaking, timer) };
}

/** A loudspeaker or a group of them that plays whatever RTP comes to its port. It never answers: `sent` is all that can be known. */
export const rtpLoudspeaker: DriverType<Settings> = {
  name: 'rtp',
  kind: 'loudspeaker',
  title: { zh: 'RTP 广播（单播或组播）', en: 'RTP paging (unicast or multicast)' },
  settings,
  open: (_give, device) => openRtpLoudspeaker(device, systemTimer),
};
