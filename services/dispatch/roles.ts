/** Roles, scopes and the decision that every route carries. */

export const roles = ['operator', 'supervisor', 'installer', 'integrator', 'officer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** `public`: anybody. `signed-in`: any valid credential. Else one of the roles; admin may do everything. */
export type Access = { readonly roles: readonly Role[] } | 'public' | 'signed-in';

/** What an API key may be narrowed to; one without scopes may do what its roles may. */
export const scopes = ['read', 'write', 'signals'] as const;
export type Scope = (typeof scopes)[number];

export interface Actor {
  /** User name, or the name of the API key. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly kind: 'account' | 'api-key';
  readonly id: string;
}
