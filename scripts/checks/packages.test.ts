import { expect, test } from 'vitest';
import { type Lock, linesOf, surprises } from './packages.ts';

const known: Lock['packages'] = {
  '': {},
  'node_modules/fastify': { license: 'MIT', integrity: 'sha512-a' },
  'node_modules/fastify/node_modules/pino': { license: 'MIT', integrity: 'sha512-b' },
  'node_modules/@scope/native': { license: 'ISC', integrity: 'sha512-c', hasInstallScript: true },
};
const reviewed = linesOf({ packages: known });
const allowed = { '@scope/native': false };

test('what was agreed to is no surprise, whatever its version', () => {
  expect(reviewed).toEqual(['@scope/native  ISC  runs a script when installed', 'fastify  MIT', 'pino  MIT']);
  expect(surprises({ packages: known }, reviewed, allowed)).toEqual([]);
});

const changes: [what: string, packages: Lock['packages'], said: string][] = [
  ['a package that nobody looked at', { 'node_modules/left-pad': { license: 'WTFPL', integrity: 'sha512-d' } }, 'new: left-pad  WTFPL'],
  ['one deep below another', { 'node_modules/fastify/node_modules/x': { license: 'MIT', integrity: 'sha512-d' } }, 'new: x  MIT'],
  [
    'a script that was not there',
    { 'node_modules/fastify': { license: 'MIT', integrity: 'a', hasInstallScript: true } },
    'neither allowed',
  ],
  ['another licence', { 'node_modules/fastify': { license: 'AGPL-3.0', integrity: 'sha512-a' } }, 'new: fastify  AGPL-3.0'],
  ['no hash', { 'node_modules/fastify': { license: 'MIT' } }, 'without a hash'],
];
test.each(changes)('%s is one', (_what, packages, said) => {
  expect(surprises({ packages: { ...known, ...packages } }, reviewed, allowed).join('\n')).toContain(said);
});

test('so is one that is gone', () => {
  const { 'node_modules/fastify': _gone, ...packages } = known;
  expect(surprises({ packages }, reviewed, allowed)).toEqual(['gone: fastify  MIT']);
});
