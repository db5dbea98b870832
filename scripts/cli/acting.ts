import { randomUUID } from 'node:crypto';
import { simulateKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import { desk } from '../../services/console/desk/words.ts';
import { common } from '../../services/console/words/common.ts';
import { type Client, waitFor } from './client.ts';
import { Ends, exits, type Io } from './io.ts';

/** Pressing a key and saying something, to see that it works. */

export interface Press {
  readonly key: string;
  readonly grade: 'emergency' | 'assist' | 'duress';
  /** The key's own secret: the press then goes by MQTT, as the key's does. */
  readonly secret: string | undefined;
  readonly mqtt: string;
  readonly exercise: boolean;
  /** Seconds. */
  readonly wait: number;
}
interface Signal {
  readonly id: string;
  readonly eventId?: string;
  readonly incidentId?: string;
}
interface Incident {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly exercise: boolean;
  readonly orders: readonly { readonly unitId: string; readonly state: string }[];
}
type DeviceBody = Readonly<Record<string, unknown>>;

/** Presses, and tells which incident it opened or joined and who was ordered. */
export async function press(client: Client, io: Io, asked: Press): Promise<void> {
  const undo = asked.exercise ? await inTestMode(client, asked.key) : undefined;
  try {
    const eventId = randomUUID();
    await (asked.secret === undefined ? overHttp(client, asked, eventId) : overMqtt(asked, asked.secret, eventId, io));
    io.progress(io.t(`${asked.key} pressed; the press is in the record`, `已按下 ${asked.key}，信号已入库`));
    const incident = await waitFor(asked.wait, () => incidentOf(client, asked.key, eventId));
    if (!incident) throw new Ends(exits.unwell, io.t(`no incident within ${asked.wait} s`, `${asked.wait} 秒内没有产生警情`));
    io.result(incident, described(incident, asked.key, io));
  } finally {
    await undo?.();
  }
}

/** In the words of the desk. */
function described({ number, kind, state, exercise, orders }: Incident, key: string, io: Io): string {
  const [of, rung]: readonly Readonly<Record<string, string>>[] = [common.zh, desk.zh];
  const named = (code: string, words: Readonly<Record<string, string>> | undefined, name: string): string =>
    io.t(code, words?.[name] ?? code);
  const drill = exercise ? io.t(' (exercise)', '（演练）') : '';
  const [what, how] = [named(kind, of, `kind.${kind}`), named(state, of, `state.${state}`)];
  const sent = orders.map((order) => `  ${order.unitId}  ${named(order.state, rung, `rung.${order.state}`)}`);
  const nobody = io.t(
    `  nobody was ordered\n-> baiying doctor ${key} says why`,
    `  没有向任何人下达指令\n-> 用 baiying doctor ${key} 查明原因`,
  );
  return [
    io.t(`incident ${number}${drill}: ${what}, ${how}`, `警情 ${number}${drill}：${what}，${how}`),
    ...(sent.length === 0 ? [nobody] : sent),
  ].join('\n');
}

const overHttp = (client: Client, { key, grade }: Press, eventId: string): Promise<Signal> =>
  client.ask('POST', '/signals', { deviceId: key, type: 'press', grade, eventId });

async function overMqtt({ key, grade, mqtt }: Press, secret: string, eventId: string, io: Io): Promise<void> {
  const failed = (error: unknown): Ends => {
    const why = error instanceof Error ? error.message : String(error);
    // Only what came to the network has an errno.
    if (error instanceof Error && 'errno' in error)
      return new Ends(
        exits.away,
        io.t(`no broker answers at ${mqtt}: ${why}\n-> check --mqtt`, `${mqtt} 没有消息服务应答：${why}\n-> 请检查 --mqtt`),
      );
    return new Ends(
      exits.mayNot,
      io.t(
        `the broker at ${mqtt} did not take ${key}: ${why}\n-> check the secret and --mqtt`,
        `${mqtt} 的消息服务没有接受 ${key}：${why}\n-> 请检查密钥和 --mqtt`,
      ),
    );
  };
  const line = await simulateKey({ url: mqtt, id: key, secret }).catch((error: unknown) => Promise.reject(failed(error)));
  try {
    await line.press(grade, eventId);
  } catch (error) {
    throw failed(error);
  } finally {
    await line.close();
  }
}

async function incidentOf(client: Client, key: string, eventId: string): Promise<Incident | undefined> {
  const { items } = await client.ask<{ items: readonly Signal[] }>(
    'GET',
    `/signals?deviceId=${encodeURIComponent(key)}&type=press&limit=20`,
  );
  const incidentId = items.find((signal) => signal.eventId === eventId)?.incidentId;
  return incidentId === undefined ? undefined : client.ask<Incident>('GET', `/incidents/${incidentId}`);
}

/** For a minute presses of the key are exercises; it ends with the command. */
async function inTestMode(client: Client, key: string): Promise<() => Promise<void>> {
  const path = `/devices/${encodeURIComponent(key)}`;
  const { id: _id, state: _state, lastSeenAt: _seen, health: _health, ...body } = await client.ask<DeviceBody>('GET', path);
  if (body['exercise'] === true) return async () => undefined;
  await client.ask('PUT', path, { ...body, testUntil: new Date(Date.now() + 60_000).toISOString() });
  return async () => void (await client.ask('PUT', path, body));
}

export interface Words {
  readonly text?: string;
  readonly phrase?: string;
  readonly loudspeakers: readonly string[];
  readonly zone?: string;
  readonly camera?: string;
  readonly near?: string;
  readonly spoken: 'zh' | 'en';
  readonly repeat: number;
  readonly wait: number;
}
interface Broadcast {
  readonly id: string;
  readonly state: string;
  readonly targets: readonly { readonly deviceId: string; readonly state: string; readonly reason?: string }[];
}

const ended = new Set(['heard', 'played', 'sent', 'failed', 'stopped']);

/** Says it, and tells how far it is known to have come on each loudspeaker. */
export async function broadcast(client: Client, io: Io, asked: Words): Promise<void> {
  const body = {
    ...(asked.text === undefined ? {} : { text: asked.text }),
    ...(asked.phrase === undefined ? {} : { phraseId: asked.phrase }),
    ...(asked.loudspeakers.length === 0 ? {} : { loudspeakerIds: asked.loudspeakers }),
    ...(asked.zone === undefined ? {} : { zoneId: asked.zone }),
    ...(asked.camera === undefined ? {} : { cameraId: asked.camera }),
    ...(asked.near === undefined ? {} : { near: circleOf(asked.near, io) }),
    ...{ lang: asked.spoken, repeat: asked.repeat },
  };
  const begun = await client.ask<Broadcast>('POST', '/broadcasts', body);
  const told = new Map<string, string>();
  let last = begun;
  await waitFor(asked.wait, async () => {
    last = await client.ask<Broadcast>('GET', `/broadcasts/${begun.id}`);
    for (const target of last.targets) {
      if (told.get(target.deviceId) !== target.state && !ended.has(target.state)) io.progress(lineOf(target));
      told.set(target.deviceId, target.state);
    }
    return last.targets.every(({ state }) => ended.has(state)) ? last : undefined;
  });
  io.result(last, last.targets.map(lineOf).join('\n'));
  if (last.targets.some(({ state }) => state === 'failed' || !ended.has(state))) process.exitCode = exits.unwell;
}

const lineOf = ({ deviceId, state, reason }: Broadcast['targets'][number]): string =>
  `${deviceId}  ${state}${reason === undefined ? '' : ` (${reason})`}`;

function circleOf(text: string, io: Io): { readonly lat: number; readonly lon: number; readonly radius: number } {
  const [lat = Number.NaN, lon = Number.NaN, radius = Number.NaN] = text.split(',').map(Number);
  if ([lat, lon, radius].every(Number.isFinite)) return { lat, lon, radius };
  throw new Ends(exits.askedWrongly, io.t(`--near: ${text} is not LAT,LON,METRES`, `--near：${text} 不是“纬度,经度,米”`));
}
