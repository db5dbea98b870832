import type { ComponentType } from 'react';
import { mayDo, type Role, type Session } from './api/session.ts';
import type { IconName } from './parts/icon.tsx';

export interface ConsolePage {
  /** Under /console; the page owns what comes behind it. */
  readonly path: string;
  /** Its name in the rail, from the words of the shell. */
  readonly name: `page.${'desk' | 'patrol' | 'map' | 'officer' | 'installer' | 'records' | 'supervisor' | 'admin' | 'firstRun' | 'reset' | 'verify' | 'me'}`;
  readonly icon: IconName;
  readonly roles: readonly Role[];
  /** With its own frame, as the officer's phone: no rail, no header. */
  readonly bare?: boolean;
  /** Reached by a link, also before anybody has an account; not in the rail. */
  readonly byLink?: boolean;
  /** Of whoever is signed in; behind the name in the head, not in the rail. It has the frame that their other pages have. */
  readonly own?: boolean;
  readonly load: () => Promise<{ default: ComponentType }>;
}

/** All pages, in the order of the rail. Each is loaded when it is first opened. */
export const pages: readonly ConsolePage[] = [
  { path: '/desk', name: 'page.desk', icon: 'alarm', roles: ['operator', 'supervisor'], load: () => import('./desk/index.tsx') },
  { path: '/patrol', name: 'page.patrol', icon: 'patrol', roles: ['operator', 'supervisor'], load: () => import('./patrol/index.tsx') },
  {
    path: '/map',
    name: 'page.map',
    icon: 'map',
    roles: ['operator', 'supervisor', 'installer', 'auditor'],
    load: () => import('./map/index.tsx'),
  },
  {
    path: '/records',
    name: 'page.records',
    icon: 'book',
    roles: ['operator', 'supervisor', 'auditor'],
    load: () => import('./records/index.tsx'),
  },
  {
    path: '/officer',
    name: 'page.officer',
    icon: 'phone',
    roles: ['officer'],
    bare: true,
    load: () => import('./officer/index.tsx'),
  },
  {
    path: '/installer',
    name: 'page.installer',
    icon: 'tools',
    roles: ['installer', 'supervisor', 'admin'],
    load: () => import('./installer/index.tsx'),
  },
  {
    path: '/supervisor',
    name: 'page.supervisor',
    icon: 'shift',
    roles: ['operator', 'supervisor', 'auditor'],
    load: () => import('./supervisor/index.tsx'),
  },
  { path: '/admin', name: 'page.admin', icon: 'people', roles: ['admin', 'auditor'], load: () => import('./admin/index.tsx') },
  {
    path: '/first-run',
    name: 'page.firstRun',
    icon: 'key',
    roles: ['admin'],
    bare: true,
    byLink: true,
    load: () => import('./first-run/index.tsx'),
  },
  { path: '/me', name: 'page.me', icon: 'person', roles: [], own: true, load: () => import('./own-account/index.tsx') },
  { path: '/reset', name: 'page.reset', icon: 'key', roles: [], bare: true, byLink: true, load: () => import('./first-run/reset.tsx') },
  { path: '/verify', name: 'page.verify', icon: 'check', roles: [], bare: true, byLink: true, load: () => import('./verify/index.tsx') },
];

/** The first page of the rail that somebody's roles open. */
export const firstPage = (session: Session): ConsolePage | undefined =>
  pages.find(({ roles, byLink, own }) => !byLink && !own && mayDo(session, roles));
