import { isIP } from 'node:net';
import { z } from 'zod';

/** Settings of how people come in. */

/** An address, or one with the length of a network behind it: `10.0.0.7`, `10.0.0.0/24`, `fd00::/8`. */
export const isNetwork = (text: string): boolean => {
  const [address = '', length, ...rest] = text.trim().split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  return bits !== undefined && rest.length === 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits));
};

/** Identities travel to it and back, so it speaks TLS, unless it is on this machine. */
const isIssuer = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname));
};

const path = (title: string, env: string) => z.string().min(1).meta({ title, env });

/** A test holds this list against the one of services/dispatch/roles.ts, which is read later. */
export const roles = ['operator', 'supervisor', 'installer', 'integrator', 'officer', 'admin', 'auditor'] as const;

export const secondFactor = z
  .strictObject({
    roles: z
      .string()
      .refine((list) => list.split(',').every((role) => roles.some((known) => known === role.trim())), `must be of ${roles.join(', ')}`)
      .meta({
        title: 'Roles, with commas between them, that need a code beside the password; everybody else may have one',
        env: 'BAIYING_SECOND_FACTOR_ROLES',
      })
      .optional(),
  })
  .meta({ title: 'Second factor' })
  .prefault({});

export const signOn = z
  .strictObject({
    issuer: z
      .string()
      .refine(isIssuer, 'must start with https:// (http:// on this machine alone)')
      .meta({ title: 'Issuer of identities (OpenID Connect); people may sign in through it', env: 'BAIYING_OIDC_ISSUER' })
      .optional(),
    clientId: path('Our name there', 'BAIYING_OIDC_CLIENT_ID').optional(),
    clientSecret: z
      .string()
      .min(1)
      .meta({ title: 'Our secret there; none where PKCE alone is asked for', env: 'BAIYING_OIDC_CLIENT_SECRET', secret: true })
      .optional(),
    claim: path(
      'Claim that is compared with the identity in the account; one that people cannot choose themselves',
      'BAIYING_OIDC_CLAIM',
    ).default('sub'),
    scope: path('Scopes that are asked for', 'BAIYING_OIDC_SCOPE').default('openid profile'),
    label: path('What stands on the button of the sign-in page', 'BAIYING_OIDC_LABEL').default('统一身份认证 / Single sign-on'),
  })
  .meta({ title: 'Single sign-on' })
  .prefault({});
