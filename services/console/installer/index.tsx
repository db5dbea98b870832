import { Box } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DeviceCard } from './card.tsx';
import { TestsDue } from './due.tsx';
import { Find } from './find.tsx';
import { Home } from './home.tsx';
import classes from './installer.module.css';
import { Labels } from './labels.tsx';
import { NewDevice } from './new-device.tsx';
import '../parts/print.css';
import { WalkRecord } from './record.tsx';
import { Sheet } from './sheet.tsx';
import { Site } from './site.tsx';

/** The page of whoever mounts, binds and tests devices: on a phone at the wall, and at a desk. */
export default function Installer() {
  const { _splat = '' } = useParams({ strict: false }) as { readonly _splat?: string };
  const path = _splat.split('/').filter((part) => part !== '');
  return (
    <Box className={classes.page} key={_splat}>
      {viewOf(path)}
    </Box>
  );
}

function viewOf([first, id, act]: readonly string[]): ReactNode {
  if (first === 'device' && id !== undefined) return <DeviceCard id={id} />;
  if (first === 'sites' && id !== undefined) return siteView(id, act);
  if (first === 'find') return <Find />;
  if (first === 'new') return <NewDevice />;
  if (first === 'due') return <TestsDue />;
  if (first === 'sheet') return <Sheet />;
  if (first === 'labels' && id !== undefined) return <Labels deviceId={id} />;
  return <Home />;
}

function siteView(siteId: string, act: string | undefined): ReactNode {
  switch (act) {
    case 'find':
      return <Find siteId={siteId} />;
    case 'new':
      return <NewDevice siteId={siteId} />;
    case 'labels':
      return <Labels siteId={siteId} />;
    case 'record':
      return <WalkRecord siteId={siteId} />;
    default:
      return <Site id={siteId} />;
  }
}
