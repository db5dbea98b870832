/** What the tests use of the package, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export default class Provider {
    constructor(
      issuer: string,
      settings: {
        readonly clients: readonly {
          readonly client_id: string;
          readonly client_secret: string;
          readonly redirect_uris: readonly string[];
        }[];
        readonly claims: Readonly<Record<string, readonly string[]>>;
        findAccount(
          context: unknown,
          id: string,
        ): Promise<{ readonly accountId: string; claims(): Promise<Readonly<Record<string, string>> & { readonly sub: string }> }>;
      },
    );
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
