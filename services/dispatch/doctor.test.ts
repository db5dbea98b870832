import { expect, test } from 'vitest';
import { type FindingCode, hours, minutes, rfc3339, seconds } from '../alarm/index.ts';
import { diagnose, type Facts } from './doctor.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const ago = (span: number) => now - span;
const noted = (span: number, detail?: string) => ({
  since: rfc3339(ago(span + 1000)),
  at: rfc3339(ago(span)),
  times: 3,
  ...(detail ? { detail } : {}),
});

const key: Facts = {
  ...{ now, kind: 'key', registeredAt: ago(hours(99)), fit: { ok: true }, way: 'broker', state: 'online', since: ago(hours(1)) },
  ...{ lastSeenAt: ago(seconds(5)), lastHeardAt: ago(seconds(5)), provenAt: ago(hours(2)), troubles: {}, stuck: [], pictureFaults: [] },
  ...{ placed: true, reaches: true, clockOffset: 300, battery: 80 },
};
const { provenAt: _proven, battery: _battery, ...plain } = key;
const radio: Facts = { ...plain, kind: 'radio', listensTo: 'radios/r/order', unitId: 'u', troubles: { subscribed: noted(minutes(59)) } };
const camera: Facts = { ...plain, kind: 'camera', way: 'watch', watch: { since: rfc3339(ago(hours(1))) }, leaseUntil: now + seconds(9) };
const horn: Facts = { ...plain, kind: 'loudspeaker', way: 'none', speaker: { route: true, reportsItself: false, ear: true } };
const behind: Facts = { ...key, way: 'bridge', bridge: { id: 'gate', registered: true, carries: true, online: true } };
const without = <K extends keyof Facts>(facts: Facts, ...names: K[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !(names as string[]).includes(name))) as unknown as Facts;
const unseen = without({ ...key, state: 'unknown' }, 'lastSeenAt', 'since', 'lastHeardAt', 'provenAt');
const trouble = (code: string): Facts => ({ ...camera, watch: { since: rfc3339(ago(5)), code, detail: 'so it said' } });

const rows: readonly { readonly name: string; readonly facts: Facts; readonly finds: readonly FindingCode[] }[] = [
  { name: 'a healthy key', facts: key, finds: [] },
  { name: 'a healthy radio', facts: radio, finds: [] },
  { name: 'a healthy camera', facts: camera, finds: [] },
  { name: 'a healthy loudspeaker', facts: horn, finds: [] },
  { name: 'a healthy key behind a gateway', facts: behind, finds: [] },
  { name: 'a key that nobody ever switched on', facts: unseen, finds: ['never-connected', 'never-armed'] },
  {
    name: 'a key with a wrong password',
    facts: { ...unseen, troubles: { 'wrong-password': noted(5) } },
    finds: ['wrong-password', 'never-armed'],
  },
  { name: 'a key that came in after it was refused', facts: { ...key, troubles: { 'wrong-password': noted(hours(2)) } }, finds: [] },
  {
    name: 'a key that comes only to speak, and was heard after it was refused',
    facts: { ...key, state: 'offline', lastSeenAt: ago(seconds(5)), troubles: { 'wrong-password': noted(minutes(1)) } },
    finds: ['offline'],
  },
  { name: 'a second sign-on that is refused now', facts: { ...key, troubles: { 'wrong-password': noted(5) } }, finds: ['wrong-password'] },
  {
    name: 'a key with a mistyped id',
    facts: { ...unseen, troubles: { 'wrong-name': noted(5, 'KEY-1') } },
    finds: ['wrong-name', 'never-armed'],
  },
  {
    name: 'a device of another driver',
    facts: { ...unseen, troubles: { 'wrong-driver': noted(5) } },
    finds: ['wrong-driver', 'never-armed'],
  },
  { name: 'a key that went', facts: { ...key, state: 'offline' }, finds: ['offline'] },
  { name: 'a key that is unheard', facts: { ...key, silentSince: ago(minutes(5)) }, finds: ['silent'] },
  { name: 'a radio that does not listen', facts: { ...radio, troubles: {} }, finds: ['not-subscribed'] },
  {
    name: 'a radio that listened only before it came anew',
    facts: { ...radio, troubles: { subscribed: noted(hours(3)) } },
    finds: ['not-subscribed'],
  },
  { name: 'a radio that has just come', facts: { ...radio, troubles: {}, since: ago(seconds(89)) }, finds: [] },
  { name: 'a key on a wrong topic', facts: { ...key, troubles: { 'wrong-topic': noted(5, 'keys/x/event') } }, finds: ['wrong-topic'] },
  {
    name: 'a key whose heartbeat is right and whose press is not',
    facts: { ...key, provenAt: ago(hours(9)), troubles: { 'wrong-topic': noted(hours(8), 'x') } },
    finds: ['wrong-topic'],
  },
  { name: 'a key that floods', facts: { ...key, troubles: { flooding: noted(5, '20') } }, finds: ['flooding'] },
  { name: 'a key on the right topic since', facts: { ...key, troubles: { 'wrong-topic': noted(hours(3)) } }, finds: [] },
  {
    name: 'a radio that asks for what is not its own',
    facts: { ...radio, troubles: { subscribed: noted(minutes(59)), 'wrong-filter': noted(5, '#') } },
    finds: ['wrong-filter'],
  },
  { name: 'a key that nobody can read', facts: { ...key, troubles: { unreadable: noted(5, 'no type') } }, finds: ['unreadable'] },
  { name: 'a radio that answers for others', facts: { ...radio, wrongOrder: noted(hours(23), 'an-order') }, finds: ['wrong-order'] },
  { name: 'a radio that did so two days ago', facts: { ...radio, wrongOrder: noted(hours(48), 'an-order') }, finds: [] },
  { name: 'a clock that is off', facts: { ...key, clockOffset: -3_600_000 }, finds: ['clock-off'] },
  { name: 'a clock that is just good', facts: { ...key, clockOffset: 5000 }, finds: [] },
  { name: 'an input that is held', facts: { ...key, stuck: [{ what: 'level:0', since: ago(hours(5)) }] }, finds: ['stuck'] },
  { name: 'a battery at its end', facts: { ...key, battery: 15 }, finds: ['battery-low'] },
  { name: 'a camera that is away', facts: trouble('unreachable'), finds: ['watch-unreachable'] },
  { name: 'a camera that says nothing', facts: trouble('silent'), finds: ['watch-silent'] },
  { name: 'a camera with another password', facts: trouble('refused'), finds: ['watch-refused'] },
  { name: 'a camera that stammers', facts: trouble('garbled'), finds: ['watch-garbled'] },
  { name: 'a camera that is full', facts: trouble('busy'), finds: ['watch-busy'] },
  { name: 'a camera without events', facts: trouble('unsupported'), finds: ['watch-unsupported'] },
  { name: 'a camera whose clock hinders', facts: trouble('misconfigured'), finds: ['watch-misconfigured'] },
  { name: 'a camera that nobody watches', facts: without(camera, 'leaseUntil', 'watch'), finds: ['not-watched'] },
  { name: 'a camera registered just now', facts: { ...without(camera, 'leaseUntil', 'watch'), registeredAt: ago(seconds(29)) }, finds: [] },
  { name: 'a camera whose watcher died', facts: { ...camera, leaseUntil: ago(1) }, finds: ['watch-lost'] },
  { name: 'a covered camera', facts: { ...camera, pictureFaults: [{ fault: 'covered', since: ago(hours(1)) }] }, finds: ['picture-fault'] },
  { name: 'a key that was never pressed', facts: without(key, 'provenAt'), finds: ['never-armed'] },
  { name: 'a key that was tested 31 days ago', facts: { ...key, provenAt: ago(hours(24 * 31)) }, finds: [] },
  { name: 'a key that was tested longer ago', facts: { ...key, provenAt: ago(hours(24 * 31) + 1) }, finds: ['test-due'] },
  {
    name: 'a loudspeaker right after a failed test',
    facts: {
      ...horn,
      failure: {
        at: ago(5),
        findings: [
          { code: 'not-played', data: { detail: 'amp' } },
          { code: 'offline', data: {} },
        ],
      },
    },
    finds: ['test-failed', 'not-played'],
  },
  { name: 'a key whose test failed before it was pressed', facts: { ...key, failure: { at: ago(hours(3)), findings: [] } }, finds: [] },
  {
    name: 'a key that was only ever tested in vain',
    facts: { ...without(key, 'provenAt'), failure: { at: ago(5), findings: [] } },
    finds: ['test-failed'],
  },
  {
    name: 'a driver that is gone',
    facts: { ...key, way: 'none', fit: { ok: false, code: 'driver-gone', detail: 'old' } },
    finds: ['driver-gone'],
  },
  {
    name: 'settings of an older driver',
    facts: { ...key, way: 'none', fit: { ok: false, code: 'settings-unfit', detail: 'x' } },
    finds: ['settings-unfit'],
  },
  {
    name: 'a gateway that nobody registered',
    facts: { ...behind, bridge: { id: 'g', registered: false, carries: false, online: false } },
    finds: ['bridge-missing'],
  },
  {
    name: 'a gateway that is none',
    facts: { ...behind, bridge: { id: 'g', registered: true, carries: false, online: true } },
    finds: ['bridge-unfit'],
  },
  {
    name: 'a gateway that is off',
    facts: { ...behind, bridge: { id: 'g', registered: true, carries: true, online: false } },
    finds: ['bridge-offline'],
  },
  { name: 'a key that is nowhere', facts: { ...key, placed: false }, finds: ['no-place'] },
  { name: 'a key whose press would reach nobody', facts: { ...key, reaches: false }, finds: ['nobody-to-send'] },
  { name: 'a radio of nobody', facts: without(radio, 'unitId'), finds: ['no-unit'] },
  {
    name: 'a loudspeaker that cannot speak',
    facts: { ...horn, speaker: { route: false, reportsItself: false, ear: true } },
    finds: ['no-route'],
  },
  {
    name: 'a loudspeaker that nothing hears',
    facts: { ...horn, speaker: { route: true, reportsItself: false, ear: false } },
    finds: ['no-ear'],
  },
  { name: 'a loudspeaker that reports itself', facts: { ...horn, speaker: { route: true, reportsItself: true, ear: false } }, finds: [] },
];

test.each(rows)('$name', ({ facts, finds }) => {
  expect(diagnose(facts).map(({ code }) => code)).toEqual(finds);
});

test('a finding names what its words need', () => {
  expect(diagnose({ ...key, troubles: { 'wrong-topic': noted(0, 'keys/x/event') } })).toEqual([
    { code: 'wrong-topic', data: { times: 3, since: '2026-11-21T12:00:00.000Z', detail: 'keys/x/event' } },
  ]);
});
