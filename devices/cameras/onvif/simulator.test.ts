import { afterEach, describe, expect, test } from 'vitest';
import type { After } from '../../web.ts';
import { webRequest } from '../../web.ts';
import { childrenOf, down, each, tag, textAt, type Xml, type XmlElement } from '../../xml.ts';
import { openSoap } from './client.ts';
import { type CameraOptions, type FaultKind, type OnvifCamera, openOnvifCamera, type Quirks } from './simulator.ts';

const cameras: OnvifCamera[] = [];
afterEach(async () => {
  await Promise.all(cameras.splice(0).map((camera) => camera.close()));
});

const who = { username: 'admin', password: '\u5bc6:1' };
async function open(options: Partial<CameraOptions> = {}): Promise<OnvifCamera> {
  const camera = await openOnvifCamera({ id: 'c1', ...who, inputs: ['0'], ...options });
  cameras.push(camera);
  return camera;
}

const tev = 'http://www.onvif.org/ver10/events/wsdl';
const wsnt = 'http://docs.oasis-open.org/wsn/b-2';

function caller(camera: OnvifCamera, as: { username?: string; password?: string } = who) {
  const soap = openSoap({ base: new URL(camera.address).origin, ...as }, { now: Date.now });
  const ask = (path: string, name: string, namespace: string, ...content: Xml[]): Promise<XmlElement> =>
    soap.call({ path, action: `${namespace}/${name}`, body: tag(name, { xmlns: namespace }, ...content), milliseconds: 3000 });
  const create = async (): Promise<string> => {
    const answer = await ask('/onvif/event_service', 'CreatePullPointSubscription', tev, tag('InitialTerminationTime', {}, 'PT60S'));
    return new URL(textAt(answer, 'SubscriptionReference', 'Address') ?? '').pathname;
  };
  const pull = async (path: string, timeout = 'PT1S'): Promise<string[]> => {
    const answer = await ask(path, 'PullMessages', tev, tag('Timeout', {}, timeout), tag('MessageLimit', {}, 10));
    return childrenOf(answer, 'NotificationMessage').map((message) => {
      const item = (part: string) => down(message, 'Message', 'Message', part, 'SimpleItem')?.attributes['Value'];
      const operation = down(message, 'Message', 'Message')?.attributes['PropertyOperation'];
      return [textAt(message, 'Topic'), item('Source'), item('Data'), operation].join(' ');
    });
  };
  return { soap, ask, create, pull };
}

describe('a simulated camera', () => {
  test.each(['either', 'wsse', 'digest'] as const)('lets in who has the password, by %s, and nobody else', async (authentication) => {
    const camera = await open({ authentication });
    const information = (as?: typeof who) =>
      caller(camera, as).ask('/onvif/device_service', 'GetDeviceInformation', 'http://www.onvif.org/ver10/device/wsdl');
    expect(textAt(await information(), 'SerialNumber')).toBe('c1');
    await expect(information({ ...who, password: 'wrong' })).rejects.toMatchObject({ code: 'refused' });
  });

  test('whose clock stands in 1970 lets in whoever signs by that clock', async () => {
    const camera = await open({ authentication: 'wsse', quirks: { clockOffset: -Date.now() } });
    const { soap, ask } = caller(camera);
    expect(
      textAt(await ask('/onvif/device_service', 'GetDeviceInformation', 'http://www.onvif.org/ver10/device/wsdl'), 'SerialNumber'),
    ).toBe('c1');
    expect(Math.abs((soap.clockOffset() ?? 0) + Date.now())).toBeLessThan(5000);
  });

  test('tells states first, then what happens while a pull is open', async () => {
    const camera = await open();
    const { create, pull } = caller(camera);
    const point = await create();
    expect(await pull(point)).toEqual(['tns1:Device/Trigger/DigitalInput 0 false Initialized']);
    const waiting = pull(point, 'PT30S');
    camera.press('0');
    expect(await waiting).toEqual(['tns1:Device/Trigger/DigitalInput 0 true Changed']);
    camera.press('0');
    camera.motion(true);
    expect(await pull(point)).toEqual([
      'tns1:RuleEngine/CellMotionDetector/Motion VideoSource_1 true Changed',
      'tns1:VideoSource/MotionAlarm VideoSource_1 true Changed',
    ]);
  });

  test('ends an empty pull when its time is over, and no sooner', async () => {
    const due: { milliseconds: number; run: () => void }[] = [];
    const after: After = (milliseconds, run) => {
      due.push({ milliseconds, run });
      return () => undefined;
    };
    const camera = await open({ inputs: [], after });
    const { create, pull } = caller(camera);
    const point = await create();
    const empty = pull(point, 'PT2.5S');
    await expect.poll(() => due.length).toBe(1);
    expect(due[0]?.milliseconds).toBe(2500);
    due[0]?.run();
    expect(await empty).toEqual([]);
  });

  test('has so many slots, gives them back, and knows no subscription that ended', async () => {
    const camera = await open({ slots: 1 });
    const { ask, create, pull } = caller(camera);
    const point = await create();
    await expect(create()).rejects.toMatchObject({ code: 'busy' });
    await ask(point, 'Unsubscribe', wsnt);
    await expect(pull(point)).rejects.toThrow('ResourceUnknown');
    await create();
    expect(camera.subscriptions()).toBe(1);
    camera.restart();
    expect(camera.subscriptions()).toBe(0);
  });

  test('seeks in what it kept, and says its states again when asked', async () => {
    let now = Date.UTC(2026, 0, 1);
    const camera = await open({ authentication: 'none', now: () => now });
    const { ask, create, pull } = caller(camera, {});
    camera.press('0');
    now += 10_000;
    camera.release('0');
    const point = await create();
    await pull(point);
    await ask(point, 'Seek', tev, tag('UtcTime', {}, '2026-01-01T00:00:05Z'));
    expect(await pull(point)).toEqual(['tns1:Device/Trigger/DigitalInput 0 false Changed']);
    await ask(point, 'SetSynchronizationPoint', tev);
    expect(await pull(point)).toEqual(['tns1:Device/Trigger/DigitalInput 0 false Initialized']);
  });

  test('keeps the settings of one event broker and gives them back without the password', async () => {
    const camera = await open();
    const { ask } = caller(camera);
    const broker = (address: string) =>
      tag('EventBroker', {}, tag('Address', {}, address), tag('TopicPrefix', {}, 'cameras/c1'), tag('Password', {}, 'secret'));
    await ask('/onvif/event_service', 'AddEventBroker', tev, broker('mqtts://10.0.0.1:8883'));
    await ask('/onvif/event_service', 'AddEventBroker', tev, broker('mqtts://10.0.0.1:8883'));
    await expect(ask('/onvif/event_service', 'AddEventBroker', tev, broker('mqtt://10.0.0.2'))).rejects.toThrow('MaxEventBrokers');
    const [given] = [...each(await ask('/onvif/event_service', 'GetEventBrokers', tev), 'EventBroker')];
    expect(given?.children.map((setting) => setting.name)).toEqual(['Address', 'TopicPrefix', 'Status']);
    expect([...camera.brokers.keys()]).toEqual(['mqtts://10.0.0.1:8883']);
  });

  test.each<[string, Quirks, string]>([
    ['both media services', {}, 'media/wsdl'],
    ['Media2 alone', { media: [2] }, 'ver20/media'],
    ['the old list of services', { withoutServices: true }, 'events'],
  ])('offers %s', async (_name, quirks, part) => {
    const camera = await open({ quirks });
    const names = [...(await caller(camera).soap.services()).keys()];
    expect(names.some((name) => name.includes(part))).toBe(true);
  });
});

describe('each fault', () => {
  const rows: [FaultKind, string][] = [
    ['reset', 'unreachable'],
    ['unavailable', 'busy'],
    ['soap-fault', 'garbled'],
    ['garbage', 'garbled'],
    ['empty', 'garbled'],
    ['unauthorized', 'refused'],
    ['silence', 'silent'],
    ['truncated', 'unreachable'],
    ['drip', 'silent'],
    ['html', 'garbled'],
  ];
  test.each(rows)('%s is seen as %s, and is over when it is lifted', async (kind, code) => {
    const camera = await open();
    const { soap, ask } = caller(camera);
    const body = tag('GetRelayOutputs', { xmlns: 'http://www.onvif.org/ver10/device/wsdl' });
    camera.fail({ kind, only: ['GetRelayOutputs'] });
    await expect(soap.call({ path: '/onvif/device_service', action: 'x', body, milliseconds: 300 })).rejects.toMatchObject({ code });
    await ask('/onvif/device_service', 'GetDeviceInformation', 'http://www.onvif.org/ver10/device/wsdl');
    camera.fail(undefined);
    await soap.call({ path: '/onvif/device_service', action: 'x', body, milliseconds: 3000 });
  });

  test('a camera off the network refuses, and comes back on its port', async () => {
    const camera = await open({ authentication: 'none' });
    const get = () => webRequest({ base: new URL(camera.address).origin }, { method: 'GET', path: '/', milliseconds: 2000 });
    await camera.unplug();
    await expect(get()).rejects.toMatchObject({ code: 'unreachable' });
    await camera.plug();
    expect((await get()).status).toBe(404);
  });
});
