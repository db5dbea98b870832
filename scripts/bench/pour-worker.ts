import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { packet, signOn, text } from './chatter.ts';
import type { Share, Task } from './pour.ts';

const digits = 10;
const patience = 10_000;
/** One of so many acknowledgements is timed. */
const sampled = 8;
const ids = 65_536;

/** One device that always has `window` messages under way; packets are copied from one that was encoded once. */
class Tap {
  acknowledged = 0;
  sent = 0;
  readonly #socket: Socket;
  readonly #pattern: Buffer;
  readonly #idAt: number;
  readonly #countAt: number;
  readonly #sentAt = new Float64Array(ids);
  readonly #note: (took: number) => void;
  #rest: Buffer = Buffer.alloc(0);
  open = true;

  constructor(socket: Socket, { message }: Task, topic: string, id: string, note: (took: number) => void) {
    this.#socket = socket;
    this.#note = note;
    const count = '0'.repeat(digits);
    const payload = message === 'press' ? `{"type":"press","eventId":"${id}/${count}"}` : '{"type":"motion","active":true}';
    this.#pattern = packet(0x32, text(topic), Buffer.from([0, 0]), Buffer.from(payload));
    this.#idAt = this.#pattern.length - payload.length - 2;
    this.#countAt = message === 'press' ? this.#pattern.length - 2 - digits : -1;
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
  }

  send(count: number): void {
    const { length } = this.#pattern;
    const out = Buffer.allocUnsafe(count * length);
    const now = performance.now();
    for (let at = 0; at < out.length; at += length) {
      this.#pattern.copy(out, at);
      this.sent += 1;
      const id = (this.sent % (ids - 1)) + 1;
      out.writeUInt16BE(id, at + this.#idAt);
      this.#sentAt[id] = now;
      if (this.#countAt >= 0) writeDigits(out, at + this.#countAt, this.sent);
    }
    this.#socket.write(out);
  }

  /** PUBACK (MQTT 3.1.1, 3.4) is 4 bytes: 0x40, 2, message id. */
  #hear(chunk: Buffer): void {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const whole = all.length - (all.length % 4);
    this.#rest = all.subarray(whole);
    for (let at = 0; at < whole; at += 4) {
      if (all[at] !== 0x40) throw new Error(`an answer of type ${all[at]} instead of PUBACK`);
      const id = all.readUInt16BE(at + 2);
      if (id % sampled === 0) this.#note(performance.now() - (this.#sentAt[id] as number));
    }
    this.acknowledged += whole / 4;
    if (this.open && whole > 0) this.send(whole / 4);
  }
}

function writeDigits(out: Buffer, at: number, value: number): void {
  let rest = value;
  for (let place = at + digits - 1; place >= at; place -= 1) {
    out[place] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

async function run(task: Task): Promise<Share> {
  const { hostname, port } = new URL(task.url);
  const samples: number[] = [];
  let counts = false;
  const note = (took: number) => {
    if (counts) samples.push(took);
  };
  const taps: Tap[] = [];
  for (const voice of task.voices) taps.push(new Tap(await signOn(hostname, Number(port), voice), task, voice.topic, voice.id, note));
  process.send?.('ready');
  await once(process, 'message');
  for (const tap of taps) tap.send(task.window);
  const total = (pick: 'acknowledged' | 'sent') => taps.reduce((sum, tap) => sum + tap[pick], 0);
  await pause(task.warm * 1000);
  const before = total('acknowledged');
  counts = true;
  const began = performance.now();
  await pause(task.seconds * 1000);
  const share = ((total('acknowledged') - before) * task.seconds * 1000) / (performance.now() - began);
  counts = false;
  for (const tap of taps) tap.open = false;
  const end = performance.now() + patience;
  while (total('acknowledged') < total('sent') && performance.now() < end) await pause(20);
  return { acknowledged: Math.round(share), missing: total('sent') - total('acknowledged'), samples };
}

process.once('disconnect', () => process.exit());
const [task] = (await once(process, 'message')) as [Task];
// Ended from outside once this has arrived.
process.send?.(await run(task));
