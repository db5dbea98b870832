import { Icon, type IconName } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import classes from './installer.module.css';
import type { DeviceKind, Installed } from './queries.ts';

export type Standing = 'good' | 'warning' | 'bad' | 'none';

export const kindIcon: Readonly<Record<DeviceKind, IconName>> = { key: 'key', camera: 'camera', loudspeaker: 'speaker', radio: 'radio' };
const shape: Readonly<Record<Standing, IconName>> = { good: 'check', warning: 'clock', bad: 'warning', none: 'clock' };

/** A state by colour, shape and word. */
export const Mark = ({ standing, children }: { readonly standing: Standing; readonly children: React.ReactNode }) => (
  <span className={classes.state} data-state={standing}>
    <Icon name={shape[standing]} size="1em" />
    {children}
  </span>
);

export const standingOf = (state: Installed['state']): Standing => (state === 'online' ? 'good' : state === 'offline' ? 'bad' : 'none');

export function Connection({ state }: { readonly state: Installed['state'] }) {
  const say = useWords('common');
  return <Mark standing={standingOf(state)}>{say(`device.${state}`)}</Mark>;
}

/** Below this a key is to get a new battery with the next visit; that of the alarm doctor. */
const lowBattery = 15;

export function Battery({ percent }: { readonly percent: number | undefined }) {
  const say = useWords('installer');
  if (percent === undefined) return null;
  return <Mark standing={percent <= lowBattery ? 'bad' : 'good'}>{say('battery', { percent })}</Mark>;
}
