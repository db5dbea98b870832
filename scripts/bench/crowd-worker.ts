import { once } from 'node:events';
import type { Socket } from 'node:net';
import { signOn } from './chatter.ts';
import type { CrowdTask } from './crowd.ts';

const atOnce = 32;
/** Well within the keep-alive of 60 s that they asked for. */
const pingEvery = 12_000;
const ping = Buffer.from([0xc0, 0]);

const sockets = new Set<Socket>();

async function signOnAll({ url, voices, from, patience }: CrowdTask): Promise<void> {
  const { hostname, port } = new URL(url);
  const end = performance.now() + patience;
  const left = [...voices];
  const one = async () => {
    for (let voice = left.pop(); voice !== undefined && performance.now() < end; voice = left.pop()) {
      const socket = await signOn(hostname, Number(port), voice, undefined, from);
      socket.resume();
      socket.once('close', () => sockets.delete(socket));
      sockets.add(socket);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

process.once('disconnect', () => process.exit());
const [task] = (await once(process, 'message')) as [CrowdTask];
await signOnAll(task);
let turn = 0;
// A tenth of them at a time, so that the pings of all are spread.
setInterval(() => {
  turn = (turn + 1) % 10;
  for (const [place, socket] of [...sockets].entries()) if (place % 10 === turn) socket.write(ping);
}, pingEvery / 10);
process.on('message', () => process.send?.(sockets.size));
process.send?.(sockets.size);
