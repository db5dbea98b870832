import type { Message } from '../../devices/driver.ts';
import { type Duration, seconds } from '../alarm/index.ts';
import { inTime } from '../in-time.ts';
import type { Clock, Log } from '../ports.ts';
import type { Device, Register } from '../store/register-view.ts';
import type { Left } from './joined-line.ts';

/**
 * Devices on a joined broker that this process does not know. Nearly always nobody registered them; but one that was
 * registered a moment ago, or while this process alone is cut off from the record, may be pressed in earnest.
 */
export interface Newcomers {
  /** As the record has it; never waits long, since whoever asks holds up those behind him. */
  find(id: string): Promise<Device | 'not known yet' | undefined>;
  /** Hears the message once the record can be asked. Too many of these would hold up the line; they are given up. */
  leave(id: string, message: Message): Left | undefined;
  /** What was left is sent again by the joined broker. */
  forget(): void;
  close(): void;
}

export interface NewcomersDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Pick<Register, 'device' | 'deviceOrLoad'>;
  readonly hear: (message: Message) => Promise<Left | undefined>;
}

const patience: Duration = seconds(2);
const look: Duration = seconds(1);
/** Mosquitto sends 20 messages before one of them is acknowledged: these must leave room for the others. */
const mostLeft = 5;
const mostRemembered = 1000;

interface Waiting {
  readonly message: Message;
  readonly heard: (what: Promise<unknown>) => void;
}

export function openNewcomers({ clock, log, register, hear }: NewcomersDeps): Newcomers {
  /** Those for whom the record could not be asked. While there is one, nobody waits for the record for another. */
  const unasked = new Map<string, 'left' | 'given up'>();
  let left: readonly Waiting[] = [];

  function note(id: string, what: 'left' | 'given up', told: string): void {
    if (unasked.get(id) === what || unasked.size >= mostRemembered) return;
    unasked.set(id, what);
    log[what === 'left' ? 'warn' : 'error']({ deviceId: id.slice(0, 200) }, told);
  }

  async function ask(id: string): Promise<Device | 'not known yet' | undefined> {
    try {
      return register.device(id) ?? (await inTime(clock, patience, register.deviceOrLoad(id)));
    } catch (error) {
      log.debug({ err: error }, 'the record cannot be asked for a device of the joined broker');
      note(id, 'left', 'a device that is not known here speaks on the joined broker; it is heard once the record can be asked for it');
      return 'not known yet';
    }
  }

  const timer = clock.every('newcomers on the joined broker', look, async () => {
    const [id] = unasked.keys();
    if (id === undefined || (await ask(id)) === 'not known yet') return;
    unasked.clear();
    const now = left;
    left = [];
    for (const { message, heard } of now) heard(hear(message).then((again) => again?.known));
  });

  return {
    find: async (id) => register.device(id) ?? (unasked.size === 0 ? ask(id) : 'not known yet'),
    leave(id, message) {
      if (left.length >= mostLeft) {
        note(
          id,
          'given up',
          'what a device that is not known here says on the joined broker is lost: too much waits for the record already',
        );
        return undefined;
      }
      const { promise, resolve } = Promise.withResolvers<unknown>();
      left = [...left, { message, heard: resolve }];
      return { known: promise };
    },
    forget() {
      left = [];
    },
    close: () => timer.stop(),
  };
}
