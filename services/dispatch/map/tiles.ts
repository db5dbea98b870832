import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Settings } from '../../../config/schema.ts';

/** The one file with the streets under the map (PMTiles 3), if the site has one. */
export interface Tiles {
  readonly datum: Settings['map']['datum'];
  /** Undefined while there is no such file. */
  look(): Promise<{ readonly bytes: number; readonly etag: string } | undefined>;
  /** @param start @param end first and last byte */
  read(start: number, end: number): Readable;
}

export function openTiles({ data, map }: Pick<Settings, 'data' | 'map'>): Tiles {
  const file = map.tiles === undefined ? undefined : resolve(data, map.tiles);
  return {
    datum: map.datum,
    async look() {
      const found = file === undefined ? undefined : await statOf(file);
      return found?.isFile()
        ? { bytes: found.size, etag: `"${Math.round(found.mtimeMs).toString(36)}-${found.size.toString(36)}"` }
        : undefined;
    },
    read(start, end) {
      if (file === undefined) throw new Error('there are no tiles to read');
      return createReadStream(file, { start, end });
    },
  };
}

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
