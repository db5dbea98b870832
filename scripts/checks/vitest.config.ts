import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './plain-reporter.ts';

/** What is pure or speaks only to simulators runs without PostgreSQL: `store` starts one for the whole run. */
const withoutRecord = ['services/alarm/**/*.test.ts', 'devices/**/*.test.ts', 'config/**/*.test.ts', 'services/console/**/*.test.ts'];

/** Stories of people at the console, in a real Chromium. */
const browser = 'services/scenarios/console/**/*.test.ts';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    maxWorkers: 2,
    // These only end what hangs: a machine may be busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', new PlainReporter()],
    projects: [
      { extends: true, test: { name: 'unit', include: withoutRecord } },
      {
        extends: true,
        test: {
          name: 'store',
          include: ['services/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...withoutRecord, browser],
          // Whole processes, real sockets and a database on a machine that others share: what passes only so is told by name at the end.
          retry: 1,
          globalSetup: ['scripts/checks/one-cluster.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browser],
          retry: 1,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          globalSetup: ['scripts/checks/one-cluster.ts', 'scripts/checks/fresh-console.ts'],
        },
      },
    ],
  },
});
