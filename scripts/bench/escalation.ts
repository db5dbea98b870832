import { Queue, Worker } from 'bullmq';
import pg from 'pg';
import { embeddedStanding } from '../../services/store/embedded.ts';
import { pause, press, signIn } from './callers.ts';
import { type Figures, figuresOf, round } from './figures.ts';
import type { BenchOptions } from './main.ts';
import { type Outcome, type Said, say } from './outcome.ts';
import { startRedis } from './redis.ts';
import { onBaiying, redisServer } from './stands/baiying.ts';

/**
 * How late deadlines are acted upon: so many incidents wait for their last step of escalation, spread over some time or all in
 * the same instant. The product reads each from the record, decides, writes its timeline and tells the desk; the peer is a
 * delayed job of BullMQ that does nothing.
 */
interface Row extends Figures {
  readonly stand: string;
  readonly spread: number;
  /** From the last deadline until nothing was left. */
  readonly doneAfter: number;
}

/** Until the first is due: long enough to put them all there. */
const lead = 30_000;
const sites = 500;
const longest = 90_000;
const atOnce = 1000;

export async function benchEscalation({ deadlines, spread: within }: BenchOptions): Promise<Outcome> {
  const rows: Row[] = [];
  const redis = redisServer();
  const spreads = [within * 1000, 0];
  for (const spread of redis === undefined ? [] : spreads) rows.push(await onBullmq(redis as string, deadlines, spread));
  rows.push(...(await ofBaiying(deadlines, spreads)));
  const noRedis: Said = { zh: '本机没有 Redis，未测 BullMQ。', en: 'Redis is not installed: BullMQ was not measured.' };
  return {
    tables: [
      {
        title: { zh: `${deadlines} 个到期时限的迟延`, en: `lateness of ${deadlines} deadlines` },
        head: ['', 'due within s', 'p50 ms', 'p99 ms', 'max ms', 'nothing left after s'],
        rows: rows.map((row) => [row.stand, row.spread / 1000, row.p50, row.p99, row.max, round(row.doneAfter / 1000)]),
      },
    ],
    notes: [
      {
        zh: '百应每个时限都读取记录、判断、写入时间线并通知指挥台；BullMQ 的任务什么也不做。迟延为开始处理的时刻减去到期时刻。',
        en: 'For each deadline Baiying reads the record, decides, writes the timeline and tells the desk; the jobs of BullMQ do nothing. Late is when the work on it began, less when it was due.',
      },
      ...(redis === undefined ? [noRedis] : []),
    ],
    found: { deadlines, rows },
  };
}

async function onBullmq(program: string, deadlines: number, spread: number): Promise<Row> {
  const redis = await startRedis(program, 'everysec');
  const connection = { url: redis.url, maxRetriesPerRequest: null };
  const queue = new Queue('deadlines', { connection });
  const late: number[] = [];
  const first = Date.now() + lead;
  const dueOf = (place: number) => first + Math.floor((place * spread) / deadlines);
  for (let done = 0; done < deadlines; done += atOnce) {
    const places = Array.from({ length: Math.min(atOnce, deadlines - done) }, (_unused, index) => done + index);
    const options = (place: number) => ({ delay: Math.max(0, dueOf(place) - Date.now()), removeOnComplete: true });
    await queue.addBulk(places.map((place) => ({ name: 'due', data: { due: dueOf(place) }, opts: options(place) })));
  }
  const ready = first - Date.now();
  if (ready < 0) throw new Error('the deadlines were due before all of them were there');
  const note = async ({ data }: { data: { due: number } }) => void late.push(Date.now() - data.due);
  const worker = new Worker('deadlines', note, { connection, concurrency: 50 });
  const doneAfter = await until(() => Promise.resolve(late.length >= deadlines), first + spread);
  await worker.close();
  await queue.close();
  await redis.stop();
  const row = { stand: 'BullMQ on Redis', spread, doneAfter, ...figuresOf(late) };
  say(`${row.stand}: p99 ${row.p99} ms late, nothing left after ${Math.round(doneAfter)} ms`);
  return row;
}

async function ofBaiying(deadlines: number, spreads: readonly number[]): Promise<readonly Row[]> {
  const stand = await onBaiying({ keys: sites, cameras: 0, sites: true });
  try {
    const [voice] = stand.keys;
    if (!voice) throw new Error('no key');
    const key = await signIn(stand.mqtt, voice);
    await press(key, voice);
    await key.endAsync();
    await pause(1000);
    const standing = await embeddedStanding(stand.data);
    if (standing.state !== 'running') throw new Error('the record does not run');
    return await onRecord(standing.connection, deadlines, spreads);
  } finally {
    await stand.stop();
  }
}

async function onRecord(connection: pg.ClientConfig, deadlines: number, spreads: readonly number[]): Promise<readonly Row[]> {
  const record = new pg.Client(connection);
  await record.connect();
  try {
    await record.query('create unlogged table bench_due (id uuid primary key, due timestamptz not null)');
    const rows: Row[] = [];
    for (const spread of spreads) rows.push(await inRecord(record, deadlines, spread));
    return rows;
  } finally {
    await record.end();
  }
}

/** The incident that the press opened, so many times over, each at another site and with a deadline of its own. */
const copies = `
  with pattern as (select * from incidents order by number limit 1), due as (
    insert into bench_due select gen_random_uuid(), $1::timestamptz + n * $2::float8 * interval '1 millisecond'
    from generate_series(0, $3::int - 1) as n returning id, due)
  insert into incidents select copy.* from pattern, (select *, row_number() over () as nth from due) as due,
    jsonb_populate_record(null::incidents, to_jsonb(pattern) || jsonb_build_object(
      'id', due.id, 'number', nextval('incident_number'), 'site_id', 'site-' || due.nth % $4::int,
      'clock_name', 'acknowledge', 'clock_level', $5::int, 'clock_started_at', due.due - interval '60 seconds', 'clock_due_at', due.due,
      'receipt_due', false)) as copy`;
/** The last step up the ladder for a panic (config/policies/escalation.yaml), so that nothing follows it. */
const lastLevel = 3;
const leftOver = 'select from incidents where clock_due_at <= $1 limit 1';
const lateness = `
  select extract(epoch from (select min(at) from timeline where incident_id = bench_due.id) - due) * 1000 as late from bench_due`;

async function inRecord(record: pg.Client, deadlines: number, spread: number): Promise<Row> {
  const first = Date.now() + lead;
  await record.query('truncate bench_due');
  await record.query(copies, [new Date(first), spread / deadlines, deadlines, sites, lastLevel]);
  await record.query('analyze bench_due, incidents');
  if (Date.now() > first) throw new Error('the deadlines were due before all of them were there');
  const last = first + spread;
  const doneAfter = await until(async () => (await record.query(leftOver, [new Date(last)])).rowCount === 0, last);
  const { rows } = await record.query<{ late: string | null }>(lateness);
  const late = rows.flatMap((one) => (one.late === null ? [] : [Number(one.late)]));
  if (late.length < deadlines) throw new Error(`${deadlines - late.length} deadlines led to nothing`);
  const row = { stand: 'Baiying', spread, doneAfter, ...figuresOf(late) };
  say(`${row.stand}: p99 ${row.p99} ms late, nothing left after ${Math.round(doneAfter)} ms`);
  return row;
}

/** Waits for the last deadline, and for what is left then. */
async function until(done: () => Promise<boolean>, last: number): Promise<number> {
  await pause(Math.max(0, last - Date.now()));
  while (!(await done())) {
    if (Date.now() - last > longest) throw new Error(`not all was done ${longest / 1000} s after the last deadline`);
    await pause(100);
  }
  return Date.now() - last;
}
