import type { z } from 'zod';
import { type Entry, type EscalationStep, type PolicyRule, type Priority, policyFor, rfc3339 } from '../alarm/index.ts';
import { namesFor } from '../names.ts';
import { broadcastsOf } from '../store/broadcast-lists.ts';
import type { Db } from '../store/connect.ts';
import { footageOf } from '../store/footage-lists.ts';
import { findIncident, type IncidentView, orderStatesOf, partsOfIncident } from '../store/incident-lists.ts';
import { procedureVersion } from '../store/procedures.ts';
import type { Register } from '../store/register-view.ts';
import type { Language, Words } from '../words.ts';
import { broadcastView, type incidentDetailShape, type incidentShape } from './routes/incident-shapes.ts';
import { found } from './routes/parts.ts';

export interface IncidentViewDeps {
  readonly db: Db;
  readonly register: Pick<Register, 'site' | 'station' | 'grid' | 'unit' | 'device'>;
  readonly words: Readonly<Record<Language, Pick<Words, 'entry' | 'step'>>>;
  /** The escalation policy that is in force. */
  readonly rules: () => readonly PolicyRule[];
}

type IncidentRow = z.infer<typeof incidentShape>;

/** Incidents as a queue shows them: with the names of their places, whom the clock calls next and how their orders stand. */
export async function incidentRows(deps: IncidentViewDeps, views: readonly IncidentView[]): Promise<IncidentRow[]> {
  if (views.length === 0) return [];
  const states = await orderStatesOf(
    deps.db,
    views.map(({ id }) => id),
  );
  return views.map((view) => rowOf(deps, view, states.get(view.id) ?? {}));
}

function rowOf(deps: IncidentViewDeps, view: IncidentView, orderStates: Readonly<Record<string, number>>): IncidentRow {
  const { register } = deps;
  const { ticks: _steps, clock, ...rest } = view;
  const name = <K extends string>(key: K, of: { readonly name: string } | undefined) => (of ? { [key]: of.name } : {});
  return {
    ...rest,
    ...name('siteName', view.siteId === undefined ? undefined : register.site(view.siteId)),
    ...name('stationName', view.stationId === undefined ? undefined : register.station(view.stationId)),
    ...name('gridName', view.gridId === undefined ? undefined : register.grid(view.gridId)),
    ...name('deviceName', view.deviceId === undefined ? undefined : register.device(view.deviceId)),
    orderStates,
    ...(clock && { clock: { ...clock, next: nextOf(deps, view, clock) } }),
  };
}

/** What the policy does when the running clock ends. */
function nextOf({ register, words, rules }: IncidentViewDeps, view: IncidentView, { name, level }: { name: string; level: number }) {
  const site = view.siteId === undefined ? undefined : register.site(view.siteId);
  const policy = policyFor(rules(), { ...view, priority: view.priority as Priority }, site?.kind);
  const levels = name === 'acknowledge' ? policy.acknowledge : policy.progress;
  const dutyUnit = view.stationId === undefined ? undefined : register.station(view.stationId)?.dutyUnitId;
  const leader = dutyUnit === undefined ? undefined : register.unit(dutyUnit);
  const who = (step: EscalationStep) => (step === 'duty-leader' && leader ? { unitId: leader.id, unit: leader.name } : {});
  return (levels[level - 1]?.steps ?? []).map((step) => ({ step, zh: words.zh.step(step), en: words.en.step(step), ...who(step) }));
}

/** An incident with all that belongs to it. @throws Fault `not-found` */
export async function incidentDetail(deps: IncidentViewDeps, id: string): Promise<z.infer<typeof incidentDetailShape>> {
  const { db } = deps;
  const view = found(await findIncident(db, id), 'incident');
  const [parts, broadcasts, seen, procedure, [row]] = await Promise.all([
    partsOfIncident(db, id),
    broadcastsOf(db, id),
    footageOf(db, id),
    procedureOf(deps, view),
    incidentRows(deps, [view]),
  ]);
  const { timeline, ...rest } = parts;
  const { procedure: _brief, ...face } = found(row, 'incident');
  return {
    ...face,
    ...(procedure && { procedure }),
    ...rest,
    ...seen,
    broadcasts: broadcasts.map(broadcastView),
    timeline: timeline.map((entry) => ({ ...entry, said: saidOf(deps, entry) })),
    names: namesIn(deps, [
      ...parts.signals.map(({ deviceId }) => deviceId),
      ...parts.orders.flatMap(({ unitId, deviceId }) => [unitId, deviceId]),
      ...broadcasts.flatMap(({ targets }) => targets.map(({ deviceId }) => deviceId)),
      ...seen.cameras.map(({ cameraId }) => cameraId),
    ]),
  };
}

/** The procedure as it was when the incident began, with what was done of it. */
async function procedureOf({ db }: IncidentViewDeps, { procedure, ticks }: IncidentView) {
  const kept = procedure && (await procedureVersion(db, procedure));
  if (!kept) return undefined;
  const steps = kept.steps.map((step) => {
    const done = Object.hasOwn(ticks, step.id) ? ticks[step.id] : undefined;
    return { ...step, ...(done && { done: { ...done, at: rfc3339(done.at) } }) };
  });
  return { ...procedure, title: kept.title, steps };
}

/** A line of the timeline in the reader's language; the text beside it is the one that was kept and hashed. */
function saidOf(
  { register, words }: IncidentViewDeps,
  entry: { kind: string; reason?: string; by?: string; data: Record<string, unknown> },
) {
  // What was written to the record came from the rules, so its kinds and reasons are theirs.
  const told = entry as Entry;
  const names = namesFor(register, [told]);
  return { zh: words.zh.entry(told, names), en: words.en.entry(told, names) };
}

function namesIn({ register }: IncidentViewDeps, ids: readonly (string | undefined)[]): Record<string, string> {
  const known = ids.flatMap((id): [string, string][] => {
    const named = id === undefined ? undefined : (register.unit(id) ?? register.device(id));
    return id !== undefined && named ? [[id, named.name]] : [];
  });
  return Object.fromEntries(known);
}
