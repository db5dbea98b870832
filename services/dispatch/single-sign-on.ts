import * as oidc from 'openid-client';
import { type Duration, minutes, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { SignOnUnderWay } from '../store/sign-ons.ts';

/** The issuer that proves who people are (OpenID Connect Core 1.0, authorization code with PKCE), where the station has one. */
export interface SignOn {
  /** What stands on the button. */
  readonly label: string;
  /** Where the browser goes. @throws Fault `sign-on-unavailable` when the issuer cannot be asked */
  begin(redirectUri: string): Promise<SignOnUnderWay & { readonly state: string; readonly url: string }>;
  /**
   * The identity that the issuer vouches for.
   * @param search of the address that the browser came back with
   * @throws Fault `sign-on-unavailable`; `sign-on-refused` for everything that the issuer did not sign for us, now and for this browser
   */
  finish(search: string, begun: SignOnUnderWay & { readonly state: string }): Promise<string>;
}

export interface SignOnSettings {
  readonly issuer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly claim: string;
  readonly scope: string;
  readonly label: string;
}

const patience: Duration = seconds(5);
/** What the issuer says of itself is asked for anew: its keys and addresses may move. */
const believed: Duration = minutes(60);
/** Its clock may differ from ours by so many seconds. */
const clocksApart = 30;
const longestIdentity = 200;

/** Asks nothing yet: an issuer that is away keeps nobody from starting, nor from signing in with a password. */
export function openSignOn(settings: SignOnSettings, { clock, log }: { readonly clock: Clock; readonly log: Log }): SignOn | undefined {
  const { issuer, clientId, claim, scope, label } = settings;
  if (issuer === undefined || clientId === undefined) return undefined;
  let known: { readonly at: number; readonly config: oidc.Configuration } | undefined;
  const ask = async (): Promise<oidc.Configuration> => {
    if (known && clock.now() - known.at < believed) return known.config;
    try {
      const config = await discover(new URL(issuer), clientId, settings.clientSecret);
      known = { at: clock.now(), config };
      return config;
    } catch (error) {
      log.warn({ why: whyOf(error) }, 'the issuer of identities cannot be asked; people sign in with their passwords');
      throw new Fault('sign-on-unavailable');
    }
  };
  return {
    label,
    async begin(redirectUri) {
      const config = await ask();
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // Several people share one browser at the desk: who was there before must not come in for who is there now.
        prompt: 'login',
      });
      return { state, nonce, verifier, redirectUri, url: url.href };
    },
    async finish(search, { state, nonce, verifier, redirectUri }) {
      const config = await ask();
      try {
        const came = new URL(redirectUri);
        came.search = search;
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
        const tokens = await oidc.authorizationCodeGrant(config, came, checks);
        return identityOf(await claimOf(claim, config, tokens));
      } catch (error) {
        if (isAway(error)) throw new Fault('sign-on-unavailable');
        log.warn({ why: whyOf(error) }, 'a sign-in through the issuer of identities was refused');
        throw error instanceof Fault ? error : new Fault('sign-on-refused');
      }
    },
  };
}

async function discover(issuer: URL, clientId: string, secret: string | undefined): Promise<oidc.Configuration> {
  const authentication = secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret);
  // The library would take an ID token's origin from TLS alone; its signature is checked as well.
  const execute = [oidc.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])];
  const metadata = { [oidc.clockTolerance]: clocksApart };
  return oidc.discovery(issuer, clientId, metadata, authentication, { execute, timeout: patience / 1000 });
}

/** Many issuers put only the subject into the ID token and tell the rest when asked. */
async function claimOf(
  claim: string,
  config: oidc.Configuration,
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
): Promise<unknown> {
  const claims = tokens.claims();
  if (!claims || claims[claim] !== undefined) return claims?.[claim];
  if (config.serverMetadata().userinfo_endpoint === undefined) return undefined;
  return (await oidc.fetchUserInfo(config, tokens.access_token, claims.sub))[claim];
}

function identityOf(told: unknown): string {
  if (typeof told === 'string' && told !== '' && told.length <= longestIdentity) return told;
  throw new Fault('sign-on-refused', 'The issuer does not say who this is; see oidc.claim in the settings');
}

/** Nothing came back, or a server's own failure: nothing that a browser could have brought about. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, status, cause } = error as { code?: unknown; status?: unknown; cause?: unknown };
  if (code === 'OAUTH_TIMEOUT' || error.message === 'fetch failed') return true;
  if (cause instanceof Response) return cause.status >= 500;
  return typeof status === 'number' ? status >= 500 : cause instanceof Error && isAway(cause);
}

/** Without tokens or answers, which errors carry along. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, error: told } = error as { code?: unknown; error?: unknown };
  const inner = error.cause instanceof Error ? error.cause.message : undefined;
  return [code, error.message, told, inner].filter((part) => typeof part === 'string').join(': ');
}
