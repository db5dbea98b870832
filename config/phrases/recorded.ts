import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Sound files that a station put beside the wording: `<language>/<phrase id>.<ending>`, said instead of the machine's voice. */

const endings = ['.wav', '.opus', '.ogg', '.mp3', '.flac', '.m4a'];
/** Ten minutes of 48 kHz stereo; what is larger was put there by mistake. */
const largest = 128 * 1024 * 1024;

/**
 * Reads what there is once; a file that is put there later is found after the next start.
 * @param folder holds `zh` and `en`; by default beside the product's own wording
 * @returns the bytes of a phrase's recording, undefined where nobody recorded it
 */
export function recordedPhrases(folder: string = import.meta.dirname): (id: string, lang: 'zh' | 'en') => Promise<Uint8Array | undefined> {
  const files = new Map(
    (['zh', 'en'] as const).flatMap((lang) => filesOf(join(folder, lang)).map(([id, file]) => [`${lang}/${id}`, file] as const)),
  );
  return async (id, lang) => {
    const file = files.get(`${lang}/${id}`);
    if (file === undefined) return undefined;
    const bytes = await readFile(file);
    if (bytes.length > largest) throw new RangeError(`${file} is larger than ${largest} bytes`);
    return bytes;
  };
}

function filesOf(folder: string): (readonly [string, string])[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const ending = endings.find((one) => entry.name.endsWith(one));
    return entry.isFile() && ending !== undefined ? [[entry.name.slice(0, -ending.length), join(folder, entry.name)] as const] : [];
  });
}
