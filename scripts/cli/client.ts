import { z } from 'zod';
import type { Settings } from '../../config/schema.ts';
import { problemsZh } from '../../services/console/words/chinese.ts';
import { faultWords } from '../../services/console/words/fault-words.ts';
import { faults as faultTexts } from '../../services/console/words/faults.ts';
import { Ends, exits, type Io } from './io.ts';

/** The HTTP interface of the service, as the commands use it. */
export interface Client {
  readonly url: string;
  /** @throws Ends in the words of the service when it says no */
  ask<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** Sends a sheet. */
  send<T>(path: string, type: string, body: Uint8Array<ArrayBuffer>): Promise<T>;
  /** Events of one type from now on, until `signal`. */
  events(type: string, signal: AbortSignal, take: (data: unknown) => void): Promise<void>;
}

export interface ClientParts {
  readonly io: Io;
  readonly url: string;
  readonly token: string | undefined;
}

const longest = 150_000;
const problem = z.object({
  title: z.string(),
  detail: z.string().optional(),
  code: z.string(),
  remedy: z.string().optional(),
  faults: z
    .array(z.object({ path: z.string(), message: z.string(), row: z.number().optional(), column: z.string().optional() }))
    .default([]),
});

/** @throws Ends when it is no address */
export function urlOf(named: string, io: Io): string {
  const url = URL.parse(named);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Ends(exits.askedWrongly, io.t(`--url: ${named} is not http://host:port`, `--url：${named} 不是 http://主机:端口`));
}

/** Where the service of these settings listens. @throws Ends when that cannot be known */
export function urlOfSettings(settings: Pick<Settings, 'bind' | 'httpPort'>, io: Io): string {
  if (settings.httpPort !== 0) return ownUrl(settings);
  throw new Ends(
    exits.askedWrongly,
    io.t(
      '--url is missing: with httpPort 0 the ready line says where the service is',
      '缺少 --url：httpPort 为 0 时，服务地址见启动时的 ready 行',
    ),
  );
}

/** Where this machine reaches a service that listens as these settings say. */
export function ownUrl({ bind, httpPort }: Pick<Settings, 'bind' | 'httpPort'>): string {
  const host = bind === '0.0.0.0' ? '127.0.0.1' : bind === '::' ? '[::1]' : bind.includes(':') ? `[${bind}]` : bind;
  return `http://${host}:${httpPort}`;
}

export function openClient({ io, url, token }: ClientParts): Client {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const call = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(`${url}/api/v1${path}`, { ...init, headers: { ...authorization, ...init.headers } });
    } catch (error) {
      throw away(io, url, error);
    }
  };
  const answered = async <T>(response: Response): Promise<T> => {
    const text = await response.text();
    if (!response.ok) throw refused(io, response.status, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    url,
    ask: async (method, path, body) =>
      answered(
        await call(path, {
          method,
          signal: AbortSignal.timeout(longest),
          ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        }),
      ),
    send: async (path, type, body) =>
      answered(await call(path, { method: 'POST', signal: AbortSignal.timeout(longest), headers: { 'content-type': type }, body })),
    async events(type, signal, take) {
      const response = await call(`/stream?types=${encodeURIComponent(type)}`, { signal });
      if (!response.ok || !response.body) throw refused(io, response.status, await response.text());
      let text = '';
      for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
        text += part;
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) if (line.startsWith('data: ')) take(JSON.parse(line.slice(6)));
      }
    },
  };
}

function away(io: Io, url: string, error: unknown): Ends {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
  return new Ends(
    exits.away,
    io.t(
      `No Baiying answers at ${url} (${why}).\n-> start it with npm start, or name its address with --url`,
      `${url} 没有百应在应答（${why}）。\n-> 用 npm start 启动，或用 --url 指明地址`,
    ),
  );
}

/** The problem document of the service: what is wrong, every fault with its field, what to do. */
function refused(io: Io, status: number, text: string): Ends {
  const read = problem.safeParse(parsed(text));
  if (!read.success)
    return new Ends(
      exits.unwell,
      io.t(`The service answered ${status}: ${text.slice(0, 300)}`, `服务应答 ${status}：${text.slice(0, 300)}`),
    );
  const { code, faults } = read.data;
  const { what, todo } = code === 'credential-missing' ? { ...wordsOf(io, read.data), todo: signIn(io) } : wordsOf(io, read.data);
  const lines = [`${what} (${code})`, ...faults.map((fault) => `  ${faultLine(io, fault)}`), ...(todo === undefined ? [] : [`-> ${todo}`])];
  return new Ends(status === 401 || status === 403 ? exits.mayNot : exits.unwell, lines.join('\n'), code);
}

type ProblemRead = z.infer<typeof problem>;

const signIn = (io: Io): string =>
  io.t('sign in with baiying login, or give --token or BAIYING_TOKEN', '用 baiying login 登录，或给出 --token 或 BAIYING_TOKEN');

function wordsOf(
  io: Io,
  { title, detail = title, code, remedy, faults }: ProblemRead,
): { readonly what: string; readonly todo: string | undefined } {
  const zh: readonly [string, string] | undefined =
    io.lang === 'zh' ? Object.entries(problemsZh).find(([known]) => known === code)?.[1] : undefined;
  if (!zh) return { what: detail, todo: remedy };
  // The faults below say in Chinese what the detail says in English.
  return { what: detail === title || faults.length > 0 ? zh[0] : `${zh[0]}：${detail}`, todo: zh[1] };
}

/** One of a sheet names its cell in the words of the sheet's own page. */
function faultLine(io: Io, { path, message, row, column }: ProblemRead['faults'][number]): string {
  if (io.lang === 'en') return `${path}: ${message}`;
  const words: Readonly<Record<string, string>> = faultTexts.zh;
  const called = (code: string): string => words[`called.${code}`] ?? code;
  const say = (key: string, values: Readonly<Record<string, string>>): string =>
    (words[key] ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '');
  const where = row === undefined || column === undefined ? path : `第 ${row} 行${column === '' ? '' : `，${called(column)}`}`;
  return `${where}：${faultWords(message, say, called)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Asks again and again until there is an answer; undefined when the time is over. */
export async function waitFor<T>(seconds: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() >= end) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
