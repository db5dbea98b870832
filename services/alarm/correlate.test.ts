import { describe, expect, test } from 'vitest';
import { type Correlation, correlate, type OpenIncident, raised } from './correlate.ts';
import type { Signal } from './signal.ts';
import { type Priority, type SortPolicy, sort } from './sort.ts';
import { seconds } from './time.ts';

const policy = { window: seconds(120) };
const opening: SortPolicy = { opening: ['intrusion', 'line-crossing', 'audio-alarm'], lowBattery: 15 };
const now = seconds(1000);

const signal = (change: Partial<Signal>): Signal => ({
  id: 's1',
  deviceId: 'key-a',
  deviceKind: 'key',
  type: 'press',
  active: true,
  at: now,
  receivedAt: now,
  exercise: false,
  data: {},
  ...change,
});
const incident = (change: Partial<OpenIncident>): OpenIncident => ({
  id: 'i1',
  number: 17,
  kind: 'emergency',
  priority: 1,
  silent: false,
  confirmed: false,
  exercise: false,
  siteId: 'school',
  deviceId: 'key-a',
  lastSignalAt: now,
  ...change,
});

function placed(
  change: Partial<Signal>,
  open: readonly OpenIncident[],
  sorting: SortPolicy = opening,
  siteId: string | undefined = 'school',
) {
  const told = signal(change);
  const sorted = sort(told, sorting);
  if (sorted.role !== 'opens' && sorted.role !== 'informs') throw new TypeError(`${told.type} is not correlated`);
  return correlate(told, siteId, sorted, open, now, policy);
}

const said = (correlation: Correlation): string => {
  switch (correlation.outcome) {
    case 'joins':
      return ['joins', correlation.incidentId, correlation.raises ? 'raises' : '', correlation.confirms ? 'confirms' : '']
        .filter(Boolean)
        .join(' ');
    case 'opens': {
      const links = correlation.links.map((link) => `${link.incidentId}${link.confirms ? '+' : ''}`);
      return ['opens', correlation.confirmed ? 'confirmed' : '', ...links].filter(Boolean).join(' ');
    }
    default:
      return correlation.outcome;
  }
};

const camera = { deviceId: 'cam-1', deviceKind: 'camera' } as const;
const seen = { deviceId: 'cam-1', kind: 'intrusion', priority: 3 } as const;
const old = { lastSignalAt: now - seconds(3600) };

const panics: readonly { name: string; tells: Partial<Signal>; open: readonly OpenIncident[]; does: string }[] = [
  { name: 'a press with nothing open', tells: {}, open: [], does: 'opens' },
  { name: 'a second press of the same key', tells: {}, open: [incident({})], does: 'joins i1' },
  { name: 'a second press an hour later', tells: {}, open: [incident(old)], does: 'joins i1' },
  { name: 'a press of another key of the site', tells: { deviceId: 'key-b' }, open: [incident({})], does: 'opens confirmed i1+' },
  { name: 'a press of another key an hour later', tells: { deviceId: 'key-b' }, open: [incident(old)], does: 'opens' },
  { name: 'a press of a key of another site', tells: { deviceId: 'key-b' }, open: [incident({ siteId: 'bank' })], does: 'opens' },
  { name: 'an emergency after an assist', tells: {}, open: [incident({ kind: 'assist', priority: 2 })], does: 'joins i1 raises' },
  { name: 'an assist after an emergency', tells: { grade: 'assist' }, open: [incident({})], does: 'joins i1' },
  { name: 'a duress after an emergency', tells: { grade: 'duress' }, open: [incident({})], does: 'joins i1 raises' },
  { name: 'an emergency after a duress', tells: {}, open: [incident({ kind: 'duress', silent: true })], does: 'joins i1' },
  { name: 'a press after an unreadable message', tells: {}, open: [incident({ kind: 'unparsed' })], does: 'joins i1' },
  { name: 'an unreadable message after a press', tells: { type: 'unparsed' }, open: [incident({})], does: 'joins i1' },
  { name: 'a press of a key that is overdue', tells: {}, open: [incident({ kind: 'silence', priority: 3 })], does: 'opens' },
  { name: 'a press of a key that was opened', tells: {}, open: [incident({ kind: 'tamper', priority: 2 })], does: 'opens i1' },
  { name: 'a press with an intrusion beside it', tells: {}, open: [incident(seen)], does: 'opens confirmed i1+' },
  { name: 'a press beside a fault of a camera', tells: {}, open: [incident({ ...seen, kind: 'device-fault' })], does: 'opens' },
  { name: 'a real press during a drill of that key', tells: {}, open: [incident({ exercise: true })], does: 'opens' },
  { name: 'a drill during a real call of that key', tells: { exercise: true }, open: [incident({})], does: 'opens' },
];

describe('a panic', () => {
  test.each(panics)('$name: $does', ({ tells, open, does }) => {
    expect(said(placed(tells, open))).toBe(does);
  });

  test('of a device of no site has no neighbours', () => {
    const { siteId: _none, ...homeless } = incident({ deviceId: 'key-b' });
    const told = signal({});
    const sorted = sort(told, opening);
    if (sorted.role !== 'opens') throw new TypeError('a press opens');
    expect(said(correlate(told, undefined, sorted, [homeless], now, policy))).toBe('opens');
  });

  test('is never merged into the incident of another device, whatever is open', () => {
    const others = panics.flatMap(({ open }) => open).map((each) => ({ ...each, deviceId: 'key-z' }));
    for (const tells of [{}, { grade: 'assist' }, { grade: 'duress' }, { type: 'unparsed' }] as const) {
      expect(placed(tells, others).outcome).toBe('opens');
    }
  });

  test('links every neighbour, not just the first', () => {
    const others = ['key-b', 'key-c', 'key-d'].map((deviceId) => incident({ id: deviceId, deviceId }));
    expect(said(placed({}, others))).toBe('opens confirmed key-b+ key-c+ key-d+');
  });
});

const others: readonly { name: string; tells: Partial<Signal>; open: readonly OpenIncident[]; under?: SortPolicy; does: string }[] = [
  { name: 'an intrusion with nothing open', tells: { ...camera, type: 'intrusion' }, open: [], does: 'opens' },
  { name: 'an intrusion seen again', tells: { ...camera, type: 'intrusion' }, open: [incident(seen)], does: 'joins i1' },
  { name: 'a crossing at the same camera', tells: { ...camera, type: 'line-crossing' }, open: [incident(seen)], does: 'opens i1' },
  { name: 'an intrusion beside a press', tells: { ...camera, type: 'intrusion' }, open: [incident({})], does: 'opens confirmed i1+' },
  { name: 'motion with nothing open', tells: { ...camera, type: 'motion' }, open: [], does: 'stands-alone' },
  { name: 'motion beside a press', tells: { ...camera, type: 'motion' }, open: [incident({})], does: 'joins i1' },
  {
    name: 'motion beside an overdue key',
    tells: { ...camera, type: 'motion' },
    open: [incident({ kind: 'silence' })],
    does: 'stands-alone',
  },
  {
    name: 'analytics that only inform, beside a press',
    tells: { ...camera, type: 'intrusion' },
    open: [incident({})],
    under: { ...opening, opening: [] },
    does: 'joins i1 confirms',
  },
  {
    name: 'the same beside a press already confirmed',
    tells: { ...camera, type: 'intrusion' },
    open: [incident({ confirmed: true })],
    under: { ...opening, opening: [] },
    does: 'joins i1',
  },
  {
    name: 'the same of a camera that was silent',
    tells: { ...camera, type: 'intrusion' },
    open: [incident({ id: 'fault', kind: 'silence', deviceId: 'cam-1' }), incident({})],
    under: { ...opening, opening: [] },
    does: 'joins i1 confirms',
  },
  {
    name: 'motion at a camera with a fault and nothing else',
    tells: { ...camera, type: 'motion' },
    open: [incident({ kind: 'device-fault', deviceId: 'cam-1' })],
    does: 'joins i1',
  },
  {
    name: 'a picture that came back beside a press',
    tells: { ...camera, type: 'video-loss', active: false },
    open: [incident({}), incident({ id: 'fault', kind: 'device-fault', deviceId: 'cam-1' })],
    does: 'joins fault',
  },
  { name: 'a release of the pressed key', tells: { type: 'release' }, open: [incident({})], does: 'joins i1' },
  {
    name: 'a release beside the press of another key',
    tells: { deviceId: 'key-b', type: 'release' },
    open: [incident({})],
    does: 'stands-alone',
  },
  { name: 'a device heard again', tells: { type: 'online' }, open: [incident({ kind: 'silence' })], does: 'joins i1' },
  { name: 'a device heard again that was pressed', tells: { type: 'online' }, open: [incident({})], does: 'stands-alone' },
  {
    name: 'another device heard',
    tells: { deviceId: 'key-b', type: 'online' },
    open: [incident({ kind: 'silence' })],
    does: 'stands-alone',
  },
  { name: 'a second silence', tells: { type: 'silence' }, open: [incident({ kind: 'silence' })], does: 'joins i1' },
  { name: 'a silence beside a press', tells: { type: 'silence' }, open: [incident({})], does: 'opens' },
  { name: 'a low battery of an overdue key', tells: { type: 'battery' }, open: [incident({ kind: 'silence' })], does: 'opens' },
];

describe('anything else', () => {
  test.each(others)('$name: $does', ({ tells, open, under, does }) => {
    expect(said(placed(tells, open, under ?? opening))).toBe(does);
  });

  test('the end of a silence says so, since it closes the incident', () => {
    expect(placed({ type: 'online' }, [incident({ kind: 'silence' })])).toMatchObject({ reason: 'ends-silence' });
  });
});

describe('two keys wired to one camera', () => {
  const wired = (input: string, active = true) => ({ ...camera, type: 'digital-input', active, data: { input } }) as const;
  const first = incident({ deviceId: 'cam-1', part: 'in1' });
  const rows: readonly { name: string; tells: Partial<Signal>; open: readonly OpenIncident[]; does: string }[] = [
    { name: 'the same key again', tells: wired('in1'), open: [first], does: 'joins i1' },
    { name: 'the other key', tells: wired('in2'), open: [first], does: 'opens confirmed i1+' },
    {
      name: 'the end of the first',
      tells: wired('in1', false),
      open: [incident({ ...first, id: 'i2', part: 'in2' }), first],
      does: 'joins i1',
    },
    { name: 'an intrusion that the camera sees', tells: { ...camera, type: 'intrusion' }, open: [first], does: 'opens i1' },
    { name: 'motion that the camera sees', tells: { ...camera, type: 'motion' }, open: [first], does: 'joins i1' },
    {
      name: 'an unreadable message of the other key',
      tells: {
        ...camera,
        type: 'unparsed',
        data: { of: 'digital-input', topic: 'cameras/cam-1/onvif-ej/Device/Trigger/DigitalInput/&in2' },
      },
      open: [first],
      does: 'opens confirmed i1+',
    },
  ];
  test.each(rows)('$name: $does', ({ tells, open, does }) => {
    expect(said(placed(tells, open))).toBe(does);
  });
});

describe('the window', () => {
  const rows = [
    { name: 'just before its end', ago: seconds(120) - 1, links: 1 },
    { name: 'at its end', ago: seconds(120), links: 1 },
    { name: 'just after', ago: seconds(120) + 1, links: 0 },
  ];
  test.each(rows)('$name: $links neighbour', ({ ago, links }) => {
    const correlation = placed({ deviceId: 'key-b' }, [incident({ lastSignalAt: now - ago })]);
    expect(correlation.outcome === 'opens' && correlation.links).toHaveLength(links);
  });
});

test.each([
  { from: 4, to: 3 },
  { from: 3, to: 2 },
  { from: 2, to: 1 },
  { from: 1, to: 1 },
] as const)('a confirmed $from becomes $to', ({ from, to }: { from: Priority; to: Priority }) => {
  expect(raised(from)).toBe(to);
});
