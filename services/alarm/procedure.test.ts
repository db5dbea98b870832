import { expect, test } from 'vitest';
import { type Procedure, procedureFor, stepsMissing } from './procedure.ts';
import { step } from './step.ts';
import { incident, now, opened, situation } from './testing.ts';

const procedure = (id: string, kinds: string[], siteKinds: string[] = []): Procedure => ({
  id,
  title: { zh: id, en: id },
  version: 3,
  kinds,
  siteKinds,
  steps: [],
});
const shelf = [procedure('a-any', ['emergency']), procedure('b-bank', ['emergency'], ['bank']), procedure('c-own', [])];

test.each([
  ['its site names it', { kind: 'bank', procedureId: 'c-own' }, { id: 'c-own', version: 3, binding: true }],
  ['its kind at that kind of site', { kind: 'bank' }, { id: 'b-bank', version: 3, binding: false }],
  ['its kind anywhere', { kind: 'school' }, { id: 'a-any', version: 3, binding: false }],
  ['no site at all', undefined, { id: 'a-any', version: 3, binding: false }],
  ['a name that nobody wrote a procedure for', { kind: 'bank', procedureId: 'gone' }, { id: 'b-bank', version: 3, binding: false }],
])('the procedure of an incident: %s', (_name, site, found) => {
  expect(procedureFor(shelf, { kind: 'emergency' }, site)).toEqual(found);
});

test('no procedure is for the kind', () => {
  expect(procedureFor(shelf, { kind: 'tamper' }, { kind: 'bank' })).toBeUndefined();
});

test('only mandatory steps that nobody ticked are missing', () => {
  const text = { zh: '一', en: 'one' };
  const steps = [
    { id: 'look', text, mandatory: true },
    { id: 'call', text, mandatory: true },
    { id: 'speak', text, mandatory: false },
  ];
  expect(stepsMissing(steps, { look: { by: 'wang', at: now } }).map(({ id }) => id)).toEqual(['call']);
});

test('an incident begins with its procedure; a raise brings that of the new kind unless the site named one', () => {
  const procedureOf = ({ kind }: { kind: string }) => ({ id: kind, version: 1, binding: false });
  const world = situation({ procedureOf });
  expect(step(incident(), opened, world, now).incident.procedure).toEqual({ id: 'emergency', version: 1, binding: false });
  const raised = { type: 'raised', to: 1, kind: 'duress', silent: true, by: 'key-a' } as const;
  expect(step(incident({ procedure: { id: 'x', version: 1, binding: false } }), raised, world, now).incident.procedure?.id).toBe('duress');
  const bound = { id: 'x', version: 1, binding: true };
  expect(step(incident({ procedure: bound }), raised, world, now).incident.procedure).toEqual(bound);
});
