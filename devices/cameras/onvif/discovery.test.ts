import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type Found, type Search, Trouble } from '../../driver.ts';
import type { After } from '../../web.ts';
import { discoverCameras, type Network, type OwnAddress } from './discovery.ts';
import { readMatches } from './probe-match.ts';
import type { Announcement } from './simulator.ts';
import { openResponder, type Responder, type ResponderOptions } from './simulator-discovery.ts';

const responders: Responder[] = [];
afterEach(async () => {
  await Promise.all(responders.splice(0).map((responder) => responder.close()));
});

const camera = (number: number, more: Partial<Announcement> = {}): Announcement => ({
  urn: `urn:uuid:${number}`,
  types: ['dn:NetworkVideoTransmitter'],
  scopes: [`onvif://www.onvif.org/name/Nord_Tor%20${number}`, 'onvif://www.onvif.org/hardware/D1', 'onvif://www.onvif.org/Profile/T'],
  addresses: [`http://10.0.0.${number}/onvif/device_service`],
  ...more,
});

const lo = (name: string): OwnAddress => ({ name, address: '127.0.0.1', family: 'IPv4' });

/** Looks until `enough` devices were told, without waiting for time: the clock is moved by hand. */
async function look(options: ResponderOptions, enough: number, names: readonly string[] = ['eth0'], asked?: Partial<Search>) {
  const responder = await openResponder(options);
  responders.push(responder);
  let end = (): void => undefined;
  const after: After = (_milliseconds, run) => {
    end = run;
    return () => undefined;
  };
  const told: Found[] = [];
  const network: Network = { addresses: () => names.map(lo), target: { host: '127.0.0.1', port: responder.port }, after };
  const search: Search = {
    milliseconds: 3000,
    interfaces: names,
    signal: new AbortController().signal,
    found: (device) => {
      told.push(device);
      if (told.length === enough) setImmediate(() => end());
    },
    ...asked,
  };
  const found = await discoverCameras(search, network);
  return { found, told, responder };
}

describe('discovery', () => {
  test('tells each camera as it is heard, with what its scopes say', async () => {
    const { found, told } = await look({ announcements: () => [camera(1)] }, 1);
    expect(found).toEqual([
      { urn: 'urn:uuid:1', addresses: ['http://10.0.0.1/onvif/device_service'], name: 'Nord Tor 1', model: 'D1', via: 'eth0' },
    ]);
    expect(told).toEqual(found);
  });

  test('takes every match of an answer that names several', async () => {
    const { found } = await look({ announcements: () => [1, 2, 3, 4, 5].map((number) => camera(number)), together: 5 }, 5);
    expect(found.map((each) => each.urn)).toEqual([1, 2, 3, 4, 5].map((number) => `urn:uuid:${number}`));
  });

  test('asks on every interface, and a camera heard on two stays one', async () => {
    const { found, responder } = await look({ announcements: () => [camera(1)] }, 1, ['eth0', 'eth1']);
    expect(found).toHaveLength(1);
    expect(responder.probes.length).toBeGreaterThanOrEqual(2);
  });

  test('adds the addresses that one device announces one by one', async () => {
    const second = camera(1, { addresses: ['http://192.168.0.1/onvif/device_service'] });
    const { found, told } = await look({ announcements: () => [camera(1), second] }, 2);
    expect(found[0]?.addresses).toEqual(['http://10.0.0.1/onvif/device_service', 'http://192.168.0.1/onvif/device_service']);
    expect(told).toHaveLength(2);
  });

  test('asks for three types, and ends when its caller does', async () => {
    const stop = new AbortController();
    const types = new Set<string>();
    const responder = await openResponder({ announcements: () => [] });
    responders.push(responder);
    const search: Search = { milliseconds: 60_000, interfaces: ['eth0'], signal: stop.signal, found: () => undefined };
    const looking = discoverCameras(search, { addresses: () => [lo('eth0')], target: { host: '127.0.0.1', port: responder.port } });
    await expect.poll(() => responder.probes.length).toBeGreaterThanOrEqual(3);
    for (const probe of responder.probes) types.add(probe.slice(probe.indexOf(':') + 1));
    expect([...types].sort()).toEqual(['Device', 'NetworkVideoDisplay', 'NetworkVideoTransmitter']);
    stop.abort();
    expect(await looking).toEqual([]);
  });

  test.each<[string, Network, string]>([
    ['no interface', { addresses: () => [] }, 'misconfigured'],
    ['none of that name', { addresses: () => [lo('eth1')] }, 'misconfigured'],
    ['an address that is not ours', { addresses: () => [{ name: 'eth0', address: '192.0.2.9', family: 'IPv4' }] }, 'unreachable'],
  ])('says that there is %s', async (_name, network, code) => {
    const search: Search = { milliseconds: 10, interfaces: ['eth0'], signal: new AbortController().signal, found: () => undefined };
    const error: unknown = await discoverCameras(search, network).catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(Trouble);
    expect(error).toMatchObject({ code });
  });

  test('one interface that fails does not keep the others from asking', async () => {
    const responder = await openResponder({ announcements: () => [camera(1)] });
    responders.push(responder);
    const stop = new AbortController();
    const search: Search = { milliseconds: 60_000, signal: stop.signal, interfaces: ['eth0', 'eth1'], found: () => stop.abort() };
    const addresses: OwnAddress[] = [{ name: 'eth0', address: '192.0.2.9', family: 'IPv4' }, lo('eth1')];
    const found = await discoverCameras(search, { addresses: () => addresses, target: { host: '127.0.0.1', port: responder.port } });
    expect(found.map((each) => each.via)).toEqual(['eth1']);
  });
});

describe('an answer', () => {
  const envelope = (inside: string): Uint8Array =>
    Buffer.from(`<s:Envelope><s:Body><d:ProbeMatches>${inside}</d:ProbeMatches></s:Body></s:Envelope>`);
  const match = (
    types: string,
    scopes: string,
    addresses: string,
    urn = '<a:EndpointReference><a:Address>u</a:Address></a:EndpointReference>',
  ) =>
    envelope(
      `<d:ProbeMatch>${urn}<d:Types>${types}</d:Types><d:Scopes>${scopes}</d:Scopes><d:XAddrs>${addresses}</d:XAddrs></d:ProbeMatch>`,
    );
  const http = 'http://10.0.0.1/x';

  test.each<[string, Uint8Array, readonly Partial<Found>[]]>([
    ['a printer', match('wsdp:Device', 'ldap:///ou=x', http), []],
    ['a camera without scopes', match('dn:NetworkVideoTransmitter', '', http), [{ urn: 'u', addresses: [http] }]],
    ['a camera without types', match('', 'onvif://www.onvif.org/name/A%', http), [{ urn: 'u', name: 'A%' }]],
    ['no address', match('dn:NetworkVideoTransmitter', '', ''), []],
    ['no name of its own', match('dn:NetworkVideoTransmitter', '', http, ''), [{ urn: http }]],
    ['line ends and twice the same', match('dn:NetworkVideoTransmitter', '', `\n${http}\n ${http} `), [{ addresses: [http] }]],
    ['a document type', Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), []],
    ['a probe', Buffer.from('<s:Envelope><s:Body><d:Probe/></s:Body></s:Envelope>'), []],
  ])('%s', (_name, bytes, expected) => {
    const found = readMatches(bytes);
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
  });

  test('of any bytes never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => readMatches(bytes).length === 0));
  });
});
