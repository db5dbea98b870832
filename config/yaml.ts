import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type ConfigFault, dotted, nearestWord } from './faults.ts';

/** A YAML file as it was read: its plain value, or the faults that kept it from being read. */
export interface YamlFile {
  readonly value: unknown;
  readonly faults: readonly ConfigFault[];
  /** The line (from 1) of the value at a path, or of the nearest thing above it that stands in the file. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | undefined;
}

const nowhere = () => undefined;

/**
 * Reads one YAML 1.2 file. Broken syntax and doubled keys come back as faults with their lines, all of them.
 * @param shown the file's name as faults shall give it
 */
export function readYaml(file: string, shown: string): YamlFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const fault = { path: '', file: shown, wrong: `cannot be read (${codeOf(error)})`, wanted: 'a readable YAML file' };
    return { value: undefined, faults: [fault], lineOf: nowhere };
  }
  return parseYaml(text, shown);
}

/** As {@link readYaml}, from a text. */
export function parseYaml(text: string, shown: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const faults = [...document.errors, ...document.warnings].map((error) => ({
    path: '',
    file: shown,
    line: lineAt(error.pos[0]),
    wrong: error.message,
    wanted: 'correct YAML',
  }));
  const lineOf = (path: readonly PropertyKey[]): number | undefined => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lineAt(node.range[0]);
    }
    return undefined;
  };
  if (faults.length > 0) return { value: undefined, faults, lineOf };
  try {
    return { value: document.toJS(), faults, lineOf };
  } catch (error) {
    // The parser finds an alias without its anchor, and aliases nested past its limit, only here.
    return { value: undefined, faults: [{ path: '', file: shown, wrong: codeOf(error), wanted: 'correct YAML' }], lineOf };
  }
}

/** Zod's issues as faults of a file. `known` gives the keys that an object at a path may have. */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  shown: string,
  lineOf: YamlFile['lineOf'],
  known: (path: readonly PropertyKey[]) => readonly string[],
): ConfigFault[] {
  const at = (path: readonly PropertyKey[]) => {
    const line = lineOf(path);
    return { path: dotted(path), file: shown, ...(line === undefined ? {} : { line }) };
  };
  return issues.flatMap((issue): ConfigFault[] => {
    if (issue.code !== 'unrecognized_keys') return [{ ...at(issue.path), ...split(issue) }];
    return issue.keys.map((key) => ({ ...at([...issue.path, key]), ...unknownKey(key, known(issue.path)) }));
  });
}

/** The two halves of a fault for a key that no schema knows. */
export function unknownKey(key: string, known: readonly string[]): { wrong: string; wanted: string } {
  const meant = nearestWord(key, known);
  return { wrong: 'is not a known key', wanted: meant === undefined ? `one of ${known.join(', ')}` : `${meant} (did you mean that?)` };
}

/** Zod's "what: wanted" message cut in two; our own messages (`must …`) are the wanted half. */
export function split(issue: z.core.$ZodIssue): { wrong: string; wanted: string } {
  switch (issue.code) {
    case 'invalid_type':
      return {
        wrong: issue.message.includes('received undefined') ? 'is missing' : 'is of the wrong type',
        wanted: `a value of type ${issue.expected}`,
      };
    case 'invalid_value':
      return { wrong: 'is not one of the known values', wanted: `one of ${issue.values.map(String).join(', ')}` };
    case 'too_small':
      return { wrong: 'is too small', wanted: `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}` };
    case 'too_big':
      return { wrong: 'is too big', wanted: `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}` };
    default:
      return { wrong: 'is not right', wanted: issue.message };
  }
}

/** The system's short reason (`ENOENT`, `EACCES`) or the message of anything else that was thrown. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
