import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { deviceTryRoutes, type TryRouteDeps } from './device-try.ts';
import { type BrokerPorts, driverRoutes } from './drivers.ts';
import { type InstallationRouteDeps, installationRoutes } from './installation.ts';
import { type PlanDeps, planRoutes } from './plans.ts';
import { type TestsDueDeps, testsDueRoutes } from './tests-due.ts';

export type InstallerDeps = TryRouteDeps & PlanDeps & InstallationRouteDeps & TestsDueDeps & { readonly broker: BrokerPorts };

/** What is opened for them once. */
export type Installing = Pick<InstallerDeps, 'tryDevice' | 'plans' | 'link' | 'broker'>;

/** What whoever mounts, binds and tests devices needs besides the register. */
export const installerRoutes = (deps: InstallerDeps): readonly FastifyPluginAsyncZod[] => [
  driverRoutes(deps),
  deviceTryRoutes(deps),
  planRoutes(deps),
  installationRoutes(deps),
  testsDueRoutes(deps),
];
