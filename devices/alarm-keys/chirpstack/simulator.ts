import { randomUUID } from 'node:crypto';
import { connectMaker, type MakerDevice, type MakerLine } from '../../maker-line.ts';

export interface Uplink {
  readonly fCnt: number;
  readonly fPort: number;
  readonly bytes: readonly number[];
  /** A second one of the same frame has the same; a retransmission of a confirmed frame another. */
  readonly deduplicationId?: string;
  readonly devAddr?: string;
}

export interface SimulatedChirpstack {
  readonly line: MakerLine;
  up(devEui: string, uplink: Uplink): Promise<void>;
  event(devEui: string, event: string, body: object): Promise<void>;
  close(): Promise<void>;
}

export interface ChirpstackOptions extends Omit<MakerDevice, 'will'> {
  readonly application: string;
  readonly now: () => number;
}

/** ChirpStack 4 with its MQTT integration, JSON encoding. */
export async function simulateChirpstack(options: ChirpstackOptions): Promise<SimulatedChirpstack> {
  const line = await connectMaker(options);
  const { application, now } = options;
  await line.listen(`application/+/device/+/command/+`);
  const event: SimulatedChirpstack['event'] = (devEui, name, body) =>
    line.say(`application/${application}/device/${devEui}/event/${name}`, {
      deduplicationId: randomUUID(),
      time: new Date(now()).toISOString(),
      deviceInfo: { applicationId: application, deviceName: 'button', devEui, tags: {} },
      ...body,
    });
  return {
    line,
    event,
    up: (devEui, { bytes, devAddr = '01a2b3c4', ...more }) =>
      event(devEui, 'up', {
        ...{ devAddr, adr: true, dr: 5, confirmed: true, data: Buffer.from(bytes).toString('base64') },
        rxInfo: [{ gatewayId: '24e124fffef79304', rssi: -70, snr: 9 }],
        ...more,
      }),
    close: () => line.close(),
  };
}
