import { globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';
import { importRules } from './import-rules.ts';

/**
 * Walks the imports of the product and prints the chain that breaks a rule. The canary is a small tree in which every
 * rule is broken on purpose: a walk that finds nothing there is blind (on an unknown TypeScript it sees no module at all).
 */
const home = resolve(import.meta.dirname, '../..');
const canary = join(import.meta.dirname, 'canary');
const rooms = ['services', 'devices', 'config', 'scripts'];
const blindSpots = '^scripts/checks/canary/|^services/console/(dist|public)/';

interface Walk {
  readonly seen: ReadonlySet<string>;
  readonly violations: readonly IViolation[];
}

async function walk(baseDir: string): Promise<Walk> {
  const { output } = await cruise(
    sourcesOf(baseDir),
    {
      baseDir,
      ruleSet: { forbidden: importRules.map((rule) => ({ ...rule })) },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: blindSpots },
    },
    {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      conditionNames: ['import', 'node', 'types', 'default'],
      exportsFields: ['exports'],
    },
  );
  if (typeof output === 'string') throw new TypeError('dependency-cruiser answered with text instead of a result');
  return { seen: seenIn(output), violations: output.summary.violations };
}

const seenIn = (result: ICruiseResult): Set<string> =>
  new Set(
    result.modules.filter((module) => !module.couldNotResolve && !module.source.includes('node_modules')).map((module) => module.source),
  );

const sourcesOf = (baseDir: string): string[] =>
  globSync(
    rooms.flatMap((room) => [`${room}/**/*.ts`, `${room}/**/*.tsx`]),
    { cwd: baseDir },
  )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !new RegExp(blindSpots).test(file) && !file.includes('node_modules/'))
    .sort();

function describeViolation({ rule, from, to, cycle }: IViolation): string {
  const chain = cycle === undefined ? [from, to] : [from, ...cycle.map((step) => step.name)];
  const reason = importRules.find(({ name }) => name === rule.name)?.comment ?? '';
  return `${rule.name}: ${chain.join(' -> ')}\n    ${reason}`;
}

/** Faults of the product's own tree. */
export async function checkTree(): Promise<{ faults: string[]; modules: number }> {
  const { seen, violations } = await walk(home);
  const unseen = sourcesOf(home).filter((file) => !seen.has(file));
  const blind = unseen.map((file) => `not walked: ${file}`);
  return { faults: [...blind, ...violations.map(describeViolation)], modules: seen.size };
}

/** Rules that the canary breaks and the walk did not notice. */
export async function checkCanary(): Promise<string[]> {
  const { violations } = await walk(canary);
  const noticed = new Set(violations.map(({ rule }) => rule.name));
  const asleep = importRules
    .filter(({ name }) => !noticed.has(name))
    .map(({ name }) => `${name}: ${relative(home, canary)} breaks it and nothing was noticed`);
  const innocent = violations
    .filter(({ from }) => from.includes('innocent'))
    .map((violation) => `false alarm: ${describeViolation(violation)}`);
  return [...asleep, ...innocent];
}

if (import.meta.main) {
  const [tree, asleep] = [await checkTree(), await checkCanary()];
  const faults = [...tree.faults, ...asleep];
  for (const fault of faults) console.error(fault);
  console.log(`imports: ${tree.modules} modules, ${importRules.length} rules, ${faults.length} faults`);
  process.exitCode = faults.length === 0 && tree.modules > 0 ? 0 : 1;
}
