import {
  type Correlation,
  isPanic,
  type Opens,
  opening,
  type Sorting,
  saidByJoining,
  saidByOpening,
  saidToNeighbour,
} from '../alarm/index.ts';
import { walkTestAt } from '../store/device-tests.ts';
import { incidentIdOf } from '../store/ids.ts';
import { count, loadCase, newCase, perform } from './case.ts';
import { placeOf } from './correlate-stage.ts';
import { noteOfFirstOrders } from './sent-before.ts';
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
  for (const said of saidByJoining(signal, sorting, correlation, joined.stored.incident.kind)) perform(joined, deps, said, now);
  for (const said of noteOfFirstOrders(deps, signal)) perform(joined, deps, said, now);
  return true;
}

async function open(
  deps: PipelineDeps,
  work: Work,
  sorting: Opens,
  correlation: Extract<Correlation, { outcome: 'opens' }>,
): Promise<void> {
  const { db, signal, site, now } = work;
  const where = { ...work.place, ...(site === undefined ? {} : { siteId: site.id }) };
  const born = opening(signal, sorting, await kindOf(work, sorting), where, { id: incidentIdOf(signal), now });
  const opened = await newCase(db, deps, born, now, work.engaged);
  work.cases.push(opened);
  count(opened, now);
  for (const said of saidByOpening(signal, sorting, correlation)) perform(opened, deps, said, now);
  for (const said of noteOfFirstOrders(deps, signal)) perform(opened, deps, said, now);
  for (const link of correlation.links) {
    const neighbour = await loadCase(db, deps, { incidentId: link.incidentId }, now, 'no-units');
    if (!neighbour) continue;
    work.cases.push(neighbour);
    for (const said of saidToNeighbour(signal, link, opened.stored.incident)) perform(neighbour, deps, said, now);
  }
  const first = opened.stored.incident.id;
  work.links.push(...correlation.links.map((link) => ({ a: first, b: link.incidentId, reason: link.reason })));
}

/** What a walk test asked for goes the whole way under a name of its own. Only an exercise is ever asked about. */
async function kindOf({ db, signal }: Work, { kind }: Opens): Promise<string> {
  if (!signal.exercise || !isPanic(kind)) return kind;
  return (await walkTestAt(db, signal.deviceId, signal.receivedAt)) ? 'walk-test' : kind;
}
