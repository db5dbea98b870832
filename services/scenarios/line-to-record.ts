import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EmbeddedConnection } from '../store/embedded.ts';

/** The line between the product and its record, which can be cut. */
export interface LineToRecord {
  readonly connection: EmbeddedConnection;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  restore(): void;
}

export async function lineToRecord(record: EmbeddedConnection): Promise<LineToRecord> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = createConnection(join(record.host, `.s.PGSQL.${record.port}`));
    const pair = [near, far] as const;
    pairs.add(pair);
    near.pipe(far).pipe(near);
    for (const [socket, other] of [pair, [far, near]] as const) {
      // What broke on one side breaks on the other; there is nobody else to tell.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    for (const [near] of pairs) near.destroy();
  });
  return {
    connection: { ...record, host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    cut() {
      whole = false;
      for (const [near] of pairs) near.destroy();
    },
    restore() {
      whole = true;
    },
  };
}
