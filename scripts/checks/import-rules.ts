import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Tests may look behind any door; what they share stands in files named for it. */
const tests = '\\.test\\.ts$|(^|/|-)testing\\.ts$|/test-[a-z-]+\\.ts$|^services/scenarios/';

/** Which way imports may run between the rooms of the product. Paths are regular expressions from the tree's root. */
export const importRules: readonly (IForbiddenRuleType & { readonly name: string; readonly comment: string })[] = [
  {
    name: 'alarm-imports-nobody',
    comment: 'services/alarm is pure: no package, no Node module, no sibling.',
    severity: 'error',
    from: { path: '^services/alarm/', pathNot: tests },
    to: { pathNot: '^services/alarm/|node_modules/(vitest|fast-check)/' },
  },
  {
    name: 'rooms-stay-apart',
    comment: 'broker, pipeline and dispatch meet in messages and the store, never in each other.',
    severity: 'error',
    from: { path: '^services/(broker|pipeline|dispatch)/' },
    to: { path: '^services/(broker|pipeline|dispatch)/', pathNot: '^services/$1/' },
  },
  {
    name: 'sql-only-in-store',
    comment: 'services/store is the only SQL; not even its types leave it.',
    severity: 'error',
    from: { pathNot: `^services/store/|${tests}` },
    to: { path: 'node_modules/kysely/' },
  },
  {
    name: 'pg-only-in-store-and-queue',
    comment: 'The queue hands BullMQ a PostgreSQL client; nobody else talks to the database, but a bench that fills it.',
    severity: 'error',
    from: { pathNot: `^services/(store|queue)/|^scripts/(checks|bench)/|${tests}` },
    to: { path: 'node_modules/(@types/)?pg/' },
  },
  {
    name: 'bullmq-only-in-queue',
    comment: 'services/queue is the only family of files that knows BullMQ and Redis; a bench measures it bare.',
    severity: 'error',
    from: { pathNot: '^services/queue/|^scripts/bench/escalation\\.ts$' },
    to: { path: 'node_modules/(bullmq|ioredis)/' },
  },
  {
    name: 'drivers-stay-apart',
    comment: 'A driver imports no other driver; what two share stands above both.',
    severity: 'error',
    from: { path: '^devices/([^/]+/[^/]+)/' },
    to: { path: '^devices/[^/]+/[^/]+/', pathNot: '^devices/$1/|^devices/media/' },
  },
  {
    name: 'devices-know-no-service',
    comment: 'Hardware knows no incident.',
    severity: 'error',
    from: { path: '^devices/' },
    to: { path: '^services/' },
  },
  {
    name: 'catalogue-only-for-mains',
    comment: 'Only main files, scenarios and scripts see the list of all drivers; the rest is handed what it needs.',
    severity: 'error',
    from: { pathNot: '^services/run\\.ts$|^services/scenarios/|^scripts/|^devices/[^/]+\\.test\\.ts$' },
    to: { path: '^devices/catalogue\\.ts$' },
  },
  {
    name: 'console-talks-to-routes',
    comment: 'The console knows the services by the types that are generated from their OpenAPI document, and by nothing else.',
    severity: 'error',
    from: { path: '^services/console/' },
    to: { path: '^(services|devices|config|scripts)/', pathNot: '^services/console/' },
  },
  {
    name: 'config-knows-the-rules-only',
    comment: 'Settings and policies are read before any room is built.',
    severity: 'error',
    from: { path: '^config/' },
    to: { path: '^(services|devices|scripts)/', pathNot: '^services/(alarm/|words\\.ts$)' },
  },
  {
    name: 'product-knows-no-test',
    comment: 'Production code does not know that it is being tested.',
    severity: 'error',
    from: { pathNot: `${tests}|^scripts/checks/|(vite|vitest)\\.config\\.ts$` },
    to: { path: '\\.test\\.ts$|node_modules/(vitest|fast-check)/' },
  },
  {
    name: 'no-cycles',
    comment: 'No file needs itself at run time; types may refer to each other.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'nothing-unresolved',
    comment: 'An import that cannot be found would escape every rule above.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];
