import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { digestGuard, type Guard } from '../../digest-guard.ts';
import type { After } from '../../web.ts';
import { child, down, readXml, tag, textAt, type Xml, type XmlElement } from '../../xml.ts';
import { picturePath } from './simulator-media.ts';
import { type Asked, type CameraState, type Operations, prefixes, SimulatedFault } from './simulator-state.ts';

/** The HTTP side of a simulated camera: who may pass, what is answered, and how it goes wrong on purpose. */

export type FaultKind =
  /** Breaks the connection when it is asked. */
  | 'reset'
  /** 503. */
  | 'unavailable'
  /** A SOAP fault with 500. */
  | 'soap-fault'
  /** 200 and bytes that are nothing. */
  | 'garbage'
  /** 200 and no body. */
  | 'empty'
  /** 401 to everyone. */
  | 'unauthorized'
  /** Takes the request and never answers. */
  | 'silence'
  /** Ends in the middle of the body. */
  | 'truncated'
  /** One byte in a second. */
  | 'drip'
  /** A web page with 200, as where another firmware listens. */
  | 'html';

export interface Fault {
  readonly kind: FaultKind;
  /** Names of operations; all when absent. Pictures are `GET`. */
  readonly only?: readonly string[];
}

export interface Desk {
  readonly camera: CameraState;
  readonly operations: Operations;
  readonly picture: () => Uint8Array;
  readonly fault: () => Fault | undefined;
  readonly noted: (asked: Asked) => void;
}

const largestRequest = 256 * 1024;
const beforeSignIn = new Set(['GetSystemDateAndTime', 'GetServices', 'GetCapabilities', 'GetHostname', 'GetServiceCapabilities']);
const tokenWindow = 5 * 60_000;

export function openServer(desk: Desk): Server {
  const { tls, username, password } = desk.camera.options;
  const guard =
    username === undefined || password === undefined ? undefined : digestGuard({ username, password, realm: desk.camera.options.id });
  const listener: RequestListener = (request, response) => {
    answer(desk, guard, request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  };
  return tls ? createTlsServer(tls, listener) : createServer(listener);
}

async function answer(desk: Desk, guard: Guard | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await readBody(request);
  const path = request.url ?? '/';
  const read = request.method === 'POST' ? readXml(text) : undefined;
  const envelope = read && 'root' in read ? read.root : undefined;
  const body = child(envelope, 'Body')?.children[0];
  const asked: Asked = {
    at: desk.camera.now(),
    operation: body?.name ?? (request.method === 'POST' ? 'unreadable' : 'GET'),
    path,
    status: 0,
  };
  desk.noted(asked);
  response.once('close', () => {
    asked.status = response.headersSent ? response.statusCode : 0;
  });
  const fault = desk.fault();
  if (fault && (fault.only === undefined || fault.only.includes(asked.operation))) return goWrong(fault.kind, response, desk.camera.after);
  const challenges = admit(desk, guard, { request, asked, envelope });
  if (challenges) return refuse(challenges, response);
  if (body) return answerSoap(desk, { path, body, header: child(envelope, 'Header') }, response);
  if (request.method === 'GET' && path === picturePath) return send(response, 200, 'image/jpeg', desk.picture());
  return send(response, 404, 'text/html', '<html><head><title>404</title></head><body>Not Found</body></html>');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.byteLength;
    if (size > largestRequest) throw new Error('request is too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

type Refusal = { readonly challenges: readonly string[] } | 'fault';

/** Undefined for who may pass. A camera without HTTP Digest says no by a SOAP fault. */
function admit(
  { camera }: Desk,
  guard: Guard | undefined,
  { request, asked, envelope }: { request: IncomingMessage; asked: Asked; envelope: XmlElement | undefined },
): Refusal | undefined {
  const way = camera.options.authentication ?? (guard ? 'either' : 'none');
  if (!guard || way === 'none' || beforeSignIn.has(asked.operation)) return undefined;
  const isPicture = asked.operation === 'GET';
  if (way !== 'digest' && !isPicture && hasToken(camera, down(envelope, 'Header', 'Security', 'UsernameToken'))) return undefined;
  if (way === 'wsse' && !isPicture) return 'fault';
  const challenges = guard({ method: request.method, url: request.url, authorization: request.headers.authorization });
  return challenges && { challenges };
}

/** WS-UsernameToken as cameras check it: the digest, and that it was made within five minutes of their own clock. */
function hasToken(camera: CameraState, given: XmlElement | undefined): boolean {
  const created = textAt(given, 'Created') ?? '';
  const nonce = Buffer.from(textAt(given, 'Nonce') ?? '', 'base64');
  const digest = createHash('sha1')
    .update(nonce)
    .update(created + (camera.options.password ?? ''))
    .digest('base64');
  const right = textAt(given, 'Username') === camera.options.username && textAt(given, 'Password') === digest;
  return right && Math.abs(Date.parse(created) - camera.clock()) <= tokenWindow;
}

function refuse(refusal: Refusal, response: ServerResponse): void {
  if (refusal !== 'fault') response.setHeader('www-authenticate', [...refusal.challenges]);
  sendFault(
    response,
    new SimulatedFault(['ter:NotAuthorized'], 'The action requested requires authorization', refusal === 'fault' ? 400 : 401),
  );
}

async function answerSoap(
  { operations }: Desk,
  { path, body, header }: { path: string; body: XmlElement; header: XmlElement | undefined },
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const operation = Object.hasOwn(operations, body.name) ? operations[body.name] : undefined;
    if (!operation) throw new SimulatedFault(['ter:ActionNotSupported'], 'Not implemented', 500);
    const content = await operation({ path, body, header, gone: gone.signal });
    sendSoap(response, 200, content);
  } catch (error) {
    if (!(error instanceof SimulatedFault)) throw error;
    sendFault(response, error);
  }
}

const sendSoap = (response: ServerResponse, status: number, content: Xml): void =>
  send(
    response,
    status,
    'application/soap+xml; charset=utf-8',
    `<?xml version="1.0" encoding="UTF-8"?>${tag('s:Envelope', prefixes, tag('s:Body', {}, content)).xml}`,
  );

function sendFault(response: ServerResponse, { subcodes, message, status }: SimulatedFault): void {
  const nested = subcodes
    .toReversed()
    .reduce<Xml | undefined>((inner, code) => tag('s:Subcode', {}, tag('s:Value', {}, code), inner), undefined);
  const code = tag('s:Code', {}, tag('s:Value', {}, status >= 500 ? 's:Receiver' : 's:Sender'), nested);
  sendSoap(response, status, tag('s:Fault', {}, code, tag('s:Reason', {}, tag('s:Text', { 'xml:lang': 'en' }, message))));
}

const dripInterval = 1000;

function goWrong(kind: FaultKind, response: ServerResponse, after: After): void {
  switch (kind) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'unavailable':
      return send(response, 503, 'text/plain', 'busy');
    case 'soap-fault':
      return sendFault(response, new SimulatedFault(['ter:Action'], 'Internal error', 500));
    case 'garbage':
      return send(response, 200, 'application/soap+xml', Buffer.from('\u0000\u0001<<<>not xml'));
    case 'empty':
      return send(response, 200, 'application/soap+xml', '');
    case 'unauthorized':
      return refuse({ challenges: ['Digest realm="x", nonce="no", qop="auth"'] }, response);
    case 'silence':
      return;
    case 'truncated':
      response.writeHead(200, { 'content-type': 'application/soap+xml', 'content-length': 5000 }).write('<s:Envelope');
      after(0, () => response.destroy());
      return;
    case 'drip':
      response.writeHead(200, { 'content-type': 'application/soap+xml', 'content-length': 5000 });
      return drip(response, after);
    case 'html':
      return send(response, 200, 'text/html', '<html><head><title>404</title></head><body>Not Found</body></html>');
    default:
      throw new Error(`no such fault: ${kind satisfies never}`);
  }
}

function drip(response: ServerResponse, after: After): void {
  if (response.destroyed) return;
  response.write(' ');
  after(dripInterval, () => drip(response, after));
}
