import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hours, minutes } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { answerRequest, claimRequest, releaseRequest } from '../store/idempotency.ts';

/**
 * POST with `Idempotency-Key`: done once, and a repetition gets the first answer again. Answers may hold a device's
 * secret or an API key, so they are sealed with a key made from the client's own, which the record does not hold.
 */

export const answersKept = hours(24);
/** Longer than the longest act (a walk test waits for a person); after it the process that held the claim is gone. */
const abandoned = minutes(5);

interface Claimed {
  readonly actor: string;
  readonly key: string;
  readonly seal: Buffer;
}
interface Answer {
  readonly body: string;
  readonly type?: string;
  readonly location?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    claimed: Claimed | null;
  }
}

export interface IdempotencyDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** Puts the hooks on the app. Comes after the guard and before the routes. */
export function answerOnce(app: FastifyInstance, deps: IdempotencyDeps): void {
  app.decorateRequest('claimed', null);
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined || !request.signedIn) return undefined;
    return claim(String(key), request, reply, deps);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.claimed) await settle(request.claimed, request, reply, payload, deps.db);
    return payload;
  });
}

async function claim(clientKey: string, request: FastifyRequest, reply: FastifyReply, { db, clock }: IdempotencyDeps) {
  if (!/^[\x21-\x7e]{1,255}$/.test(clientKey)) {
    throw new Fault('body-invalid', 'The Idempotency-Key is unusable', [
      { path: 'headers.idempotency-key', message: 'Must be 1 to 255 visible ASCII characters' },
    ]);
  }
  const actor = `${request.actor.kind}:${request.actor.id}`;
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', clientKey, actor, `baiying idempotency ${use}`, 32));
  const claimed = { actor, key: derive('name').toString('hex'), seal: derive('seal') };
  // Keyed as well: a body may hold a password, and a plain digest of it could be guessed at.
  const bodyHash = createHmac('sha256', derive('body'))
    .update(JSON.stringify(request.body) ?? '')
    .digest('hex');
  const asked = { actor, key: claimed.key, route: `${request.method} ${request.url}`, bodyHash };
  const standing = await claimRequest(db, asked, { now: clock.now(), keep: answersKept, abandoned });
  switch (standing.outcome) {
    case 'mine':
      request.claimed = claimed;
      return undefined;
    case 'answered':
      return replay(unsealed(standing.sealed, claimed.seal), standing.status, reply);
    case 'other-request':
      throw new Fault('idempotency-conflict');
    case 'running':
      throw new Fault('idempotency-running');
    default:
      return standing satisfies never;
  }
}

function replay(answer: Answer, status: number, reply: FastifyReply): FastifyReply {
  reply.code(status).header('idempotency-replayed', 'true');
  if (answer.type !== undefined) reply.type(answer.type);
  if (answer.location !== undefined) reply.header('location', answer.location);
  return reply.send(answer.body);
}

/** Keeps the answer, or lets go of the claim where another try may end better. The act itself is done either way. */
async function settle(claimed: Claimed, request: FastifyRequest, reply: FastifyReply, payload: unknown, db: Db): Promise<void> {
  request.claimed = null;
  const body = payload === undefined || payload === null ? '' : payload;
  try {
    if (reply.statusCode >= 500 || reply.statusCode === 429 || typeof body !== 'string') await releaseRequest(db, claimed);
    else await answerRequest(db, claimed, { status: reply.statusCode, sealed: sealed(answerOf(body, reply), claimed.seal) });
  } catch (error) {
    request.log.warn({ err: error }, 'the answer to an idempotent request was not kept');
  }
}

function answerOf(body: string, reply: FastifyReply): Answer {
  const type = reply.getHeader('content-type');
  const location = reply.getHeader('location');
  return { body, ...(typeof type === 'string' && { type }), ...(typeof location === 'string' && { location }) };
}

/** AES-256-GCM: nonce (12 bytes), tag (16 bytes), text; base64. */
function sealed(answer: Answer, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

function unsealed(text: string, key: Buffer): Answer {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')) as Answer;
}
