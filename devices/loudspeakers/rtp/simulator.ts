import { systemTimer } from '../pace.ts';
import { openRecorder, type Recording } from '../recorder.ts';
import { openUdp } from '../udp.ts';
import { isGroup } from './driver.ts';

export interface SimulatedRtpLoudspeaker {
  readonly sound: Recording;
  readonly address: string;
  readonly port: number;
  close(): void;
}

export interface RtpSimulatorOptions {
  /** A group to join, or an address of this machine. */
  readonly address: string;
  readonly port?: number;
  /** The interface on which it joins the group. */
  readonly localAddress?: string;
  readonly now?: () => number;
}

/** A loudspeaker that plays what comes to its port. @throws Trouble where this machine does not let it listen */
export async function simulateRtpLoudspeaker(options: RtpSimulatorOptions): Promise<SimulatedRtpLoudspeaker> {
  const { address, localAddress } = options;
  const recorder = openRecorder(options.now ?? systemTimer.now);
  const socket = await openUdp({
    address,
    ...(options.port === undefined ? {} : { port: options.port }),
    hear: ({ bytes }) => recorder.hearRtp(bytes),
    failed: () => undefined,
    prepare: (bare) => {
      if (isGroup(address)) bare.addMembership(address, localAddress);
    },
  });
  return { sound: recorder, address, port: socket.port, close: socket.close };
}
