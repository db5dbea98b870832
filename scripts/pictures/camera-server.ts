import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** GStreamer's RTSP server (camera-server.py), started and ended from here. */
export interface CameraServer {
  readonly pid: number;
  readonly port: number;
  readonly guardedPort: number;
  /** When a picture of the other brightness was made on `/flip`. */
  readonly flips: { readonly to: string; readonly at: number }[];
  close(): void;
}

/** Debian's Python, which has GStreamer's bindings. Undefined where they are missing. */
export async function startCameraServer(file?: string): Promise<CameraServer | undefined> {
  const script = fileURLToPath(new URL('camera-server.py', import.meta.url));
  const child = spawn('/usr/bin/python3', file === undefined ? [script] : [script, file], { stdio: ['pipe', 'pipe', 'ignore'] });
  const flips: { to: string; at: number }[] = [];
  const { promise, resolve } = Promise.withResolvers<readonly [number, number] | undefined>();
  child.once('error', () => resolve(undefined));
  child.once('exit', () => resolve(undefined));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word, first = '', second = ''] = line.split(' ');
    if (word === 'ports') resolve([Number(first), Number(second)]);
    if (word === 'flip') flips.push({ to: first, at: Number(second) });
  });
  const ports = await promise;
  if (!ports) return undefined;
  return { pid: child.pid ?? 0, port: ports[0], guardedPort: ports[1], flips, close: () => child.stdin.end() };
}
