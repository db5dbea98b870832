import type { ComponentType } from 'react';
import type { Role } from './api/session.ts';
import type { IconName } from './parts/icon.tsx';

export interface ConsolePage {
  /** Under /console; the page owns what comes behind it. */
  readonly path: string;
  /** Its name in the rail, from the words of the shell. */
  readonly name: `page.${'desk' | 'patrol' | 'map' | 'officer' | 'installer' | 'supervisor' | 'admin'}`;
  readonly icon: IconName;
  readonly roles: readonly Role[];
  /** With its own frame, as the officer's phone: no rail, no header. */
  readonly bare?: boolean;
  readonly load: () => Promise<{ default: ComponentType }>;
}

/** All pages, in the order of the rail. Each is loaded when it is first opened. */
export const pages: readonly ConsolePage[] = [
  { path: '/map', name: 'page.map', icon: 'map', roles: ['operator', 'supervisor', 'installer', 'admin'], load: () => import('./map/index.tsx') },
  { path: '/patrol', name: 'page.patrol', icon: 'patrol', roles: ['operator', 'supervisor'], load: () => import('./patrol/index.tsx') },
  {
    path: '/installer',
    name: 'page.installer',
    icon: 'tools',
    roles: ['installer', 'supervisor', 'admin'],
    load: () => import('./installer/index.tsx'),
  },
];
