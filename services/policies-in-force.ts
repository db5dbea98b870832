import { type Policies, policyDocument, toPolicies } from '../config/policies/load.ts';
import type { Instant } from './alarm/index.ts';
import type { Log } from './ports.ts';
import type { Store } from './store/connect.ts';
import { newestPolicies, type PolicyVersion } from './store/policies.ts';

export interface InForce {
  /** 0 while nobody ever changed them. */
  readonly version: number;
  readonly policies: Policies;
  readonly fromFile: boolean;
  readonly by?: string;
  readonly at?: Instant;
}

/** The policies that decide now: the newest of the record, or those of the files where it has none. */
export interface PoliciesInForce {
  now(): InForce;
  readonly ofFiles: Policies;
  /** Looks at the record again; resolves when what it says is in force here. */
  refresh(): Promise<void>;
  close(): void;
}

/** The news by which processes hear that other policies are in force. */
export const policyNews = 'policies';

/** Reads them once and follows the news, so that every process decides alike without a restart. */
export async function openPolicies(store: Store, ofFiles: Policies, log: Log): Promise<PoliciesInForce> {
  let inForce: InForce = { version: 0, policies: ofFiles, fromFile: true };
  const refresh = async (): Promise<void> => {
    const newest = await newestPolicies(store.routine);
    // Two readings may end in the other order than they began.
    if (newest && newest.version >= inForce.version) inForce = asInForce(newest, ofFiles, log);
  };
  const news = store.hub.listen(policyNews, () => {
    refresh().catch((error: unknown) => log.error({ err: error }, 'the policies could not be read again; the next news tries it again'));
  });
  try {
    await refresh();
  } catch (error) {
    news.stop();
    throw error;
  }
  if (!inForce.fromFile) log.info({ version: inForce.version }, 'policies of the record are in force, not those of the files');
  return { now: () => inForce, ofFiles, refresh, close: () => news.stop() };
}

function asInForce({ version, document, by, at }: PolicyVersion, ofFiles: Policies, log: Log): InForce {
  if (document === undefined) return { version, policies: ofFiles, fromFile: true, by, at };
  const read = policyDocument.safeParse(document);
  if (read.success) return { version, policies: toPolicies(read.data), fromFile: false, by, at };
  // Written by another release. Rules that cannot be read must not keep the station from deciding at all.
  log.error({ version, issues: read.error.issues }, 'the policies of the record cannot be read; those of the files are in force');
  return { version, policies: ofFiles, fromFile: true, by, at };
}
