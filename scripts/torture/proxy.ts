import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line between devices and the product that can be spoilt: made slow, cut into single bytes, or swallowed without a word. */
export interface BadLine {
  readonly url: string;
  /** Milliseconds that everything takes in each direction. */
  delay: number;
  /** Bytes in one piece; whole when not said. */
  slices: number | undefined;
  /** Both ends stay open, and nothing passes any more. */
  swallows: boolean;
  /** Bytes that were. */
  swallowed: number;
  close(): void;
}

export async function openBadLine(to: string): Promise<BadLine> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => pass(line, chunk, into));
      from.on('error', () => into.destroy());
      from.on('close', () => {
        sockets.delete(from);
        if (!line.swallows) into.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line: BadLine = {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delay: 0,
    slices: undefined,
    swallows: false,
    swallowed: 0,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return line;
}

/** Timers of the same length fire in the order in which they were set, so nothing overtakes. */
function pass(line: BadLine, chunk: Buffer, into: Socket): void {
  setTimeout(() => {
    if (line.swallows) line.swallowed += chunk.length;
    if (line.swallows || into.destroyed) return;
    const size = line.slices ?? chunk.length;
    for (let at = 0; at < chunk.length; at += size) into.write(chunk.subarray(at, at + size));
  }, line.delay);
}
