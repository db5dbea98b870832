import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './plain-reporter.ts';

/** What is pure or speaks only to simulators runs without PostgreSQL: `store` starts one for the whole run. */
const withoutRecord = ['services/alarm/**/*.test.ts', 'devices/**/*.test.ts', 'config/**/*.test.ts'];

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: ['default', new PlainReporter()],
    projects: [
      { extends: true, test: { name: 'unit', include: withoutRecord } },
      {
        extends: true,
        test: {
          name: 'store',
          include: ['services/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: withoutRecord,
          globalSetup: ['scripts/checks/one-cluster.ts'],
        },
      },
    ],
  },
});
