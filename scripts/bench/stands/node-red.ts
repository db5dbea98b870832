import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../outcome.ts';
import { firstMatch, freePort, keep } from '../processes.ts';
import { startMosquitto } from './bare.ts';
import { type Needs, type Stand, strangers } from './stand.ts';

/** Node-RED is no dependency of the product: the command installs it into a folder of its own, which goes afterwards. */
export interface Installed {
  /** Its entry file. */
  readonly program: string;
  readonly version: string;
  remove(): Promise<void>;
}

const longest = 240_000;

/** Undefined, with the reason told, when it cannot be had. */
export async function installNodeRed(): Promise<Installed | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-node-red-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  say('installing Node-RED 5 into a folder of its own');
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error', 'node-red@5'];
  const child = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: longest });
  const code = await once(child, 'exit').then(
    ([ended]) => ended as number | null,
    (error: unknown) => String(error),
  );
  if (code !== 0) {
    await remove();
    say(`Node-RED could not be installed (npm ended with ${code}): left out of this run`);
    return undefined;
  }
  const home = join(folder, 'node_modules', 'node-red');
  const { default: about } = (await import(join(home, 'package.json'), { with: { type: 'json' } })) as { default: { version: string } };
  return { program: join(home, 'red.js'), version: about.version, remove };
}

/** The same job on Node-RED: a press comes in from a bare Mosquitto, a function makes an order of it, the order goes out. */
export async function onNodeRed({ program, version }: Installed, mosquitto: string, needs: Needs): Promise<Stand> {
  const broker = await startMosquitto(mosquitto);
  const folder = await mkdtemp(join(tmpdir(), 'baiying-flow-'));
  const port = await freePort();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'flows.json'), JSON.stringify(flow(Number(new URL(broker.mqtt).port))));
  await writeFile(join(folder, 'settings.js'), settings(port));
  const red = await keep(async () => {
    const child = spawn(process.execPath, [program, '--userDir', folder, '--settings', join(folder, 'settings.js'), 'flows.json'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await firstMatch(child, /Connected to broker/);
    child.stdout?.resume();
    return child;
  });
  return {
    name: `Node-RED ${version} with Mosquitto`,
    ...strangers(needs),
    radios: [{ id: 'radio-0', topic: 'radios/radio-0/order' }],
    keyOf: (order) => (JSON.parse(order.toString()) as { site: { id: string } }).site.id.replace('site', 'key'),
    mqtt: broker.mqtt,
    pids: () => [broker.pid(), red.pid],
    kill: async () => void (await Promise.all([broker.kill(), red.kill()])),
    stop: async () => {
      await red.stop();
      await broker.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const settings = (port: number): string =>
  `module.exports = ${JSON.stringify({
    uiPort: port,
    uiHost: '127.0.0.1',
    disableEditor: true,
    flowFile: 'flows.json',
    logging: { console: { level: 'info' } },
    telemetry: { enabled: false, updateNotification: false },
  })};`;

/** Written as somebody would draw it who wants the shortest way from a key to a radio. */
const flow = (port: number): readonly object[] => [
  { id: 'tab', type: 'tab', label: 'alarm' },
  { id: 'mosquitto', type: 'mqtt-broker', broker: '127.0.0.1', port, clientid: 'flow', keepalive: '60', cleansession: false },
  { id: 'in', type: 'mqtt in', z: 'tab', topic: 'keys/+/event', qos: '1', datatype: 'json', broker: 'mosquitto', wires: [['decide']] },
  { id: 'decide', type: 'function', z: 'tab', func: decide, outputs: 1, wires: [['out']] },
  { id: 'out', type: 'mqtt out', z: 'tab', topic: 'radios/radio-0/order', qos: '1', retain: 'false', broker: 'mosquitto', wires: [] },
];
const decide = `const id = msg.topic.split('/')[1].replace('key', 'site');
msg.payload = { orderId: RED.util.generateId(), priority: 1, kind: 'emergency', text: 'Go', site: { id }, issuedAt: new Date().toISOString() };
return msg;`;
