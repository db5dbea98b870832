import { until } from './bench.ts';

/** Lets a Node process do nothing but turn in a circle for so long. Resolves when it answers again. */
export const block = (pid: number, port: number, length: number): Promise<void> =>
  command(pid, port, 'Runtime.evaluate', { expression: `{ const end = Date.now() + ${length}; while (Date.now() < end); }` });

/** Lets a Node process give back the memory that nothing in it holds any more. */
export const collect = (pid: number, port: number): Promise<void> => command(pid, port, 'HeapProfiler.collectGarbage', {});

/** Asks the inspector of a process that was started with `--inspect-port`. Resolves when it answers. */
async function command(pid: number, port: number, method: string, params: object): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  let address: string | undefined;
  await until('the inspector listens', 10_000, async () => {
    address = await inspectorAt(port);
    return address !== undefined;
  });
  const socket = new WebSocket(address ?? '');
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  const answered = new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
  socket.send(JSON.stringify({ id: 1, method, params }));
  await answered;
  socket.close();
}

async function inspectorAt(port: number): Promise<string | undefined> {
  try {
    const list = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as readonly { webSocketDebuggerUrl: string }[];
    return list[0]?.webSocketDebuggerUrl;
  } catch {
    // Nobody listens yet.
    return undefined;
  }
}
