import type { Device, Dialect } from '../../devices/driver.ts';
import type { Drivers, Log, Speaker } from '../ports.ts';
import type { Register, Device as Registered } from '../store/register-view.ts';
import type { Recall } from './recall.ts';
import { openStanding, type Standing } from './standing.ts';
import { within } from './topics.ts';

/** A device as the broker hears it, over a connection of its own or over a bridge's. */
export interface Voice {
  readonly speaker: Speaker;
  readonly device: Device;
  readonly dialect: Dialect<Record<string, unknown>>;
  readonly publishes: readonly string[];
  readonly standing: Standing;
  readonly recall: Recall;
}

export interface VoiceDeps {
  readonly register: Pick<Register, 'inExercise'>;
  readonly drivers: Drivers;
  readonly log: Log;
}

export interface CarriedDeps extends VoiceDeps {
  readonly register: Pick<Register, 'devicesBehind' | 'inExercise'>;
}

/** The devices whose messages one bridge's connection brings. */
export interface Carried {
  /** Every device behind the bridge that has this topic; two only where two were registered for one button. */
  to(topic: string): readonly Voice[];
  /** Whether this topic, which is nobody's, comes for the first time on this connection. */
  stranger(topic: string): boolean;
}

/** So many strangers are told apart; a gateway of a house may have hundreds of lamps. */
const mostStrangers = 1000;

/**
 * Follows the register: a key that is registered while its bridge is connected is heard from then on, one that is taken
 * away or named another bridge no longer is.
 */
export function openCarried(deps: CarriedDeps, bridgeId: string, recallOf: (deviceId: string) => Recall): Carried {
  const voices = new Map<string, { readonly from: Registered; readonly voice: Voice | undefined }>();
  const voiceOf = (from: Registered): Voice | undefined => {
    const held = voices.get(from.id);
    if (held?.from === from) return held.voice;
    const voice = makeVoice(deps, from, held?.voice?.recall ?? recallOf(from.id));
    voices.set(from.id, { from, voice });
    return voice;
  };
  const strangers = new Set<string>();
  return {
    stranger(topic) {
      if (strangers.has(topic) || strangers.size >= mostStrangers) return false;
      strangers.add(topic);
      return true;
    },
    to: (topic) =>
      deps.register
        .devicesBehind(bridgeId)
        .flatMap((from) => voiceOf(from) ?? [])
        .filter((voice) => voice.publishes.some((grant) => within(topic, grant))),
  };
}

/** How a device without a connection of its own is heard. Settings that no longer fit their driver must not silence the others. */
export function makeVoice({ register, drivers, log }: VoiceDeps, from: Registered, recall: Recall): Voice | undefined {
  const dialect = drivers.find(from.kind, from.driver)?.dialect;
  if (!dialect) return undefined;
  const device = { id: from.id, kind: from.kind, settings: from.settings };
  try {
    const publishes = dialect.publishes(device);
    const speaker = { id: from.id, kind: from.kind, exercise: register.inExercise(from) };
    return { speaker, device, dialect, publishes, standing: openStanding([]), recall };
  } catch (error) {
    log.error({ err: error, deviceId: from.id }, 'a device without a connection of its own cannot be heard');
    return undefined;
  }
}
