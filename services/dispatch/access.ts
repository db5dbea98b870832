import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import { type CredentialDeps, recognise, type SignedIn, sameOrigin } from './credentials.ts';
import { openRecognition, type Recognition } from './recognition.ts';
import { type Access, type Actor, mayUse, type Scope, scopes, withAuditor } from './roles.ts';

/** Who may do what. Every route carries its decision in `config.access`; one without cannot be registered. */

export { type Access, type Actor, type Role, roles, type Scope, scopes } from './roles.ts';

/** A route as it was registered, with who may use it. */
export interface Decision {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Of every route, in the order of their registration. HEAD goes with GET. */
    readonly decisions: readonly Decision[];
  }
  interface FastifyContextConfig {
    access?: Access;
    /** People's lives wait for it: neither the rate limit nor the overload guard holds it back; only strangers' credentials are bounded. */
    urgent?: boolean;
    /** Of a GET that is more than reading: not for auditors. */
    actsOrLooks?: boolean;
    /** Open to API keys of any role; people need one of the route's. */
    anyKey?: boolean;
    /** Open also to those who must have a second factor and have none yet. */
    beforeSecondFactor?: boolean;
  }
  interface FastifyRequest {
    /** Who asks. Reading it in a public route is a mistake and throws. */
    readonly actor: Actor;
    /** The credential that was recognised; null in public routes. */
    signedIn: SignedIn | null;
  }
}

/** Puts the guard on the app. Must come before every route. */
export function guardRoutes(app: FastifyInstance, deps: CredentialDeps, recognition: Recognition = openRecognition(deps)): void {
  app.decorateRequest('signedIn', null);
  app.decorateRequest('actor', {
    getter(this: FastifyRequest): Actor {
      if (!this.signedIn) throw new Error('a public route has no actor');
      return this.signedIn.actor;
    },
  });
  const decisions: Decision[] = [];
  app.decorate('decisions', decisions);
  app.addHook('onRoute', (route) => {
    const { url, config } = route;
    const methods = [route.method].flat();
    if (config?.access === undefined) throw new Error(`route ${String(methods)} ${url} has no access decision`);
    const access = withAuditor(config.access, methods, config);
    route.config = { ...config, access };
    for (const method of methods) if (method !== 'HEAD') decisions.push({ method, url, access });
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    if (request.routeOptions.config.access === 'public') return;
    const signedIn = await recognition.recognise(request, reply);
    if (!signedIn) throw new Fault('credential-missing');
    if (signedIn.byCookie && !sameOrigin(request)) throw new Fault('origin-refused', 'The session cookie works only from our own pages');
    if (isDue(request, signedIn)) throw new Fault('second-factor-due');
    const refused = refusal(request, signedIn);
    if (refused !== undefined) throw new Fault('role-missing', refused);
    request.signedIn = signedIn;
  });
}

/** Whether the credential that a request came with still holds and still opens its route: asked again and again of streams that stay open. */
export async function signedInStill(request: FastifyRequest, deps: CredentialDeps): Promise<boolean> {
  const signedIn = await recognise(request, deps);
  return signedIn !== undefined && refusal(request, signedIn) === undefined;
}

/** The unit that the officer of a request moves with now; undefined once the credential no longer holds or opens its route. */
export async function unitStill(request: FastifyRequest, deps: CredentialDeps): Promise<string | undefined> {
  const signedIn = await recognise(request, deps);
  if (signedIn === undefined || refusal(request, signedIn) !== undefined) return undefined;
  return signedIn.account?.unit_id ?? undefined;
}

const isDue = ({ routeOptions }: FastifyRequest, { secondFactorDue }: SignedIn): boolean =>
  secondFactorDue && routeOptions.config.beforeSecondFactor !== true;

function refusal(request: FastifyRequest, { actor, scopes: narrowed }: SignedIn): string | undefined {
  if (narrowed.length > 0 && !narrowed.some((scope) => inScope(scope, request)))
    return `The API key is narrowed to: ${narrowed.join(', ')}; this needs: ${scopes.filter((scope) => opened[scope](request)).join(' or ')}`;
  const { access, anyKey = false } = request.routeOptions.config;
  if (access === undefined) return 'This route is open to nobody';
  if (anyKey && actor.kind === 'api-key') return undefined;
  if (typeof access === 'string' || mayUse(access, actor.roles)) return undefined;
  return `This needs one of the roles: ${[...new Set([...access.roles, 'admin'])].join(', ')}`;
}

/** Whether whoever asks may act by a route of this access, too: a key that is narrowed to something else may not, whatever its roles. */
export const mayAct = ({ actor, signedIn }: FastifyRequest, access: Access): boolean => {
  const narrowed = signedIn?.scopes ?? [];
  return mayUse(access, actor.roles) && (narrowed.length === 0 || narrowed.includes('write'));
};

const reads = (request: FastifyRequest): boolean => request.method === 'GET' || request.method === 'HEAD';

const opened: Readonly<Record<Scope, (request: FastifyRequest) => boolean>> = {
  read: reads,
  write: (request) => !reads(request),
  signals: (request) => request.method === 'POST' && request.routeOptions.url === '/api/v1/signals',
};

/** A scope that this release does not know opens nothing. */
const inScope = (scope: string, request: FastifyRequest): boolean => scopes.some((known) => known === scope && opened[known](request));
