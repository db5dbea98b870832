import { expect, onTestFinished, test } from 'vitest';
import { milliseconds, seconds } from '../alarm/index.ts';
import { putEvents } from '../store/events.ts';
import { type LineToRecord, lineToRecord } from './line-to-record.ts';
import { openStation, orderOn, registerCrew, type Station } from './rig.ts';

async function stationOnALine() {
  let line: LineToRecord | undefined;
  const at = await openStation({
    reached: async (record) => {
      line = await lineToRecord(record);
      return line.connection;
    },
  });
  if (!line) throw new Error('the station did not ask for its record');
  return { at, line };
}

/** What a console hears that has the stream open. */
async function listen(at: Station, types: string) {
  const heard: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[] = [];
  const { url, authorization } = at.http();
  const stop = new AbortController();
  const { body } = await fetch(`${url}/api/v1/stream?types=worker.back,${types}`, { headers: { authorization }, signal: stop.signal });
  if (!body) throw new Error('the stream has no body');
  const reading = (async () => {
    for await (const line of lines(body)) if (line.startsWith('data: ')) heard.push(JSON.parse(line.slice(6)));
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  onTestFinished(async () => {
    stop.abort();
    await reading;
  });
  // Until something was heard the stream may still look for its place in the record.
  await at.until(async () => {
    await putEvents(at.store.desk, [{ type: 'baiying.worker.back.v1', subject: 'workers/tried', at: at.clock.now(), data: {} }]);
    await at.clock.advance(seconds(1));
    expect(heard.length).toBeGreaterThan(0);
  });
  return heard;
}

async function* lines(body: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const whole = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = whole.pop() ?? '';
    yield* whole;
  }
}

const readiness = async (url: string) =>
  (await (await fetch(`${url}/readyz`)).json()) as { readonly status: string; readonly notes?: readonly string[] };

/** In small steps: the clocks of the orders must not run out while their answers still come in. */
const takenIn = (at: Station) =>
  at.until(async () => {
    await at.clock.advance(milliseconds(250));
    const { status, notes } = await readiness(at.http().url);
    expect([status, notes]).toEqual(['ok', undefined]);
  });

test('pressed while the record is away: acknowledged from the disk, ordered at once, and in the record once it is back', async () => {
  const { at, line } = await stationOnALine();
  const [near, middle, far] = await registerCrew(at, ['near', 'middle', 'far'], 'answers');
  const key = await at.key('ward-3', 'hospital');
  const console = await listen(at, 'record');

  line.cut();
  await key.press();
  const order = await orderOn(at, near);
  expect(order).toMatchObject({ kind: 'emergency', priority: 1, site: { id: 'hospital', name: 'First Hospital' } });
  await orderOn(at, middle);
  await at.until(() => expect(key.lastReceipt()).toMatchObject({ incidentId: order.incidentId, state: 'received' }));
  // A guard presses again when nobody comes at once. That, too, is kept, and sends nobody twice.
  await key.press();
  await at.until(() => expect([near.faults, middle.faults]).toEqual([[], []]));
  await at.until(async () => {
    const { status, notes } = await readiness(at.http().url);
    expect(status).toBe('unavailable');
    expect(notes?.join()).toMatch(/record: degraded: the record has been away for \d+ s; [3-9]\d* signals wait/);
  });
  expect(far.effective()).toEqual([]);
  await at.clock.advance(seconds(1));
  await at.until(() => {
    const shown = console.at(-1);
    expect(shown).toMatchObject({ type: 'baiying.record.away.v1' });
    expect(shown?.data['sentFor']).toMatchObject([{ device: 'ward-3', site: 'First Hospital', units: ['near', 'middle'] }]);
  });

  line.restore();
  await takenIn(at);
  await at.until(async () => {
    const { state, orders } = await at.incident(order.incidentId);
    expect(state).toBe('dispatched');
    expect(orders.map((held) => [held.id, held.unitId, held.state])).toEqual([
      [near.effective()[0]?.orderId, 'near', 'accepted'],
      [middle.effective()[0]?.orderId, 'middle', 'accepted'],
    ]);
  });
  const [incident, ...others] = await at.incidents();
  expect(others).toEqual([]);
  expect(incident?.id).toBe(order.incidentId);
  const { signals, timeline } = await at.incident(order.incidentId);
  expect(signals.filter((signal) => signal.type === 'press')).toHaveLength(2);
  expect(timeline.find((entry) => entry.kind === 'note')?.text).toContain('sent at once while the record was away: near, middle');
  for (const radio of [near, middle, far]) expect(radio.effective()).toHaveLength(radio === far ? 0 : 1);
  expect(await at.api('GET', `/incidents/${order.incidentId}/chain`)).toMatchObject({ intact: true });
  await at.clock.advance(seconds(1));
  await at.until(() => expect(console.at(-1)?.type).toBe('baiying.record.back.v1'));
});

test('a drill of a key that was left open keeps nobody from its real press while the record is away', async () => {
  const { at, line } = await stationOnALine();
  const [first, second, third] = await registerCrew(at, ['first', 'second', 'third']);
  await at.register('key', 'ward-3', { siteId: 'hospital', exercise: true });
  const key = await at.key('ward-3', 'hospital');
  await key.press();
  const drill = await orderOn(at, first);
  expect([drill.exercise, (await orderOn(at, second)).exercise]).toEqual([true, true]);
  await at.api('PUT', '/devices/ward-3', { kind: 'key', driver: 'mqtt', name: 'ward-3', siteId: 'hospital', exercise: false });

  line.cut();
  await key.press();
  const order = await at.until(() => {
    const real = [first, second, third].flatMap((radio) => radio.effective()).find(({ exercise }) => exercise !== true);
    if (!real) throw new Error('nobody is sent');
    return real;
  });
  expect(order.incidentId).not.toBe(drill.incidentId);
  line.restore();
  await takenIn(at);
  await at.until(async () => expect(await at.incident(order.incidentId)).toMatchObject({ exercise: false, kind: 'emergency' }));
});

test('duress while the record is away sends officers and leaves no trace at the site', async () => {
  const { at, line } = await stationOnALine();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('ward-3', 'hospital');
  line.cut();
  await key.press('duress');
  const { incidentId } = await orderOn(at, near);
  line.restore();
  await takenIn(at);
  await at.until(async () => {
    expect(await at.incident(incidentId)).toMatchObject({ kind: 'duress', priority: 1 });
  });
  expect(key.receipts).toEqual([]);
});

test('what was kept when the process ended is taken in by the next one', async () => {
  const { at, line } = await stationOnALine();
  const [near] = await registerCrew(at, ['near']);
  const key = await at.key('ward-3', 'hospital');
  line.cut();
  await key.press();
  const { incidentId, orderId } = await orderOn(at, near);
  await at.restart(undefined, async () => line.restore());
  await takenIn(at);
  await at.until(async () => {
    expect((await at.incident(incidentId)).orders.map((order) => order.id)).toContain(orderId);
  });
  expect(near.effective()).toHaveLength(1);
});
