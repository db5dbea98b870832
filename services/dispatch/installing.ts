import { join } from 'node:path';
import type { Settings } from '../../config/schema.ts';
import { openTries, type TryDeps } from './device-try.ts';
import { openShelf } from './footage/shelf.ts';
import type { Installing } from './routes/installer.ts';

export interface InstallingDeps extends TryDeps {
  readonly settings: Pick<Settings, 'data' | 'footage'>;
}

/** What the routes of installers stand on beside the register. */
export const openInstalling = ({ settings, ...media }: InstallingDeps): Installing => ({
  tryDevice: openTries(media),
  plans: openShelf(join(settings.data, 'plans'), 0),
  link: { most: settings.footage.cameras, radius: settings.footage.radius },
});
