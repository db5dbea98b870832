import { type Correlation, type Incident, isPanic, partOf, type Sorting } from '../alarm/index.ts';
import { walkTestAt } from '../store/device-tests.ts';
import { uuidv7 } from '../store/ids.ts';
import { count, loadCase, newCase, perform } from './case.ts';
import { placeOf } from './correlate-stage.ts';
import type { PipelineDeps, Stage, Work } from './stages.ts';

/** What must happen now, and by when? */
export const escalateStage = (deps: PipelineDeps): Stage => ({
  name: 'escalate',
  run: (work) => escalate(deps, work),
});

async function escalate(deps: PipelineDeps, work: Work): Promise<void> {
  const { sorting, correlation } = work;
  if (!correlation || !sorting) return;
  if (correlation.outcome === 'opens' && sorting.role === 'opens') return open(deps, work, sorting, correlation);
  if (correlation.outcome !== 'joins' || (await join(deps, work, sorting, correlation))) return;
  // It was closed while this signal was being placed. Placed again without it: a call must not vanish into a closed incident.
  work.open = work.open.filter((incident) => incident.id !== correlation.incidentId);
  const again = placeOf(deps, work);
  if (again) work.correlation = again;
  await escalate(deps, work);
}

type Opens = Extract<Sorting, { role: 'opens' }>;

/** False for an incident that turns out closed now that it is locked; it is left as its operator closed it. */
async function join(
  deps: PipelineDeps,
  work: Work,
  sorting: Sorting,
  correlation: Extract<Correlation, { outcome: 'joins' }>,
): Promise<boolean> {
  const { db, signal, now } = work;
  const joined = await loadCase(db, deps, { incidentId: correlation.incidentId }, now, correlation.raises ? 'units' : 'no-units');
  if (!joined || joined.stored.incident.state === 'closed') return false;
  work.cases.push(joined);
  count(joined, now);
  const by = signal.deviceId;
  if (correlation.raises && sorting.role === 'opens') {
    // A walk test that is pressed harder is still one: it must not send anybody running.
    const kind = joined.stored.incident.kind === 'walk-test' ? 'walk-test' : sorting.kind;
    perform(joined, deps, { type: 'raised', to: sorting.priority, kind, silent: sorting.silent, by }, now);
  }
  const sounds = sorting.role === 'opens';
  perform(joined, deps, { type: 'signalled', sorted: sorting.reason, placed: correlation.reason, by, what: signal.type, sounds }, now);
  if (correlation.confirms) perform(joined, deps, { type: 'confirmed', by }, now);
  // A silence that has ended asks nothing of anyone any more (ISA-18.2: no alarm without an answer to give).
  if (correlation.reason === 'ends-silence') perform(joined, deps, { type: 'closed', by, disposition: 'genuine' }, now);
  return true;
}

async function open(
  deps: PipelineDeps,
  work: Work,
  sorting: Opens,
  correlation: Extract<Correlation, { outcome: 'opens' }>,
): Promise<void> {
  const { db, signal, now } = work;
  const opened = await newCase(db, deps, openingOf(work, sorting, await kindOf(work, sorting)), now, work.engaged);
  work.cases.push(opened);
  count(opened, now);
  const by = signal.deviceId;
  perform(opened, deps, { type: 'opened', sorted: sorting.reason, placed: correlation.reason, by }, now);
  if (correlation.confirmed) perform(opened, deps, { type: 'confirmed', by }, now);
  for (const link of correlation.links) {
    perform(opened, deps, { type: 'linked', number: link.number, reason: link.reason }, now);
    const neighbour = await loadCase(db, deps, { incidentId: link.incidentId }, now, 'no-units');
    if (!neighbour) continue;
    work.cases.push(neighbour);
    perform(neighbour, deps, { type: 'linked', number: opened.stored.incident.number, reason: link.reason }, now);
    if (link.confirms) perform(neighbour, deps, { type: 'confirmed', by }, now);
  }
  const first = opened.stored.incident.id;
  work.links.push(...correlation.links.map((link) => ({ a: first, b: link.incidentId, reason: link.reason })));
}

/** What a walk test asked for goes the whole way under a name of its own. Only an exercise is ever asked about. */
async function kindOf({ db, signal }: Work, { kind }: Opens): Promise<string> {
  if (!signal.exercise || !isPanic(kind)) return kind;
  return (await walkTestAt(db, signal.deviceId, signal.receivedAt)) ? 'walk-test' : kind;
}

function openingOf(work: Work, sorting: Opens, kind: string): Omit<Incident, 'number'> {
  const { site, signal, now } = work;
  const part = partOf(signal);
  return {
    id: uuidv7(now),
    kind,
    priority: sorting.priority,
    state: 'open',
    silent: sorting.silent,
    confirmed: false,
    exercise: signal.exercise,
    ...work.place,
    ...(site === undefined ? {} : { siteId: site.id }),
    deviceId: signal.deviceId,
    ...(part === undefined ? {} : { part }),
    openedAt: now,
  };
}
