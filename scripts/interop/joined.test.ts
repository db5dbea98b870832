import { expect, onTestFinished, test, vi } from 'vitest';
import { find } from '../bench/processes.ts';
import { openBench, until } from '../torture/bench.ts';
import { type County, raiseCounty } from '../torture/county.ts';
import { type OperatorDesk, openOperatorDesk } from '../torture/desk.ts';
import type { Product } from '../torture/product.ts';
import { type MosquittoServer, startMosquittoServer } from './mosquitto-server.ts';

const program = find('mosquitto');
if (program === undefined)
  process.stdout.write('The joined broker is not tried: mosquitto is not installed (Debian: apt-get install mosquitto).\n');

vi.setConfig({ testTimeout: 240_000 });
const patience = 60_000;
const holds = (assertion: () => unknown) => vi.waitFor(assertion, { timeout: patience, interval: 50 });

interface City {
  readonly mosquitto: MosquittoServer;
  readonly product: Product;
  readonly desk: OperatorDesk;
  readonly county: County;
}

/** The product, joined to a Mosquitto on which all its devices are. */
async function openCity(server: string): Promise<City> {
  const mosquitto = await startMosquittoServer(server);
  onTestFinished(mosquitto.remove);
  const bench = openBench(1, 0);
  onTestFinished(async () => void (await bench.close(false)));
  const product = await bench.product({ BAIYING_JOIN_URL: mosquitto.url });
  const desk = await openOperatorDesk(product.http);
  const county = await raiseCounty(desk, [mosquitto.url], 3);
  onTestFinished(county.stop);
  return { mosquitto, product, desk, county };
}

const notReadyBecause = async ({ http }: Product): Promise<string> => {
  const answer = await fetch(`${http}/readyz`);
  const { reasons } = (await answer.json()) as { reasons: readonly string[] };
  return `${answer.status} ${reasons.join('; ')}`;
};

test.skipIf(program === undefined)(
  'devices on a broker of others: a press, its orders, its lamp; the broker dies; the product dies',
  async () => {
    const { mosquitto, product, desk, county } = await openCity(program ?? '');
    const [first, second, third] = county.keys;
    const [radio] = county.radios;
    if (!first || !second || !third || !radio) throw new Error('the county has three keys and two radios');
    const orders = () => new Set(radio.effective().map(({ incidentId }) => incidentId)).size;

    await first.press();
    await holds(() => expect(orders()).toBe(1));
    await holds(() => expect(first.lastReceipt()).toMatchObject({ state: 'dispatched' }));

    await mosquitto.kill();
    await holds(async () => expect(await notReadyBecause(product)).toMatch(/^503 joined: the joined broker is not there/));
    await mosquitto.start();
    await until('the product is ready again', patience, product.ready);
    await second.press();
    await holds(() => expect(orders()).toBe(2));

    // The press lies in the product's socket when it is killed: delivered, and in no record.
    process.kill(product.pid(), 'SIGSTOP');
    await third.press();
    await product.kill();
    await holds(() => expect(orders()).toBe(3));
    const incidents = await desk.all<{ deviceId: string }>('/incidents');
    expect(incidents.map(({ deviceId }) => deviceId).toSorted()).toEqual([first.id, second.id, third.id]);
    expect(product.ownEnds).toEqual([]);
  },
);
