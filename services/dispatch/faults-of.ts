import type { FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, type ZodFastifySchemaValidationError } from 'fastify-type-provider-zod';
import type { FieldFault } from '../errors.ts';

/** Every fault that the schemas found in a request, with its dotted path: `body.location.lat`, `query.limit`, `params.id`. */

/** The order in which fastify checks; it stops at the first part with a fault, we go on. */
const parts = ['params', 'body', 'querystring', 'headers'] as const;
type Part = (typeof parts)[number];
const names: Record<Part, string> = { params: 'params', body: 'body', querystring: 'query', headers: 'headers' };

export function schemaFaults(error: unknown, request: FastifyRequest): FieldFault[] | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined;
  const failed = parts.find((part) => part === error.validationContext) ?? 'body';
  const later = parts.slice(parts.indexOf(failed) + 1).flatMap((part) => partFaults(part, request));
  return [...error.validation.flatMap((fault) => described(names[failed], fault)), ...later];
}

function partFaults(part: Part, request: FastifyRequest): FieldFault[] {
  const check = request.getValidationFunction(part) as unknown as Check | undefined;
  if (!check) return [];
  const held = { params: request.params, body: request.body, querystring: request.query, headers: request.headers }[part];
  return (check(held).error ?? []).flatMap((fault) => described(names[part], fault));
}
type Check = (data: unknown) => { readonly error?: readonly ZodFastifySchemaValidationError[] };

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

function described(root: string, fault: ZodFastifySchemaValidationError): FieldFault[] {
  const path = fault.instancePath.split('/').filter((step) => step !== '');
  return unfolded([root, ...path], { ...(fault.params as Partial<Issue>), code: fault.keyword, path: [], message: fault.message ?? '' });
}

/** One fault for each unknown field, and for a union the faults of the branch that came nearest. */
function unfolded(base: readonly PropertyKey[], issue: Issue): FieldFault[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({ path: dotted([...path, key]), message: 'Unknown field' }));
  const nearest = issue.code === 'invalid_union' ? nearestOf(issue.errors ?? []) : undefined;
  if (nearest) return nearest.flatMap((inner) => unfolded(path, inner));
  return [{ path: dotted(path), message: issue.message }];
}

function nearestOf(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  // A branch that fails at its root is of another type altogether: it says less than one that fails inside.
  const inside = branches.filter((branch) => branch.some((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'));
  return inside.toSorted((a, b) => a.length - b.length)[0];
}

const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** Faults named by handlers are dotted from the body's root; in the answer every path says which part it is of. */
export const rooted = (faults: readonly FieldFault[]): FieldFault[] =>
  faults.map((fault) =>
    /^(body|query|params|headers)(\.|$)/.test(fault.path) ? fault : { ...fault, path: fault.path ? `body.${fault.path}` : 'body' },
  );
