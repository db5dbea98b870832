import { seconds } from '../../services/alarm/index.ts';
import { compareHeads, type HeadsReport } from '../../services/dispatch/heads/compare.ts';
import { Fault } from '../../services/errors.ts';
import { type AuditVerdict, verifyAudit } from '../../services/store/audit.ts';
import type { Store } from '../../services/store/connect.ts';
import { type ChainVerdict, countIncidents, type IncidentChain, verifyChain, verifyChains } from '../../services/store/timeline.ts';
import { describeHeads } from './heads.ts';
import type { Io } from './io.ts';

type Db = Store['routine'];

export interface ChainReport {
  readonly intact: boolean;
  /** What was looked at. */
  readonly incidents: number;
  readonly entries: number;
  /** Absent when one incident was asked for. */
  readonly audit?: AuditVerdict;
  /** The incidents whose chains do not hold, each with its first broken place. */
  /** What was noted outside the record, compared with it; absent where nothing was noted, or one incident was asked for. */
  readonly heads?: HeadsReport;
  readonly broken: readonly { readonly id: string; readonly number: number; readonly brokenAt: number; readonly why: Broken['why'] }[];
}
type Broken = Extract<ChainVerdict, { intact: false }>;

const page = 200;
const tellEvery = seconds(2);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Number or id of one incident; else all of them and the audit trail, and, with a file of heads, what was noted there. */
export interface Asked {
  readonly incident?: string;
  readonly heads?: string;
}

/**
 * Recomputes hash chains from the record.
 * @throws Fault `not-found`
 */
export async function checkChains(db: Db, { incident, heads }: Asked, io: Io): Promise<ChainReport> {
  if (incident !== undefined) return reportOf([await one(db, incident, io)]);
  const chains = await all(db, io);
  io.progress(io.t('checking the audit trail …', '正在核对审计记录……'));
  const audit = await verifyAudit(db);
  return reportOf(chains, audit, heads === undefined ? undefined : await compareHeads(db, heads));
}

async function one(db: Db, incident: string, { t }: Io): Promise<IncidentChain> {
  const number = /^[1-9]\d{0,14}$/.test(incident) ? Number(incident) : undefined;
  if (number === undefined && !uuid.test(incident))
    throw new Fault(
      'not-found',
      t(`${incident} is neither the number nor the id of an incident`, `${incident} 既不是警情编号，也不是警情标识`),
    );
  const chain = await verifyChain(db, number === undefined ? { id: incident } : { number });
  if (!chain) throw new Fault('not-found', t(`There is no incident ${incident} in the record`, `记录中没有警情 ${incident}`));
  return chain;
}

async function all(db: Db, io: Io): Promise<readonly IncidentChain[]> {
  const total = await countIncidents(db);
  const chains: IncidentChain[] = [];
  let told = performance.now();
  for (;;) {
    const next = await verifyChains(db, chains.at(-1)?.number ?? 0, page);
    chains.push(...next);
    if (next.length < page) return chains;
    if (performance.now() - told < tellEvery) continue;
    told = performance.now();
    io.progress(io.t(`checked ${chains.length} of ${total} incidents …`, `已核对 ${chains.length}/${total} 件警情……`));
  }
}

function reportOf(chains: readonly IncidentChain[], audit?: AuditVerdict, heads?: HeadsReport): ChainReport {
  const broken = chains.flatMap(({ id, number, verdict }) =>
    verdict.intact ? [] : [{ id, number, brokenAt: verdict.brokenAt, why: verdict.why }],
  );
  return {
    intact: broken.length === 0 && audit?.ok !== false && (heads?.faults.length ?? 0) === 0,
    incidents: chains.length,
    entries: chains.reduce((sum, { verdict }) => sum + verdict.entries, 0),
    ...(audit === undefined ? {} : { audit }),
    ...(heads === undefined ? {} : { heads }),
    broken,
  };
}

type Sentence = (at: number, io: Io) => string;
const words: Readonly<Record<Broken['why'], Sentence>> = {
  'entry-changed': (at, { t }) => t(`entry ${at} of its timeline was changed`, `时间线第 ${at} 条被改动`),
  'entry-out-of-place': (at, { t }) =>
    t(`entry ${at} of its timeline does not follow on the one before it`, `时间线第 ${at} 条与前一条不衔接`),
  'entry-missing': (at, { t }) => t(`entry ${at} of its timeline is missing`, `时间线缺少第 ${at} 条`),
  'end-missing': (at, { t }) =>
    t(`its timeline has ${at - 1} entries, which is not what the incident says`, `时间线有 ${at - 1} 条，与警情所记不符`),
  'picture-taken-out': (at, { t }) =>
    t(`the picture or recording of entry ${at} was taken out of the record`, `时间线第 ${at} 条所记的图片或录像已被从记录中取走`),
  'picture-changed': (at, { t }) =>
    t(`the record has another hash for the picture or recording of entry ${at}`, `时间线第 ${at} 条所记的图片或录像，其哈希与记录不符`),
  'picture-unknown': (_at, { t }) =>
    t('the record has a picture or recording that its timeline does not name', '记录中有时间线没有提到的图片或录像'),
};
const auditWords: Readonly<Record<Extract<AuditVerdict, { ok: false }>['reason'], Sentence>> = {
  'missing-row': (at, { t }) => t(`row ${at} is missing`, `缺少第 ${at} 行`),
  'broken-link': (at, { t }) => t(`row ${at} does not follow on the one before it`, `第 ${at} 行与前一行不衔接`),
  'changed-row': (at, { t }) => t(`row ${at} was changed`, `第 ${at} 行被改动`),
};

/** A line for each broken chain, and a summary. */
export function describeChains({ intact, incidents, entries, audit, heads, broken }: ChainReport, io: Io): string {
  const { t } = io;
  const lines = broken.map(({ id, number, brokenAt, why }) =>
    t(`BROKEN  incident ${number} (${id}): ${words[why](brokenAt, io)}`, `异常  警情 ${number}（${id}）：${words[why](brokenAt, io)}`),
  );
  if (audit?.ok === false) {
    const why = auditWords[audit.reason](audit.seq, io);
    lines.push(t(`BROKEN  audit trail: ${why}`, `异常  审计记录：${why}`));
  }
  const noted = heads && describeHeads(heads, io);
  lines.push(...(noted?.faults ?? []));
  const length = audit?.ok ? audit.length : undefined;
  const trail = audit === undefined ? '' : length === undefined ? ' and the audit trail' : ` and an audit trail of ${length} rows`;
  const trailZh = audit === undefined ? '' : length === undefined ? '及审计记录' : `及 ${length} 行审计记录`;
  const count = broken.length + (audit?.ok === false ? 1 : 0) + (heads?.faults.length ?? 0);
  lines.push(
    t(
      `checked ${incidents} incidents with ${entries} entries${trail}: ${intact ? 'all intact' : `${count} broken`}`,
      `已核对 ${incidents} 件警情的 ${entries} 条时间线${trailZh}：${intact ? '全部完整' : `${count} 处异常`}`,
    ),
  );
  if (noted) lines.push(noted.summary);
  else if (audit?.ok && audit.head)
    lines.push(
      t(
        `head of the audit trail: row ${audit.head.seq}, ${audit.head.hash} (note it elsewhere: rows cut off its end show only against an earlier note)`,
        `审计记录末行：第 ${audit.head.seq} 行，${audit.head.hash}（请另行抄存：末尾被截去的行，只有与先前抄存的对照才能发现）`,
      ),
    );
  return lines.join('\n');
}
