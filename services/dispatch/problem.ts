import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, errors, Fault, type FieldFault } from '../errors.ts';
import { recordUnavailable } from '../store/connect.ts';
import { rooted, schemaFaults } from './faults-of.ts';

/** Problem documents (RFC 9457): the one form in which the API says no. */

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  /** Whether the same request may succeed later. */
  readonly retry: boolean;
  readonly remedy: string;
  readonly faults: readonly FieldFault[];
  readonly requestId: string;
}

export const problemType = 'application/problem+json';

export function problem(code: ErrorCode, requestId: string, detail?: string, faults: readonly FieldFault[] = []): Problem {
  const { status, title, retry, remedy } = errors[code];
  return { type: `urn:baiying:error:${code}`, title, status, detail: detail ?? title, code, retry, remedy, faults, requestId };
}

/** Seconds after which to try again, where the thrower did not say. */
const retryAfter: Partial<Record<ErrorCode, number>> = {
  'sign-on-unavailable': 30,
  'rate-limited': 5,
  'record-unavailable': 2,
  overloaded: 2,
  'idempotency-running': 1,
  'device-unreachable': 5,
  'device-silent': 5,
  'device-garbled': 30,
  'device-busy': 5,
  'camera-held': 10,
  'record-in-use': 10,
  'test-under-way': 30,
  'unit-engaged': 60,
};

/** Answers an error as a problem document; what nobody meant to throw is logged and answered without its words. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error, request);
  if (fault.code === 'internal') request.log.error({ err: error }, 'request failed');
  else if (fault.code === 'record-unavailable') request.log.warn({ err: error }, 'record unavailable');
  const wait = retryAfter[fault.code];
  if (wait !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', wait);
  if (errors[fault.code].status === 401) reply.header('www-authenticate', 'Bearer');
  reply.header('x-request-id', request.id);
  const document = problem(fault.code, request.id, fault.message, rooted(fault.faults));
  return reply.code(document.status).header('cache-control', 'no-store').type(problemType).send(JSON.stringify(document));
}

export const answerUnknownRoute = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  answerProblem(new Fault('not-found', 'There is no such route'), request, reply);

function faultOf(error: unknown, request: FastifyRequest): Fault {
  if (error instanceof Fault) return error;
  const faults = schemaFaults(error, request);
  if (faults) return new Fault('body-invalid', `The request has ${faults.length === 1 ? 'one fault' : `${faults.length} faults`}`, faults);
  if (recordUnavailable(error)) return new Fault('record-unavailable');
  const code = byCode[property(error, 'code')] ?? byStatus[property(error, 'statusCode')];
  return code ? new Fault(code, detailOf(code, request)) : new Fault('internal');
}

/** What a program can act upon: the limit, the type that is taken. */
function detailOf(code: ErrorCode, { routeOptions }: FastifyRequest): string | undefined {
  if (code === 'body-too-large') return `${routeOptions.bodyLimit} bytes are taken here at most`;
  if (code === 'media-type-unsupported') return `Send it as ${(routeOptions.schema?.consumes ?? ['application/json']).join(' or ')}`;
  return undefined;
}

const property = (error: unknown, name: string): string => (error instanceof Error ? String(Reflect.get(error, name)) : '');

/** Errors of fastify whose status alone would say something else than is meant. */
const byCode: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
};
const byStatus: Readonly<Record<string, ErrorCode>> = {
  400: 'body-unreadable',
  401: 'credential-missing',
  403: 'role-missing',
  404: 'not-found',
  413: 'body-too-large',
  415: 'media-type-unsupported',
  429: 'rate-limited',
  503: 'overloaded',
};

/**
 * Answers bytes that are no HTTP request, or came too slowly, and hangs up. No request exists yet, so none is named. A socket that said
 * nothing is closed without a word: a browser opens some ahead, and would take what it hears there for the answer to whatever it asks next.
 */
export function answerNoRequest(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable || socket.bytesRead === 0) {
    socket.destroy();
    return;
  }
  const document = JSON.stringify(problem('body-unreadable', '', 'This is no complete HTTP request'));
  const head = [
    'HTTP/1.1 400 Bad Request',
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(document)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${document}`, () => socket.destroy());
}
