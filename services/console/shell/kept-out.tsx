import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLiveEvents } from '../api/use-live.ts';
import { useDeviceName } from '../parts/device-name.ts';
import { Icon } from '../parts/icon.tsx';
import { timeOfDay, useSecond } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import classes from './frame.module.css';

/** What baiying.device.kept-out.v1 says. */
interface Flood {
  readonly deviceId: string;
  readonly kind: 'key' | 'camera' | 'radio' | 'loudspeaker';
  readonly until: string;
}

interface Told extends Flood {
  readonly read: boolean;
}

/** The server has forgiven by then, and tells anew of whoever goes on, seconds. */
const shownFor = 30 * 60;
const mostShown = 3;

/** Devices that were cut off because they flood: what is pressed there may be late, and somebody must look at them. */
export function KeptOut() {
  const say = useWords('shell');
  const common = useWords('common');
  const now = useSecond();
  const [told, setTold] = useState<readonly Told[]>([]);
  useLiveEvents(['device.kept-out.'], ({ data }) => {
    const flood = data as unknown as Flood;
    setTold((known) => [
      ...known.filter(({ deviceId }) => deviceId !== flood.deviceId),
      { ...flood, read: known.some(({ deviceId, read }) => deviceId === flood.deviceId && read) },
    ]);
  });
  const shown = told.filter(({ read, until }) => !read && Date.parse(until) / 1000 + shownFor > now).reverse();
  if (shown.length === 0) return null;
  return (
    <div className={classes.trouble} role="status">
      <Icon name="warning" size="1.1em" />
      <div>
        {shown.slice(0, mostShown).map((flood) => (
          <One key={flood.deviceId} {...flood} />
        ))}
        {shown.length > mostShown && <div>{say('floodsMore', { count: shown.length - mostShown })}</div>}
      </div>
      <Button size="compact-sm" variant="white" c="black" onClick={() => setTold(told.map((one) => ({ ...one, read: true })))}>
        {common('understood')}
      </Button>
    </div>
  );
}

function One({ deviceId, kind, until }: Flood) {
  const say = useWords('shell');
  const common = useWords('common');
  const values = { device: `${common(`device.${kind}`)} ${useDeviceName(deviceId)}`, until: timeOfDay(until) };
  return (
    <div>
      {say('floods', values)}
      {(kind === 'key' || kind === 'radio') && ` ${say('floodsLate')}`}
    </div>
  );
}
