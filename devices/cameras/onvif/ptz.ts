import type { Aim, Preset } from '../../driver.ts';
import type { After } from '../../web.ts';
import { childrenOf, textAt } from '../../xml.ts';
import type { CameraMedia } from './media.ts';
import { askPtz } from './node-onvif.ts';
import { namespaces, type Reach } from './reach.ts';

/** Where a camera looks. */

export interface Ptz {
  /** @throws Trouble */
  presets(signal?: AbortSignal): Promise<Preset[]>;
  /** Resolves when the camera has taken it; a move ends by itself after its time. @throws Trouble */
  aim(aim: Aim, signal?: AbortSignal): Promise<void>;
}

/** Nobody holds a button for longer without letting go once. */
const longestMove = 10_000;
const shortestMove = 50;
const stopAttempts = 3;
const stopAgainAfter = 500;

export function openPtz(reach: Reach, media: CameraMedia, after: After): Ptz {
  const asking = async (signal: AbortSignal | undefined) => {
    const way = await reach.need(namespaces.tptz, 'PTZ service', signal);
    return askPtz(way, (await media.moving(signal)).token);
  };
  /** Takes back the stop that the last move is waiting for. */
  let calm = (): void => undefined;
  const stop = async (signal?: AbortSignal): Promise<void> => {
    calm();
    await (await asking(signal)).stop();
  };
  const stopLater = (milliseconds: number, attempt = 1): void => {
    calm = after(milliseconds, () => {
      // The move carries its own bound as well, for a camera that cannot be reached now.
      stop().catch(() => attempt < stopAttempts && stopLater(stopAgainAfter, attempt + 1));
    });
  };
  return {
    presets: async (signal) =>
      childrenOf(await (await asking(signal)).presets(), 'Preset').flatMap((preset) => {
        const token = preset.attributes['token'];
        return token === undefined ? [] : [{ token, name: textAt(preset, 'Name') ?? token }];
      }),
    aim: async (aim, signal) => {
      if ('stop' in aim) return stop(signal);
      const camera = await asking(signal);
      calm();
      if ('preset' in aim) return void (await camera.goto(aim.preset));
      const milliseconds = Math.min(Math.max(aim.milliseconds, shortestMove), longestMove);
      // Cheap domes do not know the timeout, and those that do know whole seconds only: we stop it ourselves, at the moment.
      await camera.move({ pan: speed(aim.pan), tilt: speed(aim.tilt), zoom: speed(aim.zoom) }, Math.ceil(milliseconds / 1000));
      stopLater(milliseconds);
    },
  };
}

const speed = (wanted: number): number => (Number.isFinite(wanted) ? Math.min(Math.max(wanted, -1), 1) : 0);
