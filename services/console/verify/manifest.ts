import type { Missing } from './report.ts';

/** The manifest of a bundle, `baiying-evidence/1`. */

export interface Listed {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly footageId?: string;
  /** Of a picture or a recording: its hash when it was taken. */
  readonly recorded?: string;
}
export interface Manifest {
  readonly form: 'baiying-evidence/1';
  readonly incident: { readonly id: string; readonly number: number; readonly kind: string; readonly exercise: boolean };
  readonly takenAt: string;
  readonly takenBy: string;
  readonly timeline: { readonly entries: number; readonly head: string };
  readonly key: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string; readonly kid: string };
  readonly parts: readonly Listed[];
  readonly missing: readonly Missing[];
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const has = (value: unknown, fields: Readonly<Record<string, 'string' | 'number' | 'boolean'>>): value is Tree =>
  isTree(value) && Object.entries(fields).every(([name, type]) => typeof value[name] === type);
const lists = (value: unknown, fields: Parameters<typeof has>[1]): boolean =>
  Array.isArray(value) && value.every((one) => has(one, fields));

/** Undefined for what is no manifest of this form. */
export function readManifest(text: string): Manifest | undefined {
  const value = parsed(text);
  return isManifest(value) ? value : undefined;
}

function isManifest(value: unknown): value is Manifest {
  return (
    has(value, { form: 'string', takenAt: 'string', takenBy: 'string' }) &&
    value['form'] === 'baiying-evidence/1' &&
    has(value['incident'], { id: 'string', number: 'number', kind: 'string', exercise: 'boolean' }) &&
    has(value['timeline'], { entries: 'number', head: 'string' }) &&
    has(value['key'], { kty: 'string', crv: 'string', x: 'string', kid: 'string' }) &&
    lists(value['parts'], { path: 'string', bytes: 'number', sha256: 'string' }) &&
    lists(value['missing'], { cameraId: 'string', what: 'string', reason: 'string' })
  );
}

/** Undefined for what is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
