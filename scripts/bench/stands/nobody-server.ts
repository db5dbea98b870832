import { createServer, type Socket } from 'node:net';

/** Says PUBACK to whatever is published and looks at nothing: what the load generator reaches when nobody holds it up. */
const connack = Buffer.from([0x20, 2, 0, 0]);

function answer(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const answers = Buffer.allocUnsafe(all.length);
    let [at, written] = [0, 0];
    while (all.length - at >= 2) {
      // No packet of the load is longer than 16 kB, so the remaining length takes two bytes at most.
      const [low, high] = [all[at + 1] as number, all[at + 2] ?? 0];
      const head = low < 128 ? 2 : 3;
      const end = at + head + (low < 128 ? low : (low & 127) + high * 128);
      if (end > all.length) break;
      if ((all[at] as number) >> 4 === 1) written += connack.copy(answers, written);
      else if ((all[at] as number) >> 4 === 3) written = puback(answers, written, all, at + head);
      at = end;
    }
    rest = all.subarray(at);
    if (written > 0) socket.write(answers.subarray(0, written));
  });
}

function puback(answers: Buffer, written: number, all: Buffer, body: number): number {
  const id = body + 2 + all.readUInt16BE(body);
  answers[written] = 0x40;
  answers[written + 1] = 2;
  all.copy(answers, written + 2, id, id + 2);
  return written + 4;
}

createServer(answer).listen(Number(process.argv[2]), '127.0.0.1', 4096, () => void process.stdout.write('running\n'));
