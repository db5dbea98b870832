import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../bench/processes.ts';
import { type Bench, freeze, until } from '../bench.ts';
import { block } from '../inspector.ts';
import { type Found, judged, type Row } from '../row.ts';
import { besiege } from '../siege.ts';

/** What happens to the processes of the product. */

const crowd = { keys: 40, rate: 30, lasts: 10 } as const;

async function killed(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { value, violations, figures } = await besiege(bench, { product, ...crowd }, async () => {
    const away: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      await pause(bench.random.between(500, 2500));
      const at = performance.now();
      await product.kill();
      await until('ready again', 30_000, product.ready);
      away.push(Math.round(performance.now() - at));
    }
    return away;
  });
  const { acknowledged, presses } = figures.counts;
  return judged(
    [
      [`${acknowledged} of ${presses} presses acknowledged, ${violations.length} broken promises`, violations.length === 0],
      [`ready again after ${value.join(', ')} ms`, Math.max(...value) <= 3000, 'timed'],
    ],
    violations,
  );
}

async function frozen(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { violations, figures, value } = await besiege(bench, { product, ...crowd, lasts: 14 }, async ({ desk }) => {
    await pause(2000);
    await freeze([product.pid()], 10_000);
    await pause(5000);
    return (await desk.all<{ kind: string }>('/incidents')).filter(({ kind }) => kind === 'silence').length;
  });
  return judged(
    [
      [`${figures.counts.letters} orders, ${violations.length} broken promises`, violations.length === 0],
      [`${value} devices called silent though they were not`, value === 0],
    ],
    violations,
  );
}

async function upgraded(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { value, violations } = await besiege(bench, { product, ...crowd }, async () => {
    await pause(3000);
    const drained = Math.round(await product.terminate());
    await until('ready again', 30_000, product.ready);
    return drained;
  });
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [`gone ${value} ms after SIGTERM`, value <= 5000, 'timed'],
    ],
    violations,
  );
}

async function blocked(bench: Bench): Promise<Found> {
  const port = await freePort();
  const product = await bench.product({ NODE_OPTIONS: `--inspect-port=127.0.0.1:${port}` });
  const { value, violations, figures } = await besiege(bench, { product, ...crowd }, async () => {
    await pause(2000);
    const pid = product.pid();
    await block(pid, port, 5000);
    return product.pid() === pid ? 'went on by itself' : 'was started again';
  });
  return judged(
    [
      [`${violations.length} broken promises`, violations.length === 0],
      [`${value}; slowest acknowledgement ${figures.acknowledge.max} ms`, figures.acknowledge.max <= 7000, 'timed'],
    ],
    violations,
  );
}

export const processRows: readonly Row[] = [
  {
    number: 1,
    title: 'the process is killed with -9 under load',
    bound: 'nothing acknowledged is lost, one incident and one effective order each; ready again within 3 s',
    how: '3 kills at random instants while 40 keys are pressed 30 times a second; `npm run torture -- kill` does it longer, and to PostgreSQL and Redis',
    run: killed,
  },
  {
    number: 6,
    title: 'the process, and with it its workers, is frozen for 10 s',
    bound: 'one effective order for each unit of each alarm',
    how: 'SIGSTOP and SIGCONT under load',
    run: frozen,
  },
  {
    number: 7,
    title: 'the broker is frozen for 10 s',
    bound: 'devices come back; none is called silent because of it',
    how: 'as row 6: broker and workers are one process here',
    run: frozen,
  },
  {
    number: 31,
    title: 'SIGTERM under load (an upgrade)',
    bound: 'nothing is lost; gone within 5 s',
    how: 'SIGTERM while keys are pressed; started again at once',
    run: upgraded,
  },
  {
    number: 32,
    title: 'the event loop stands still for 5 s',
    bound: 'nothing is lost; it goes on or is started again, and answers within 7 s',
    how: "a busy loop put into the process by Node's inspector (SIGUSR1)",
    run: blocked,
  },
];
