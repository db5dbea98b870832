import { type Correlation, type Incident, type Sorting } from '../alarm/index.ts';
import { uuidv7 } from '../store/ids.ts';
import { count, loadCase, newCase, perform } from './case.ts';
import type { PipelineDeps, Stage, Work } from './stages.ts';

/** What must happen now, and by when? */
export const escalateStage = (deps: PipelineDeps): Stage => ({
  name: 'escalate',
  async run(work) {
    const { sorting, correlation } = work;
    if (!correlation || !sorting) return;
    if (correlation.outcome === 'joins') await join(deps, work, sorting, correlation);
    if (correlation.outcome === 'opens' && sorting.role === 'opens') await open(deps, work, sorting, correlation);
  },
});

type Opens = Extract<Sorting, { role: 'opens' }>;

async function join(deps: PipelineDeps, work: Work, sorting: Sorting, correlation: Extract<Correlation, { outcome: 'joins' }>): Promise<void> {
  const { db, signal, now } = work;
  const joined = await loadCase(db, deps, { incidentId: correlation.incidentId }, now, correlation.raises ? 'units' : 'no-units');
  if (!joined) return;
  work.cases.push(joined);
  count(joined, now);
  const by = signal.deviceId;
  if (correlation.raises && sorting.role === 'opens') {
    perform(joined, deps, { type: 'raised', to: sorting.priority, kind: sorting.kind, silent: sorting.silent, by }, now);
  }
  const sounds = sorting.role === 'opens';
  perform(joined, deps, { type: 'signalled', sorted: sorting.reason, placed: correlation.reason, by, what: signal.type, sounds }, now);
  if (correlation.confirms) perform(joined, deps, { type: 'confirmed', by }, now);
  // A silence that has ended asks nothing of anyone any more (ISA-18.2: no alarm without an answer to give).
  if (correlation.reason === 'ends-silence') perform(joined, deps, { type: 'closed', by, disposition: 'genuine' }, now);
}

async function open(deps: PipelineDeps, work: Work, sorting: Opens, correlation: Extract<Correlation, { outcome: 'opens' }>): Promise<void> {
  const { db, signal, now } = work;
  const opened = await newCase(db, deps, openingOf(deps, work, sorting), now);
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

function openingOf(deps: PipelineDeps, work: Work, sorting: Opens): Omit<Incident, 'number'> {
  const { device, site, signal, now } = work;
  const position = deps.register.position(signal.deviceId);
  const location = position === undefined ? (device?.location ?? site?.location) : { lat: position.lat, lon: position.lon };
  const unit = device?.unitId === undefined ? undefined : deps.register.unit(device.unitId);
  const gridId = site?.gridId ?? (location === undefined ? undefined : deps.register.gridAt(location)?.id);
  const stationId = site?.stationId ?? unit?.stationId ?? (gridId === undefined ? undefined : deps.register.grid(gridId)?.stationId);
  return {
    id: uuidv7(now),
    kind: sorting.kind,
    priority: sorting.priority,
    state: 'open',
    silent: sorting.silent,
    confirmed: false,
    exercise: signal.exercise,
    ...(stationId === undefined ? {} : { stationId }),
    ...(site === undefined ? {} : { siteId: site.id }),
    ...(gridId === undefined ? {} : { gridId }),
    deviceId: signal.deviceId,
    ...(location === undefined ? {} : { location }),
    openedAt: now,
  };
}

