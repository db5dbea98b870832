import type { Client } from 'aedes';
import type { Carried, Voice } from './carried.ts';
import { matches } from './topics.ts';

/** A client whose credential was checked: which device it is, and what that device may say and hear. */
export interface Identity extends Voice {
  readonly subscribes: readonly string[];
  /** Of a bridge: whose messages it brings. */
  readonly carried?: Carried;
}

/** Who is connected to this broker. A device may hold several connections: a radio that listens on one and reports on another. */
export interface Connections {
  admit(client: Client, identity: Identity): void;
  leave(client: Client): Identity | undefined;
  identityOf(client: Client): Identity | undefined;
  subscribed(client: Client, filters: readonly string[]): void;
  unsubscribed(client: Client, filters: readonly string[]): void;
  online(deviceId: string): boolean;
  /** The device's clients that subscribed to the topic. */
  listening(deviceId: string, topic: string): readonly Client[];
  close(deviceId: string): void;
  devices(): readonly string[];
}

interface Held {
  readonly identity: Identity;
  readonly filters: Set<string>;
}

/** @param changed told the number of connected devices whenever one comes or goes */
export function openConnections(changed: (count: number) => void): Connections {
  const held = new Map<Client, Held>();
  const byDevice = new Map<string, Set<Client>>();
  return {
    admit(client, identity) {
      held.set(client, { identity, filters: new Set() });
      const clients = byDevice.get(identity.speaker.id) ?? new Set();
      byDevice.set(identity.speaker.id, clients.add(client));
      changed(byDevice.size);
    },
    leave(client) {
      const identity = held.get(client)?.identity;
      held.delete(client);
      const clients = identity && byDevice.get(identity.speaker.id);
      clients?.delete(client);
      if (identity && clients?.size === 0) byDevice.delete(identity.speaker.id);
      changed(byDevice.size);
      return identity;
    },
    identityOf: (client) => held.get(client)?.identity,
    subscribed(client, filters) {
      for (const filter of filters) held.get(client)?.filters.add(filter);
    },
    unsubscribed(client, filters) {
      for (const filter of filters) held.get(client)?.filters.delete(filter);
    },
    online: (deviceId) => byDevice.has(deviceId),
    listening: (deviceId, topic) =>
      [...(byDevice.get(deviceId) ?? [])].filter(
        (client) => client.connected && [...(held.get(client)?.filters ?? [])].some((filter) => matches(topic, filter)),
      ),
    close(deviceId) {
      for (const client of byDevice.get(deviceId) ?? []) client.close();
    },
    devices: () => [...byDevice.keys()],
  };
}
