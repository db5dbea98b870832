import { Trouble } from '../../devices/driver.ts';
import type { Media, Still } from '../../devices/media/index.ts';

const why = 'this process has no media room';
const absent = (): Promise<never> => Promise.reject(new Trouble('unsupported', why));

/** The media room of a process that has none: pictures only from cameras that give a JPEG, and no sound. */
export function noMedia(now: () => number): Media {
  return {
    available: () => ({ ok: false, why, speech: 'none' }),
    ready: async () => ({ ok: false, why, speech: 'none' }),
    watch: () => ({ release: () => undefined }),
    async *live() {
      yield { kind: 'trouble', code: 'unsupported', detail: why };
    },
    clip: absent,
    async still(_cameraId, { http, signal }): Promise<Still> {
      if (!http) return absent();
      const jpeg = await http(signal ?? AbortSignal.timeout(2000));
      return { jpeg, via: 'http', at: now() };
    },
    speech: async () => undefined,
    decode: absent,
    listen: absent,
    gray: absent,
    health: () => undefined,
    streams: () => [],
    close: async () => undefined,
  };
}
