import { readFileSync } from 'node:fs';
import { openMedia } from './index.ts';

/** Run by a test and then killed: watches the camera of its argument, and says the number of its ffmpeg's process. */
const [, , url = ''] = process.argv;
const media = openMedia({ log: { info: () => undefined, warn: (_, text) => console.error(text) } });
for await (const piece of media.live('camera', async () => ({ url, host: '127.0.0.1' }), new AbortController().signal)) {
  if (piece.kind === 'init')
    process.stdout.write(`${readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ')[0]}\n`);
}
