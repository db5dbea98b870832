import type { Caller } from '../store/signals.ts';

/** Roles, scopes and the decision that every route carries. */

export const roles = ['operator', 'supervisor', 'installer', 'integrator', 'officer', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** `public`: anybody. `signed-in`: any valid credential. Else one of the roles; admin may do everything. */
export type Access = { readonly roles: readonly Role[] } | 'public' | 'signed-in';

/** Whether somebody who is signed in with these roles may use a route. */
export const mayUse = (access: Access, held: readonly Role[]): boolean =>
  typeof access === 'string' || held.includes('admin') || access.roles.some((role) => held.includes(role));

/** Whoever works at the station: all but officers, who reach what their page needs and nothing of other people's incidents. */
export const staff: Access = { roles: roles.filter((role) => role !== 'officer' && role !== 'auditor') };

/**
 * An auditor reads whatever some role may read, the audit trail and the accounts too, and changes nothing. Where reading
 * acts (a talk) or looks at people (a live picture), the route says so and stays shut.
 */
export function withAuditor(access: Access, methods: readonly string[], { actsOrLooks = false }): Access {
  const reads = methods.every((method) => method === 'GET' || method === 'HEAD');
  return typeof access === 'string' || !reads || actsOrLooks ? access : { roles: [...access.roles, 'auditor'] };
}

/** What an API key may be narrowed to; one without scopes may do what its roles may. */
export const scopes = ['read', 'write', 'signals'] as const;
export type Scope = (typeof scopes)[number];

/** A program as it is written down. No user name has a colon, so that nobody takes a key for the person of that name. */
export const nameOfKey = (name: string): string => `key:${name}`;

export interface Actor {
  /** As it is written down: the user name, or that of an API key (nameOfKey). */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly kind: 'account' | 'api-key';
  readonly id: string;
}

/** What is kept of whoever told a signal. */
export const callerOf = ({ kind, id, name }: Actor): Caller => ({ kind, id, name });
