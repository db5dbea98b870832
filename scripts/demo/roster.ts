import { type SimulatedKey, simulateKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import { type SimulatedCamera, simulateCamera } from '../../devices/cameras/mqtt/simulator.ts';
import { type SimulatedLoudspeaker, simulateLoudspeaker } from '../../devices/loudspeakers/mqtt/simulator.ts';
import { type SimulatedRadio, simulateRadio } from '../../devices/radios/mqtt/simulator.ts';
import type { SimulatedDevice } from '../../devices/simulator.ts';
import type { Instant } from '../../services/alarm/index.ts';
import type { Log } from '../../services/ports.ts';
import type { Cast } from './map.ts';

/** The devices that act, connected. A device that is being restarted is absent for a moment. */
export interface Roster {
  readonly keys: ReadonlyMap<string, SimulatedKey>;
  readonly radios: ReadonlyMap<string, SimulatedRadio>;
  readonly loudspeakers: ReadonlyMap<string, SimulatedLoudspeaker>;
  readonly cameras: ReadonlyMap<string, SimulatedCamera>;
  /** Restarts the device whose turn it is, as people change batteries: simulators remember all they ever sent. */
  restartNext(): Promise<void>;
  /** Does what nobody waits for; a line that ends meanwhile is no news. */
  inBackground(work: Promise<unknown> | undefined): void;
  close(): Promise<void>;
}

export interface RosterDeps {
  readonly url: string;
  readonly secrets: ReadonlyMap<string, string>;
  readonly now: () => Instant;
  readonly log: Log;
  /** Once true, nobody else is called. */
  readonly stopped: () => boolean;
}

type Acting = SimulatedKey | SimulatedRadio | SimulatedLoudspeaker | SimulatedCamera;

/** A county that comes back all at once is for the load run. */
const connectAtOnce = 16;

/** Connects everybody of the cast; one who cannot is told to the log and left out. */
export async function callRoster(cast: Cast, deps: RosterDeps): Promise<Roster> {
  const [keys, radios, loudspeakers, cameras] = [
    new Map<string, SimulatedKey>(),
    new Map<string, SimulatedRadio>(),
    new Map<string, SimulatedLoudspeaker>(),
    new Map<string, SimulatedCamera>(),
  ];
  const entry = <T extends Acting>(id: string, into: Map<string, T>, simulate: (device: SimulatedDevice) => Promise<T>) => ({
    async arrive() {
      if (closed || deps.stopped()) return;
      const device = await simulate({ url: deps.url, id, secret: deps.secrets.get(id) ?? '', now: deps.now });
      if (closed) await device.close();
      else into.set(id, device);
    },
    async leave() {
      const device = into.get(id);
      into.delete(id);
      await device?.close();
    },
  });
  let closed = false;
  const entries = [
    ...cast.keys.map((id) => entry(id, keys, simulateKey)),
    // What officers and loudspeakers do takes its time, so the simulators do nothing by themselves.
    ...cast.radios.map(({ id }) => entry(id, radios, (device) => simulateRadio({ ...device, behaviour: 'silent' }))),
    ...cast.loudspeakers.map((id) => entry(id, loudspeakers, (device) => simulateLoudspeaker({ ...device, behaviour: 'silent' }))),
    ...cast.cameras.map((id) => entry(id, cameras, simulateCamera)),
  ];
  const unheard = (error: unknown) => deps.log.warn({ err: error }, 'a device of the demo could not connect or leave');
  for (let from = 0; from < entries.length; from += connectAtOnce) {
    await Promise.all(entries.slice(from, from + connectAtOnce).map(({ arrive }) => arrive().catch(unheard)));
  }
  let turn = 0;
  return {
    keys,
    radios,
    loudspeakers,
    cameras,
    async restartNext() {
      const next = entries[turn++ % entries.length];
      await next?.leave().catch(unheard);
      await next?.arrive().catch(unheard);
    },
    inBackground: (work) => void work?.catch((error: unknown) => deps.log.debug({ err: error }, 'a message of the demo was not sent')),
    async close() {
      closed = true;
      await Promise.all(entries.map(({ leave }) => leave().catch(unheard)));
    },
  };
}
