import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rfc3339 } from '../../alarm/index.ts';
import type { Clock } from '../../ports.ts';
import { publicJwk, type SigningKeys } from '../../signing.ts';
import { audit } from '../../store/audit.ts';
import { evidenceOf } from '../../store/evidence.ts';
import type { StoredSigningKey } from '../../store/signing-keys.ts';
import { bundleOf } from '../evidence/bundle.ts';
import type { ContentDeps } from '../evidence/contents.ts';
import type { Access } from '../roles.ts';
import { found, idParams, noBody, uuidOf } from './parts.ts';

export interface EvidenceRouteDeps extends ContentDeps {
  readonly clock: Clock;
  readonly keys: SigningKeys;
  readonly version: string;
}

const tags = ['evidence'];
const takes: Access = { roles: ['operator', 'supervisor', 'admin'] };
const bundle = `One ZIP: the timeline as it was hashed, signals, orders with their receipts, broadcasts with their verdicts, pictures and recordings,
\`manifest.json\` with the SHA-256 of every part, and \`manifest.sig\`, its Ed25519 signature. What is missing, as a picture whose time was over, stands
in the manifest with the reason. It is written while it is read, so its length is not known before. Who takes it is on the audit trail.`;

/** An incident as evidence, and the keys that it is signed with. */
export const evidenceRoutes =
  (deps: EvidenceRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, keys, version } = deps;
    app.get(
      '/incidents/:id/evidence',
      {
        config: { access: takes },
        exposeHeadRoute: false,
        schema: {
          tags,
          summary: 'One incident as a signed bundle, checked offline with npx baiying verify',
          description: bundle,
          params: idParams,
          querystring: z.strictObject({}),
          produces: ['application/zip'],
        },
      },
      async (request, reply) => {
        const id = uuidOf(request.params.id);
        const view = found(await evidenceOf(db, id), 'incident');
        // The time before the key: a bundle that is dated after its key was retired would look forged.
        const [at, by] = [clock.now(), request.actor.name];
        const signer = await keys.inUse();
        const { number, exercise } = view.incident;
        const data = { number, entries: view.chain.length, head: view.chain.head, key: signer.jwk.kid };
        await audit(db, { at, by, act: 'evidence.taken', subject: `incidents:${id}`, data });
        const name = `${exercise ? 'exercise' : 'incident'}-${number}-evidence.zip`;
        return reply
          .type('application/zip')
          .header('cache-control', 'private, no-store')
          .header('content-disposition', `attachment; filename="${name}"`)
          .send(Readable.from(bundleOf(deps, view, { at, by, version, signer }), { objectMode: false }));
      },
    );
    await app.register(signingKeyRoutes(deps));
  };

const keyShape = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().meta({ description: 'The public key, base64url' }),
  kid: z.string().meta({ description: 'Its thumbprint (RFC 7638)' }),
  use: z.literal('sig'),
  createdAt: z.string(),
  retiredAt: z
    .string()
    .exactOptional()
    .meta({ description: 'Signs no more since then: it is there to read what is older, and no live order may be taken under it' }),
});
const keysShape = z.object({ keys: z.array(keyShape).meta({ description: 'Newest first; a JWK set (RFC 7517)' }) });

const signingKeyRoutes =
  ({ keys }: EvidenceRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const response = { 200: keysShape };
    const shown = async () => ({ keys: (await keys.list()).map(keyView) });
    const summary = 'The public keys that evidence and heads are signed with; anybody may compare them';
    app.get('/signing-keys', { config: { access: 'public' }, schema: { tags, summary, response } }, async () => {
      const now = await shown();
      if (now.keys.length > 0) return now;
      await keys.inUse();
      return shown();
    });

    const renewal =
      'Makes a new signing key. The old one signs no more and stays in the list with `retiredAt`, for what it signed before; devices refuse it from a minute after that.';
    app.post(
      '/signing-keys',
      { config: { access: { roles: [] } }, schema: { tags, description: renewal, body: noBody, response: { 201: keysShape } } },
      async (request, reply) => {
        await keys.renew(request.actor.name);
        return reply.code(201).send(await shown());
      },
    );
  };

const keyView = ({ publicKey, createdAt, retiredAt }: StoredSigningKey): z.infer<typeof keyShape> => ({
  ...publicJwk(publicKey),
  use: 'sig',
  createdAt: rfc3339(createdAt),
  ...(retiredAt === undefined ? {} : { retiredAt: rfc3339(retiredAt) }),
});
