import { join } from 'node:path';
import type { Settings } from '../../config/schema.ts';
import { openTries, type TryDeps } from './device-try.ts';
import { openShelf } from './footage/shelf.ts';
import type { Installing } from './routes/installer.ts';

export interface InstallingDeps extends TryDeps {
  readonly settings: Pick<Settings, 'data' | 'footage' | 'mqttPort' | 'mqttsPort' | 'mqttWsPort'>;
}

/** What the routes of installers stand on beside the register. */
/** A port of 0 was taken free at the start, and the ready line alone says which. */
const port = <K extends string>(name: K, number: number | undefined) =>
  (number ? { [name]: number } : {}) as { readonly [N in K]?: number };

export const openInstalling = ({ settings, ...media }: InstallingDeps): Installing => ({
  tryDevice: openTries(media),
  plans: openShelf(join(settings.data, 'plans'), 0),
  broker: { ...port('mqtt', settings.mqttPort), ...port('mqtts', settings.mqttsPort), ...port('ws', settings.mqttWsPort) },
  link: { most: settings.footage.cameras, radius: settings.footage.radius },
});
