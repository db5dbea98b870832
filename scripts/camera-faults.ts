import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSoap } from '../devices/cameras/onvif/client.ts';
import { openEvents } from '../devices/cameras/onvif/pull.ts';
import { type CameraFault, cameraFaults, htmlPage, ScriptedCamera } from '../devices/cameras/onvif/scripted-camera.ts';
import { realPause, supervise } from '../devices/supervisor.ts';
import { webRequest } from '../devices/web.ts';

/**
 * The fault table of the event client in real time, over real sockets: each fault held for 100 s and lifted, all side by
 * side. `node scripts/camera-faults.ts [seconds]`
 */

const held = Number(process.argv[2] ?? 100) * 1000;
const warmUp = 12_000;
const patience = 60_000;
const between = 4000;

const realClock = {
  now: () => Date.now(),
  after: (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

interface Row {
  readonly fault: CameraFault;
  readonly recovered: number | undefined;
  readonly perMinute: number;
  readonly busiest: number;
  readonly said: string;
}

/** A camera on a port of its own, whose faults are made where they would be: in the socket, in HTTP, in SOAP. */
class FaultyServer {
  readonly camera = new ScriptedCamera({ ...realClock, username: 'u', password: 'p' });
  /** When each connection of the client came, and when it tried one where nobody listens. */
  readonly requests: number[] = [];
  #server: Server | undefined;
  #port = 0;

  get base(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  readonly send: typeof webRequest = (...asked) => {
    if (!this.#server) this.requests.push(Date.now());
    return webRequest(...asked);
  };

  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => this.#answer(request.url ?? '/', Buffer.concat(parts).toString('utf8'), response));
    });
    server.on('connection', (socket) => {
      this.requests.push(Date.now());
      if (this.camera.fault === 'TCP reset') socket.resetAndDestroy();
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async begin(fault: CameraFault): Promise<void> {
    this.camera.fault = fault;
    if (fault === 'SOAP fault on create') this.camera.restart();
    if (fault === 'TCP reset' || fault === 'refused') this.#server?.closeAllConnections();
    if (fault === 'refused') await this.close();
  }

  async end(): Promise<void> {
    const { fault } = this.camera;
    this.camera.fault = undefined;
    if (fault === 'refused') await this.listen();
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    server?.close();
    server?.closeAllConnections();
    if (server) await once(server, 'close');
  }

  async #answer(path: string, envelope: string, response: ServerResponse): Promise<void> {
    const at = (status: number, body: string | Buffer, headers: Record<string, string> = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/soap+xml', ...headers }).end(body);
    switch (this.camera.fault) {
      case '503':
        return at(503, 'busy');
      case 'garbage':
        return at(200, Buffer.from([0, 60, 60, 120, 255, 254]));
      case 'empty':
        return at(200, '');
      case 'HTML with 200':
        return at(200, htmlPage);
      case '401':
        return at(401, '', { 'www-authenticate': 'Digest realm="c", nonce="bm9uY2U=", qop="auth"' });
      case '401 for the password only':
        if (!envelope.includes('UsernameToken')) break;
        return at(401, '', { 'www-authenticate': 'Digest realm="c", nonce="bm9uY2U=", qop="auth"' });
      case 'silence':
        return;
      default:
    }
    const { status, body } = await this.camera.answer(path, envelope);
    // The fault may have come while the camera was waiting for news.
    const fault = this.#faultNow();
    if (fault === 'silence') return;
    if (fault === 'truncated') {
      response.writeHead(200, { 'content-length': String(body.length) }).write(body.slice(0, 200));
      response.socket?.end();
      return;
    }
    if (fault === 'slow drip') return this.#drip(body, response);
    at(status, body);
  }

  #faultNow(): CameraFault | undefined {
    return this.camera.fault;
  }

  #drip(body: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-length': String(body.length) });
    let sent = 0;
    const timer = setInterval(() => {
      response.write(body.slice(sent, sent + 1));
      sent += 1;
      if (sent >= body.length) response.end();
    }, 500);
    response.once('close', () => clearInterval(timer));
  }
}

async function row(fault: CameraFault): Promise<Row> {
  const server = new FaultyServer();
  await server.listen();
  const heard: number[] = [];
  const now = realClock.now;
  const events = openEvents(
    openSoap({ base: server.base, username: 'u', password: 'p' }, { now, send: server.send }),
    {},
    { now, pause: realPause },
  );
  const watched = supervise(
    events.watch.bind(events),
    { hear: async (facts) => void heard.push(...facts.map(now)) },
    {
      now,
      pause: realPause,
      random: Math.random,
      failed: (error) => process.stderr.write(`${fault}: ${String(error)}\n`),
    },
  );
  const news = setInterval(() => server.camera.set(!server.camera.closed), between);
  await sleep(warmUp);
  const before = heard.length;
  await server.begin(fault);
  const [from, first] = [now(), server.requests.length];
  await sleep(held);
  const during = server.requests.slice(first).filter((at) => at >= from);
  const said = watched.health().why?.code ?? 'watching';
  await server.end();
  const lifted = now();
  while (!heard.some((at) => at > lifted) && now() - lifted < patience) await sleep(50);
  const back = heard.find((at) => at > lifted);
  clearInterval(news);
  await watched.stop();
  await server.close();
  if (before === 0) process.stderr.write(`${fault}: nothing was heard before the fault\n`);
  return {
    fault,
    recovered: back === undefined ? undefined : back - lifted,
    perMinute: (during.length / held) * 60_000,
    busiest: busiestMinute(during),
    said,
  };
}

const busiestMinute = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));

const rows = await Promise.all(cameraFaults.map(row));
process.stdout.write(`${'fault'.padEnd(28)} events again   requests/min  in the busiest minute  told as\n`);
for (const { fault, recovered, perMinute, busiest, said } of rows) {
  const back = recovered === undefined ? 'never' : `${(recovered / 1000).toFixed(1)} s`;
  process.stdout.write(`${fault.padEnd(28)} ${back.padEnd(14)} ${perMinute.toFixed(1).padEnd(13)} ${String(busiest).padEnd(22)} ${said}\n`);
}
const bad = rows.filter(({ recovered, perMinute }) => recovered === undefined || recovered > 15_000 || perMinute >= 20);
process.exitCode = bad.length > 0 ? 1 : 0;
