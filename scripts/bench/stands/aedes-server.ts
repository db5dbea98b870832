import { createServer } from 'node:net';
import { Aedes } from 'aedes';

/** Bare Aedes on the port that it is told: it stores nothing, decides nothing and asks nobody who he is. */
const broker = await Aedes.createBroker({ concurrency: 10_000 });
createServer((socket) => {
  socket.setNoDelay(true);
  broker.handle(socket, undefined as never);
}).listen(Number(process.argv[2]), '127.0.0.1', 4096, () => void process.stdout.write('running\n'));
