import { connectMaker, type MakerDevice, type MakerLine } from '../../maker-line.ts';

export interface ShellyOptions extends Omit<MakerDevice, 'will'> {
  /** `shellies/<model>-<id>`. */
  readonly topic: string;
  /** Some firmware says the last event with each update, other firmware an empty one. Default true. */
  readonly keepsEvent?: boolean;
}

/** A first-generation Shelly with one input. It counts as the real one does: uint16, lost on restart. */
export interface SimulatedShelly {
  readonly line: MakerLine;
  push(event?: 'S' | 'SS' | 'SSS' | 'L'): Promise<void>;
  /** A push that reaches nobody, since the line was cut while it happened. */
  pushUnheard(event?: 'S' | 'SS' | 'SSS' | 'L'): void;
  /** What it says every `mqtt_update_period`, and on connecting. */
  update(): Promise<void>;
  /** Loses its connection; with `power: true` its counter too. Comes back and says how it stands. */
  restart(how: { readonly power: boolean }): Promise<SimulatedShelly>;
  close(): Promise<void>;
}

interface Memory {
  event: string;
  count: number;
}

export async function simulateShelly(options: ShellyOptions, memory: Memory = { event: '', count: 0 }): Promise<SimulatedShelly> {
  const { topic, keepsEvent = true } = options;
  const line = await connectMaker({ ...options, will: { topic: `${topic}/online`, payload: 'false' } });
  const say = () => line.say(`${topic}/input_event/0`, { event: memory.event, event_cnt: memory.count }, { qos: 1 });
  const pushed = (event: string) => {
    memory.event = event;
    memory.count = (memory.count + 1) % 65_536;
  };
  const update = async () => {
    if (!keepsEvent) memory.event = '';
    await line.say(`${topic}/input/0`, '0');
    await say();
  };
  await line.say(`${topic}/online`, 'true');
  await line.say('shellies/announce', {
    id: topic.split('/')[1] ?? topic,
    model: 'SHIX3-1',
    mac: '10521CF2C2C2',
    ip: '192.0.2.7',
    new_fw: false,
  });
  await update();
  return {
    line,
    async push(event = 'S') {
      pushed(event);
      await say();
    },
    pushUnheard: (event = 'S') => pushed(event),
    update,
    async restart({ power }) {
      if (line.connected()) await line.vanish();
      return simulateShelly(options, power ? { event: '', count: 0 } : memory);
    },
    close: () => line.close(),
  };
}

/** A Shelly of the second or a later generation, whose inputs are set up as buttons. */
export interface SimulatedShellyPlus {
  readonly line: MakerLine;
  /** As it tells one: its halves, and then what it was. Twice with the same `at` is one notification sent again. */
  push(input: number, kind?: 'single_push' | 'double_push' | 'triple_push' | 'long_push', at?: number): Promise<void>;
  close(): Promise<void>;
}

export async function simulateShellyPlus(
  options: Omit<MakerDevice, 'will'> & { readonly topic: string; readonly now: () => number },
): Promise<SimulatedShellyPlus> {
  const { topic, now } = options;
  const line = await connectMaker({ ...options, will: { topic: `${topic}/online`, payload: 'false' } });
  const notify = (method: string, params: object) =>
    line.say(`${topic}/events/rpc`, { src: topic, dst: `${topic}/events`, method, params: { ts: now() / 1000, ...params } });
  await line.say(`${topic}/online`, 'true', { retain: true });
  await line.listen(`${topic}/rpc`);
  await notify('NotifyFullStatus', { 'input:0': { id: 0, state: null }, sys: { uptime: 2 }, mqtt: { connected: true } });
  return {
    line,
    async push(input, kind = 'single_push', at = now()) {
      for (const event of ['btn_down', 'btn_up', kind]) {
        await notify('NotifyEvent', { events: [{ component: `input:${input}`, id: input, event, ts: at / 1000 }] });
      }
    },
    close: () => line.close(),
  };
}
