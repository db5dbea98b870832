import { parentPort, workerData } from 'node:worker_threads';

/** The thread in which eSpeak NG's package makes one text into a WAV file. */

interface Made {
  readonly FS: { readFile(name: string): Uint8Array };
}
type Make = (how: Readonly<Record<string, unknown>>) => Promise<Made>;

interface Files {
  readonly FS: { writeFile(name: string, data: string): void };
}

const { text, voice }: { text: string; voice: string } = workerData;
// Optional, and without types of its own: a name that the compiler does not follow.
const name: string = 'espeak-ng';
const { default: make }: { default: Make } = await import(name);
const speaker = await make({
  // The words go in as a file, never as an argument.
  arguments: ['-v', voice, '-b', '1', '-f', 'words', '-w', 'spoken.wav'],
  preRun: [({ FS }: Files) => FS.writeFile('words', text)],
  print: () => undefined,
  printErr: () => undefined,
});
parentPort?.postMessage(speaker.FS.readFile('spoken.wav'));
