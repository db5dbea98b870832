import { readFile } from 'node:fs/promises';
import type { Delivery, DeviceKind, Letter, Message } from '../../devices/driver.ts';
import type { Instant } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock, Drivers, Ear, Lanes, Log } from '../ports.ts';
import type { Device, Register } from '../store/register-view.ts';
import { makeVoice, type Voice } from './carried.ts';
import { hear } from './hear.ts';
import { type Left, type Line, openLine } from './joined-line.ts';
import { openNewcomers } from './newcomers.ts';
import { openRecall } from './recall.ts';
import type { Silence } from './silence.ts';
import type { Troubles } from './troubles.ts';
import type { Turns } from './turns.ts';

export interface JoinSettings {
  readonly url?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM file. */
  readonly ca?: string | undefined;
  readonly share?: string | undefined;
}

export interface JoinDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly ear: Ear;
  readonly lanes: Lanes;
  readonly register: Register;
  readonly drivers: Drivers;
  readonly settings: { readonly brokerId: string; readonly join: JoinSettings };
  readonly silence: Pick<Silence, 'heard'>;
  readonly troubles: Pick<Troubles, 'note'>;
  readonly turns: Turns;
  readonly drill: (deviceId: string, now: Instant) => boolean;
  /** Told of a device that it can be reached over the joined broker, or no longer. */
  readonly reached: (deviceId: string, online: boolean) => void;
  readonly stopping: () => boolean;
  /** Told whether all lines stand, for the metrics. */
  readonly observeJoined: (up: boolean) => void;
}

/** A broker that a city has already, with devices on it that speak the native dialect. */
export interface Joined {
  /** Hands a letter to a device that is there. */
  handOver(deviceId: string, letter: Letter): Promise<Delivery>;
  /** Why nothing is heard from there, in words for anybody; undefined when all is well. */
  obstacle(): string | undefined;
  close(): Promise<void>;
}

const stems: Readonly<Record<string, DeviceKind>> = { keys: 'key', cameras: 'camera', radios: 'radio', loudspeakers: 'loudspeaker' };
/** What devices say, by the contract; never what we say ourselves. Cameras have a line of their own, so that no press waits behind them. */
const urgentFilters = ['keys/+/event', 'radios/+/report', 'radios/+/emergency', 'loudspeakers/+/report'];
const routineFilters = ['cameras/+/event', 'cameras/+/onvif-ej/#', 'radios/+/position'];
/** How devices stand is told to every process, since each may be asked to reach them. */
const statusFilters = Object.keys(stems).map((stem) => `${stem}/+/status`);

/** Joins the broker that the settings name; undefined where they name none. */
export async function joinBroker(deps: JoinDeps): Promise<Joined | undefined> {
  const { url, username, password, ca, share } = deps.settings.join;
  if (url === undefined) return undefined;
  const here = openPlace(deps);
  const shared = (filters: readonly string[]) => filters.map((filter) => (share === undefined ? filter : `$share/${share}/${filter}`));
  const lines: Line[] = [];
  const line = (name: string, filters: readonly string[], hears: (message: Message) => Promise<Left | undefined>): Line =>
    openLine(
      { ...deps, hear: hears, stood: () => stood() },
      {
        ...{ url, username, password, filters, clientId: `baiying-${deps.settings.brokerId}-${name}` },
        ca: authority,
      },
    );
  const allUp = () => lines.every(({ up }) => up);
  const stood = () => {
    deps.observeJoined(allUp());
    if (!lines[0]?.up) here.lost();
  };
  const authority = ca === undefined ? undefined : await readFile(ca, 'utf8');
  deps.observeJoined(false);
  const urgent = line('urgent', [...shared(urgentFilters), ...statusFilters], here.hear);
  const routine = line('routine', shared(routineFilters), (message) => inTurn(deps.turns, () => here.hear(message)));
  lines.push(urgent, routine);
  return {
    async handOver(deviceId, letter) {
      // What is retained is for the device's return; an order is not for one that is known to be away.
      if (!(letter.retain ? here.knows(deviceId) : here.reaches(deviceId)))
        return { outcome: 'unreachable', reason: 'not connected here nor known to be on the joined broker' };
      const taken = await urgent.publish(letter);
      return taken ? { outcome: 'sent' } : { outcome: 'unreachable', reason: 'the joined broker does not take messages' };
    },
    obstacle: () => (allUp() ? undefined : 'the joined broker is not there; it is tried again and again'),
    async close() {
      here.close();
      await Promise.all(lines.map((open) => open.close()));
    },
  };
}

const inTurn = <T>(turns: Turns, work: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => turns.take(() => work().then(resolve, reject)));

/** Strangers that are remembered. */
const mostStrangers = 1000;

/** The devices of the joined broker: what they say, and which of them can be reached. */
function openPlace(deps: JoinDeps) {
  const { clock, log, register } = deps;
  const voices = new Map<string, { readonly from: Device; readonly voice: Voice | undefined }>();
  const online = new Map<string, boolean>();
  const strangers = new Set<string>();

  function voiceOf(from: Device | undefined, kind: DeviceKind | undefined): Voice | undefined {
    if (!from || from.kind !== kind) return undefined;
    const held = voices.get(from.id);
    if (held?.from === from) return held.voice;
    const voice = makeVoice(deps, from, held?.voice?.recall ?? openRecall(clock, () => Promise.resolve([])));
    voices.set(from.id, { from, voice });
    return voice;
  }

  function reach(id: string, kind: DeviceKind, now: boolean): void {
    if (online.get(id) === now) return;
    online.set(id, now);
    deps.reached(id, now);
    if (now && (kind === 'radio' || kind === 'loudspeaker')) deps.lanes.offer({ type: 'reachable', id });
  }

  async function take(message: Message): Promise<Left | undefined> {
    if (deps.stopping()) throw new Error('the broker is stopping');
    const [stem = '', id = '', channel = ''] = message.topic.split('/');
    // Of a stranger the record is asked once; when he is registered, the register is told.
    const found = strangers.has(id) ? register.device(id) : await newcomers.find(id);
    const status = channel === 'status';
    const chatter = status || channel === 'position' || stem === 'cameras';
    if (found === 'not known yet') return message.retain || chatter ? undefined : newcomers.leave(id, message);
    const voice = voiceOf(found, stems[stem]);
    if (!voice) {
      if (strangers.has(id)) return undefined;
      log.info({ topic: message.topic.slice(0, 200) }, 'the joined broker speaks of what is not registered');
      const [oldest] = strangers.add(id);
      if (oldest !== undefined && strangers.size > mostStrangers) strangers.delete(oldest);
      return undefined;
    }
    const { kind } = voice.speaker;
    // A press that was retained by mistake is a press for everyone who comes later. It was heard when it was pressed.
    if (message.retain && !status && kind !== 'camera') return undefined;
    reach(id, kind, !(status && Buffer.from(message.payload).toString() === 'offline'));
    if (!message.retain) deps.silence.heard(id);
    // Several processes are told it, and the record needs it once: presence is what comes of it.
    if (!status) await tell(deps, { ...voice, speaker: { id, kind, exercise: deps.drill(id, clock.now()) } }, message);
    return undefined;
  }
  const newcomers = openNewcomers({ clock, log, register, hear: take });

  return {
    knows: (id: string) => online.has(id),
    reaches: (id: string) => online.get(id) === true,
    close: newcomers.close,
    /** Nobody can be reached there any more; who is there tells so again. */
    lost() {
      newcomers.forget();
      for (const [id, was] of online) {
        if (was) deps.reached(id, false);
        online.set(id, false);
      }
    },
    hear: take,
  };
}

/** What may never be said would be sent again and again if it were not acknowledged. */
async function tell({ ear, log, troubles }: JoinDeps, voice: Voice, message: Message): Promise<void> {
  const { id } = voice.speaker;
  try {
    await hear({ ear, log, unread: (deviceId, why) => troubles.note(deviceId, 'unreadable', why) }, voice, message);
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'role-missing')) throw error;
    log.warn({ err: error, deviceId: id }, 'message of a device on the joined broker not accepted');
    troubles.note(id, 'wrong-topic', message.topic);
  }
}
