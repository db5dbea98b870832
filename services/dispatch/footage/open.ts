import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Settings } from '../../../config/schema.ts';
import type { Media } from '../../../devices/media/index.ts';
import { seconds } from '../../alarm/index.ts';
import type { Desk } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import type { Register } from '../../store/register-view.ts';
import type { Cameras } from '../cameras.ts';
import type { DeliverDeps } from '../deliver.ts';
import { lookFirst } from './first-look.ts';
import { type Footage, openFootage } from './main.ts';
import { keepPreRoll, type PreRoll } from './pre-roll.ts';
import { removeOldFootage } from './prune.ts';
import { openShelf, type Shelf } from './shelf.ts';

export interface FootageRoomDeps extends Pick<DeliverDeps, 'log' | 'clock'> {
  readonly settings: Pick<Settings, 'data' | 'footage'>;
  readonly store: Store;
  readonly register: Register;
  readonly desk: Pick<Desk, 'cameras'>;
  readonly media: Media;
  readonly cameras: Cameras;
}

export interface FootageRoom extends Omit<Footage, 'start' | 'close'> {
  readonly shelf: Shelf;
  /** Begins to keep the past of the cameras that matter, to ask each once for its picture, and to remove what is too old. */
  start(): PreRoll;
  close(): Promise<void>;
}

/** All about the footage of incidents, as the settings have it. */
export function openFootageRoom(deps: FootageRoomDeps): FootageRoom {
  const { settings, store, clock, log } = deps;
  const {
    folder = join(settings.data, 'footage'),
    before,
    after,
    longest,
    days,
    leastFree,
    cameras: most,
    radius,
    streams,
  } = settings.footage;
  const shelf = openShelf(folder, leastFree);
  const room = {
    ...deps,
    shelf,
    holder: randomUUID(),
    policy: { before: seconds(before), after: seconds(after), longest: seconds(longest), days },
    link: { most, radius },
    powersOf: deps.cameras.powers,
  };
  const footage = openFootage(room);
  const stops: (() => void | Promise<void>)[] = [];
  return {
    handlers: footage.handlers,
    sources: footage.sources,
    shelf,
    start() {
      footage.start();
      const preRoll = keepPreRoll({ ...room, streams, before: seconds(before) });
      const pruning = removeOldFootage({ db: store.routine, shelf, clock, log });
      const first = most > 0 ? lookFirst(deps) : undefined;
      stops.push(
        () => first?.close(),
        () => preRoll.close(),
        () => pruning.stop(),
      );
      return preRoll;
    },
    async close() {
      await footage.close();
      for (const stop of stops) await stop();
    },
  };
}
