import { describe, expect, test } from 'vitest';
import type { Fact, Told, TroubleCode } from '../../driver.ts';
import { movedClock } from '../../moved-clock.ts';
import { openSoap } from './client.ts';
import { type EventSettings, openEvents } from './pull.ts';
import { ScriptedCamera, type ScriptedOptions, sendTo } from './scripted-camera.ts';

function setUp(options: Partial<ScriptedOptions> = {}, settings: EventSettings = {}, memory: { words?: string | undefined } = {}) {
  const clock = movedClock();
  const camera = new ScriptedCamera({ now: clock.now, after: clock.after, username: 'u', password: 'p"<&', ...options });
  const client = () => {
    const soap = openSoap({ base: 'http://192.0.2.1', username: 'u', password: 'p"<&' }, { now: clock.now, send: sendTo(camera, clock) });
    return openEvents(soap, settings, { now: clock.now, pause: clock.pause });
  };
  const heard: Fact[] = [];
  const hindered: (TroubleCode | undefined)[] = [];
  const told: Told = {
    hear: async (facts) => void heard.push(...facts),
    alive: () => undefined,
    hindered: (why) => hindered.push(why?.code),
    memory: { recall: async () => memory.words, keep: async (words) => void Object.assign(memory, { words }) },
  };
  const names = () => camera.asked.map(({ name }) => name);
  const start = (events = client()) => {
    const stop = new AbortController();
    const ended = events.watch(told, stop.signal).then(
      () => 'stopped',
      (error: unknown) => error,
    );
    return {
      ended,
      stop: async () => {
        stop.abort();
        await clock.advance(3000);
        return await ended;
      },
    };
  };
  return { clock, camera, client, heard, hindered, told, names, start, memory };
}

const atOnce: ScriptedOptions['after'] = (_wait, run) => {
  queueMicrotask(run);
  return () => undefined;
};

const states = (facts: readonly Fact[]) => facts.map(({ active, retained }) => `${active}${retained ? ' stands' : ''}`);

describe('one subscription from begin to end', () => {
  test('the clock first, then services, a pull point, its news, renewals at half time, and farewell', async () => {
    const { clock, camera, heard, names, start } = setUp();
    const watch = start();
    await clock.advance(2000);
    camera.set(true);
    await clock.advance(63_000);
    expect(await watch.stop()).toBe('stopped');
    expect(names().slice(0, 5)).toEqual([
      'GetSystemDateAndTime',
      'GetServices',
      'CreatePullPointSubscription',
      'PullMessages',
      'PullMessages',
    ]);
    expect(names().filter((name) => name === 'Renew')).toHaveLength(2);
    expect(names().at(-1)).toBe('Unsubscribe');
    expect(camera.subscriptions.size).toBe(0);
    expect(states(heard)).toEqual(['false stands', 'true']);
    expect(heard[1]).toMatchObject({ type: 'digital-input', data: { topic: 'Device/Trigger/DigitalInput', sourceValues: ['1'] } });
  });

  test('a camera that tells nothing of itself is asked once how things stand', async () => {
    const { clock, heard, names, start } = setUp({ shy: true });
    start();
    await clock.advance(12_000);
    expect(names().filter((name) => name === 'SetSynchronizationPoint')).toHaveLength(1);
    expect(states(heard)).toEqual(['false stands']);
  });

  test('reference parameters come back as headers that say so, and the host that the camera names is only text', async () => {
    const { clock, camera, start } = setUp();
    start();
    await clock.advance(1000);
    const pull = camera.asked.find(({ name }) => name === 'PullMessages')?.envelope ?? '';
    expect(pull).toContain('<SubscriptionId xmlns="http://www.axis.com/2009/event" a:IsReferenceParameter="true">1</SubscriptionId>');
    expect(pull).toContain('<a:To>http://192.0.2.9:81/onvif/sub?Idx=1</a:To>');
    expect(pull).toContain('<Timeout>PT1S</Timeout>');
  });

  test('bindings are read: normally closed turns round, and the grade goes with it', async () => {
    const { clock, heard, start } = setUp({}, { inputs: [{ token: '1', normally: 'closed', grade: 'assist' }] });
    start();
    await clock.advance(1000);
    expect(heard).toMatchObject([{ type: 'digital-input', active: true, grade: 'assist' }]);
  });
});

describe('what goes wrong', () => {
  test('a restarted camera has forgotten us: a new subscription in the same breath, without a hot loop', async () => {
    const { clock, camera, names, start, heard } = setUp();
    const watch = start();
    await clock.advance(10_000);
    camera.restart();
    camera.closed = true;
    await clock.advance(10_000);
    expect(names().filter((name) => name === 'CreatePullPointSubscription')).toHaveLength(2);
    expect(states(heard)).toEqual(['false stands', 'true stands']);
    expect(await watch.stop()).toBe('stopped');
  });

  test('a subscription outlives a short fault: the next watch goes on with it', async () => {
    const { clock, camera, client, names, start } = setUp();
    const events = client();
    const first = start(events);
    await clock.advance(3000);
    camera.fault = 'TCP reset';
    await clock.advance(6000);
    expect(await first.ended).toMatchObject({ code: 'unreachable' });
    camera.fault = undefined;
    camera.set(true);
    start(events);
    await clock.advance(1000);
    expect(names().filter((name) => name === 'CreatePullPointSubscription')).toHaveLength(1);
  });

  test('a place that a crash left taken is given back by whoever comes next', async () => {
    const { clock, camera, start, memory, names } = setUp({ places: 1 });
    start();
    await clock.advance(2000);
    expect(memory.words).toContain('Idx=1');
    start();
    await clock.advance(2000);
    expect([...camera.subscriptions.keys()]).toEqual(['2']);
    expect(names().filter((name) => name === 'Unsubscribe')).toHaveLength(1);
  });

  test('words of memory that say nothing are no obstacle', async () => {
    const { clock, camera, start } = setUp({}, {}, { words: '{"path":7}' });
    start();
    await clock.advance(2000);
    expect(camera.subscriptions.size).toBe(1);
  });

  test.each([
    ['503', 'busy'],
    ['SOAP fault on create', 'busy'],
    ['garbage', 'garbled'],
    ['empty', 'garbled'],
    ['HTML with 200', 'garbled'],
    ['401', 'refused'],
    ['silence', 'silent'],
  ] as const)('%s at the first connection is %s', async (fault, code) => {
    const { clock, camera, start } = setUp();
    camera.fault = fault;
    const watch = start();
    await clock.advance(20_000);
    expect(await watch.ended).toMatchObject({ name: 'Trouble', code });
  });

  test('a wrong password is refused, and no trouble carries it', async () => {
    const { clock, start } = setUp({ password: 'another' });
    const watch = start();
    await clock.advance(20_000);
    const error = (await watch.ended) as Error;
    expect(error).toMatchObject({ code: 'refused' });
    expect(error.message).not.toContain('p"<&');
  });

  test('a renewal that is refused ends nothing', async () => {
    const { clock, camera, start, heard } = setUp();
    start();
    camera.fault = 'SOAP fault on renew';
    await clock.advance(100_000);
    camera.set(true);
    await clock.advance(1000);
    expect(states(heard).at(-1)).toBe('true');
  });

  test('a camera that is set back to 1970 is told of, and goes on', async () => {
    const { clock, camera, start, heard, hindered } = setUp();
    start();
    await clock.advance(3000);
    camera.fault = 'clock in 1970';
    await clock.advance(15_000);
    camera.set(true);
    await clock.advance(6000);
    expect(states(heard).at(-1)).toBe('true');
    camera.fault = undefined;
    await clock.advance(60_000);
    expect(hindered).toEqual(['misconfigured', undefined]);
  });

  test('a camera that answers at once though it has nothing is not asked more than once a second', async () => {
    const { clock, names, start } = setUp({ after: atOnce });
    start();
    await clock.advance(20_000);
    expect(names().filter((name) => name === 'PullMessages').length).toBeLessThanOrEqual(21);
  });
});

describe('what was missed', () => {
  test('a camera that keeps its news is asked for those of the absence, each once', async () => {
    const { clock, camera, client, heard, start, names } = setUp({ persistent: true });
    const events = client();
    const first = start(events);
    await clock.advance(2000);
    camera.set(true);
    await clock.advance(2000);
    camera.fault = 'refused';
    await clock.advance(10_000);
    await first.ended;
    camera.restart();
    camera.set(false);
    camera.set(true);
    await clock.advance(1000);
    camera.fault = undefined;
    start(events);
    await clock.advance(3000);
    expect(names()).toContain('Seek');
    expect(states(heard)).toEqual(['false stands', 'true', 'false', 'true', 'true stands']);
  });
  test('of one that does not, how things stand is what is left', async () => {
    const { clock, camera, heard, start } = setUp();
    start();
    await clock.advance(2000);
    camera.restart();
    camera.closed = true;
    await clock.advance(7000);
    expect(states(heard)).toEqual(['false stands', 'true stands']);
  });
});
