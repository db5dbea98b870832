import { expect, test } from 'vitest';
import { judge, type Ledgers, type Rule, rules } from './verdict.ts';

/** A key pressed twice, with its incident closed in between, and a third press that joined the second incident. */
const sound = (): Ledgers => ({
  units: ['a', 'b'],
  presses: ['1', '2', '3'].map((eventId) => ({ eventId, keyId: 'key', sentAt: 0, acknowledgedAt: 1 })),
  record: {
    signals: [signal('s1', '1', 'i1'), signal('s2', '2', 'i2'), signal('s3', '3', 'i2')],
    incidents: [incident('i1', 1, '00:00', '00:05'), incident('i2', 2, '00:06', '00:09')],
    orders: ['i1', 'i2'].flatMap((incidentId) =>
      ['a', 'b'].map((unitId) => ({ id: `${incidentId}${unitId}`, incidentId, unitId, state: 'accepted' })),
    ),
    chains: ['i1', 'i2'].map((incidentId) => ({ incidentId, intact: true })),
  },
  letters: ['i1', 'i2'].flatMap((incidentId) => ['a', 'b'].map((unitId) => letter(`${incidentId}${unitId}`, unitId, 'effective'))),
});

const incident = (id: string, number: number, opened: string, closed: string) =>
  ({
    id,
    number,
    kind: 'emergency',
    state: 'closed',
    deviceId: 'key',
    openedAt: `2026-11-21T10:${opened}.000Z`,
    closedAt: `2026-11-21T10:${closed}.000Z`,
  }) as const;
const signal = (id: string, eventId: string, incidentId: string) => ({
  ...{ id, deviceId: 'key', eventId, incidentId },
  receivedAt: '2026-11-21T10:00:00.000Z',
});
const letter = (orderId: string, unitId: string, outcome: 'effective' | 'repeat' | 'expired') => ({
  unitId,
  outcome,
  orderId,
  receivedAt: 2,
});

const record = (of: Ledgers, part: Partial<Ledgers['record']>): Ledgers => ({ ...of, record: { ...of.record, ...part } });
const signals = (of: Ledgers, change: (signal: Ledgers['record']['signals'][number]) => object | undefined): Ledgers =>
  record(of, { signals: of.record.signals.map((one) => ({ ...one, ...(one.id === 's2' ? change(one) : undefined) })) });

/** What must have happened for each rule to be broken. */
const breaches: Readonly<Record<Rule, (of: Ledgers) => Ledgers>> = {
  'acknowledged press without a signal': (of) => record(of, { signals: of.record.signals.slice(0, 2) }),
  'press not acknowledged in the end': (of) => ({ ...of, presses: [...of.presses, { eventId: '4', keyId: 'key', sentAt: 0 }] }),
  'press in the record twice': (of) => record(of, { signals: [...of.record.signals, signal('s4', '3', 'i2')] }),
  'signal that no key sent': (of) => record(of, { signals: [...of.record.signals, signal('s4', '4', 'i2')] }),
  'press without an incident': (of) => signals(of, () => ({ incidentId: undefined })),
  "press in another key's incident": (of) => ({
    ...of,
    presses: of.presses.map((press) => ({ ...press, keyId: press.eventId === '2' ? 'other' : press.keyId })),
  }),
  'two incidents of one key open at once': (of) =>
    record(of, { incidents: [incident('i1', 1, '00:00', '00:07'), incident('i2', 2, '00:06', '00:09')] }),
  'incident that no press belongs to': (of) => record(of, { incidents: [...of.record.incidents, incident('i3', 3, '00:10', '00:11')] }),
  'incident without an order to a unit': (of) => record(of, { orders: of.record.orders.slice(1) }),
  'unit ordered twice for one incident': (of) =>
    record(of, { orders: [...of.record.orders, { id: 'again', incidentId: 'i1', unitId: 'a', state: 'accepted' }] }),
  'order that never reached its radio': (of) => ({ ...of, letters: of.letters.slice(1) }),
  'order not effective exactly once': (of) => ({
    ...of,
    letters: of.letters.map((each, index) => (index === 0 ? letter('i1a', 'a', 'repeat') : each)),
  }),
  'letter of an order that the record does not hold': (of) => ({ ...of, letters: [...of.letters, letter('ghost', 'a', 'effective')] }),
  'letter that could not be used': (of) => ({ ...of, letters: [...of.letters, letter('i1a', 'a', 'expired')] }),
  'broken chain': (of) => record(of, { chains: [{ incidentId: 'i1', intact: false, why: 'entry-changed' }] }),
};

test('three ledgers that agree are found sound, and a letter that came twice is', () => {
  expect(judge(sound())).toEqual([]);
  expect(judge({ ...sound(), letters: [...sound().letters, letter('i1a', 'a', 'repeat')] })).toEqual([]);
});

test.each(rules)('found: %s', (rule) => {
  expect(judge(breaches[rule](sound())).map((violation) => violation.rule)).toContain(rule);
});
