import { type CompiledQuery, DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { expect, test } from 'vitest';
import { type EscalationPolicy, type OpenIncident, type Signal, type SignalType, seconds, sort } from '../alarm/index.ts';
import type { Tables } from '../store/tables.ts';
import { quiet } from '../store/testing.ts';
import { correlateStage } from './correlate-stage.ts';
import { escalateStage } from './escalate-stage.ts';
import type { PipelineDeps, Work } from './stages.ts';

const now = seconds(1000);
const sorting = { opening: [], lowBattery: 15, window: seconds(120) } as const;
const policy: EscalationPolicy = {
  id: 'test',
  atOnce: { communityOfficer: false, nearest: 0 },
  acknowledge: [{ after: seconds(15), steps: ['sound-again'] }],
  progress: [],
  order: { delivered: seconds(10), accepted: seconds(30), expires: seconds(1800), most: 8 },
};

/** A record in which an operator has closed every incident since it was read as open. */
function closedMeanwhile(kind: string): Kysely<Tables> {
  const at = new Date(now - 1);
  const unset = {
    acknowledged_at: null,
    dispatched_at: null,
    arrived_at: null,
    clock_name: null,
    clock_started_at: null,
    clock_due_at: null,
    holder_id: null,
    offer: null,
    procedure_id: null,
    ticks: {},
  };
  const row = {
    ...unset,
    id: 'i1',
    number: '17',
    kind,
    priority: 1,
    state: 'closed',
    silent: false,
    confirmed: false,
    exercise: false,
    opened_at: at,
    last_signal_at: at,
    closed_at: at,
    disposition: 'false',
  };
  const rows = ({ sql }: CompiledQuery): unknown[] => {
    if (sql.includes('for update')) return [row];
    return [];
  };
  const connection = {
    executeQuery: async <R>(query: CompiledQuery) => ({ rows: rows(query) as R[] }),
    streamQuery: () => {
      throw new TypeError('nothing is streamed here');
    },
  };
  const driver = Object.assign(new DummyDriver(), { acquireConnection: async () => connection });
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => driver,
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
}

const nothing = () => undefined;
const register = {
  device: nothing,
  site: nothing,
  station: nothing,
  grid: nothing,
  unit: nothing,
  gridAt: nothing,
  position: nothing,
  units: () => [],
  procedures: () => [],
};
const numbers = { next: () => Promise.resolve(18) };
const deps = { register, numbers, log: quiet, sorting: () => sorting, rules: () => [{ when: {}, policy }] } as unknown as PipelineDeps;

async function placed(type: SignalType, kind: string): Promise<Work> {
  const signal: Signal = {
    id: 's1',
    deviceId: 'key-1',
    deviceKind: 'key',
    type,
    active: true,
    at: now,
    receivedAt: now,
    exercise: false,
    data: {},
  };
  const open: OpenIncident = {
    id: 'i1',
    number: 17,
    kind,
    priority: 1,
    silent: false,
    confirmed: false,
    exercise: false,
    deviceId: 'key-1',
    lastSignalAt: now,
  };
  const work: Work = {
    db: closedMeanwhile(kind),
    now,
    signal,
    device: undefined,
    site: undefined,
    place: {},
    open: [open],
    sorting: sort(signal, sorting),
    cases: [],
    links: [],
    jobs: [],
    writes: [],
  };
  await correlateStage(deps).run(work);
  expect(work.correlation).toMatchObject({ outcome: 'joins', incidentId: 'i1' });
  await escalateStage(deps).run(work);
  return work;
}

test('a press whose incident was closed while it was being placed opens an incident of its own', async () => {
  const { cases, correlation } = await placed('press', 'emergency');
  expect(correlation?.outcome).toBe('opens');
  expect(cases.map((each) => [each.isNew, each.stored.incident.number, each.stored.incident.state])).toEqual([[true, 18, 'open']]);
});

test('a device heard again leaves an incident as its operator closed it', async () => {
  const { cases, correlation } = await placed('online', 'silence');
  expect([cases, correlation?.outcome]).toEqual([[], 'stands-alone']);
});
