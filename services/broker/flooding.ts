import { type DeviceKind, rfc3339 } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { putEvents } from '../store/events.ts';
import type { Connections } from './connections.ts';
import { type FloodBounds, openFloods } from './floods.ts';
import type { HookDeps } from './hooks.ts';
import type { Troubles } from './troubles.ts';
import type { UnderWay } from './under-way.ts';

export interface FloodingDeps {
  readonly store: Pick<Store, 'routine' | 'hub'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly floods: FloodBounds;
  /** Told of each device that was cut off because it floods, for the metrics. */
  readonly countFlood: (kind: DeviceKind) => void;
}
interface FloodingRooms {
  readonly connections: Connections;
  readonly troubles: Pick<Troubles, 'note'>;
  readonly chores: UnderWay;
}

/** What the hooks ask about devices that flood. */
export const floodGate = (deps: FloodingDeps, rooms: FloodingRooms): Pick<HookDeps, 'floods' | 'flooded'> => ({
  floods: openFloods(deps.floods, () => deps.clock.now()),
  flooded: cutOff(deps, rooms),
});

/** Its connections end; what it said before that is kept, and the consoles and the doctor are told. */
const cutOff =
  ({ store, clock, log, countFlood }: FloodingDeps, { connections, troubles, chores }: FloodingRooms): HookDeps['flooded'] =>
  ({ id: deviceId, kind }, out) => {
    log.warn({ deviceId, kind, keptOutMs: out }, 'device floods; its connections are closed and its login is refused for a while');
    connections.close(deviceId);
    countFlood(kind);
    troubles.note(deviceId, 'flooding', String(out / 1000));
    const at = clock.now();
    const data = { deviceId, kind, until: rfc3339(at + out) };
    const told = putEvents(store.routine, [{ type: 'baiying.device.kept-out.v1', subject: `devices/${deviceId}`, at, data }]);
    chores.add(
      told.then(
        () => store.hub.tell('events'),
        (error: unknown) => log.warn({ err: error, deviceId }, 'the consoles could not be told of a device that floods'),
      ),
    );
  };
