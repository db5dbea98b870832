import { seconds } from '../../services/alarm/index.ts';
import { Fault } from '../../services/errors.ts';
import { type AuditVerdict, verifyAudit } from '../../services/store/audit.ts';
import type { Store } from '../../services/store/connect.ts';
import { type ChainVerdict, countIncidents, type IncidentChain, verifyChain, verifyChains } from '../../services/store/timeline.ts';

type Db = Store['routine'];

export interface ChainReport {
  readonly intact: boolean;
  /** What was looked at. */
  readonly incidents: number;
  readonly entries: number;
  /** Absent when one incident was asked for. */
  readonly audit?: AuditVerdict;
  /** The incidents whose chains do not hold, each with its first broken place. */
  readonly broken: readonly { readonly id: string; readonly number: number; readonly brokenAt: number; readonly why: Broken['why'] }[];
}
type Broken = Extract<ChainVerdict, { intact: false }>;

const page = 200;
const tellEvery = seconds(2);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Recomputes hash chains from the record.
 * @param incident number or id of one; all incidents and the audit trail when absent
 * @throws Fault `not-found`
 */
export async function checkChains(db: Db, incident: string | undefined, tell: (text: string) => void): Promise<ChainReport> {
  if (incident !== undefined) return reportOf([await one(db, incident)]);
  const chains = await all(db, tell);
  tell('checking the audit trail …');
  return reportOf(chains, await verifyAudit(db));
}

async function one(db: Db, incident: string): Promise<IncidentChain> {
  const number = /^[1-9]\d{0,14}$/.test(incident) ? Number(incident) : undefined;
  if (number === undefined && !uuid.test(incident))
    throw new Fault('not-found', `${incident} is neither the number nor the id of an incident`);
  const chain = await verifyChain(db, number === undefined ? { id: incident } : { number });
  if (!chain) throw new Fault('not-found', `There is no incident ${incident} in the record`);
  return chain;
}

async function all(db: Db, tell: (text: string) => void): Promise<readonly IncidentChain[]> {
  const total = await countIncidents(db);
  const chains: IncidentChain[] = [];
  let told = performance.now();
  for (;;) {
    const next = await verifyChains(db, chains.at(-1)?.number ?? 0, page);
    chains.push(...next);
    if (next.length < page) return chains;
    if (performance.now() - told < tellEvery) continue;
    told = performance.now();
    tell(`checked ${chains.length} of ${total} incidents …`);
  }
}

function reportOf(chains: readonly IncidentChain[], audit?: AuditVerdict): ChainReport {
  const broken = chains.flatMap(({ id, number, verdict }) =>
    verdict.intact ? [] : [{ id, number, brokenAt: verdict.brokenAt, why: verdict.why }],
  );
  return {
    intact: broken.length === 0 && audit?.ok !== false,
    incidents: chains.length,
    entries: chains.reduce((sum, { verdict }) => sum + verdict.entries, 0),
    ...(audit === undefined ? {} : { audit }),
    broken,
  };
}

const words: Readonly<Record<Broken['why'], (at: number) => string>> = {
  'entry-changed': (at) => `entry ${at} of its timeline was changed`,
  'entry-missing': (at) => `entry ${at} of its timeline is missing`,
  'end-missing': (at) => `its timeline has ${at - 1} entries, which is not what the incident says`,
};
const auditWords: Readonly<Record<Extract<AuditVerdict, { ok: false }>['reason'], string>> = {
  'missing-row': 'is missing',
  'broken-link': 'does not follow on the one before it',
  'changed-row': 'was changed',
};

/** A line for each broken chain, and a summary. */
export function describeChains({ intact, incidents, entries, audit, broken }: ChainReport): string {
  const lines = broken.map(({ id, number, brokenAt, why }) => `BROKEN  incident ${number} (${id}): ${words[why](brokenAt)}`);
  if (audit?.ok === false) lines.push(`BROKEN  audit trail: row ${audit.seq} ${auditWords[audit.reason]}`);
  const trail = audit === undefined ? '' : audit.ok ? ` and an audit trail of ${audit.length} rows` : ' and the audit trail';
  const count = broken.length + (audit?.ok === false ? 1 : 0);
  lines.push(`checked ${incidents} incidents with ${entries} entries${trail}: ${intact ? 'all intact' : `${count} broken`}`);
  if (audit?.ok && audit.head)
    lines.push(
      `head of the audit trail: row ${audit.head.seq}, ${audit.head.hash} (note it elsewhere: rows cut off its end show only against an earlier note)`,
    );
  return lines.join('\n');
}
