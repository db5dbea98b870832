import { pino } from 'pino';
import type { Settings } from '../config/schema.ts';
import type { Log } from './ports.ts';

/** What an error says of itself in the log. */
export interface ErrorWords {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorWords;
}

/** The log of a process: JSON lines on stderr. */
export function openLog({ logLevel }: Pick<Settings, 'logLevel'>, role: string): Log {
  const redact = ['*.password', '*.secret', '*.authorization'];
  return pino({ level: logLevel, base: { role }, redact, serializers: { err: errorWords } }, pino.destination(2));
}

const deepest = 4;

/** These fields and no others: an error of pg carries its whole client, with the password, and the row that was refused. */
export function errorWords(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const code: unknown = Reflect.get(error, 'code');
  const words: ErrorWords = {
    type: error.constructor.name,
    message: messageOf(error),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause instanceof Error && depth < deepest ? { cause: errorWords(error.cause, depth + 1) as ErrorWords } : {}),
  };
  return words;
}

/** Node tells of a host with several addresses in an error that itself says nothing. */
export function messageOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message;
  const parts: readonly unknown[] = error.errors;
  return parts.map((part) => (part instanceof Error ? part.message : String(part))).join('; ');
}
