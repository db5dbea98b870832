import { type Duration, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Hub } from '../ports.ts';
import type { SweepSource } from '../queue/sweeper.ts';
import {
  type BroadcastRequest,
  type Decision,
  decideRequest,
  findRequest,
  holdRequest,
  insertRequest,
  lapseRequests,
  type PlannedBroadcast,
} from '../store/broadcast-requests.ts';
import { insertBroadcast, type StoredBroadcast } from '../store/broadcasts.ts';
import type { Store } from '../store/connect.ts';
import { findIncident, type IncidentView } from '../store/incident-lists.ts';
import { broadcastGoodFor } from './announce.ts';
import {
  type BroadcastBody,
  type BroadcastRequestDeps,
  keepSilence,
  type Planned,
  planBroadcast,
  sendPlanned,
  startBroadcast,
  talk,
} from './broadcast-request.ts';
import { ownerOf } from './credentials.ts';
import type { Actor } from './roles.ts';

/** What the station has decided about broadcasts to more than one site. */
export interface ConsentRule {
  readonly wanted: boolean;
  /** What nobody consented to by then is given up. */
  readonly within: Duration;
}

export interface ConsentDeps extends BroadcastRequestDeps {
  readonly consent: ConsentRule;
}

export type Asked = { readonly sent: StoredBroadcast } | { readonly waits: BroadcastRequest };

/**
 * Broadcasts at once, or asks for a second person where the loudspeakers lie at more than one site. What the rules send
 * never comes this way.
 * @throws as requestBroadcast
 */
export async function askBroadcast(deps: ConsentDeps, body: BroadcastBody, actor: Actor, incident?: IncidentView): Promise<Asked> {
  const planned = await planBroadcast(deps, body, actor.name, incident);
  if (!deps.consent.wanted || planned.places <= 1) return { sent: await sendPlanned(deps, planned) };
  return { waits: await askConsent(deps, planned, actor) };
}

async function askConsent({ db, clock, hub, consent }: ConsentDeps, planned: Planned, actor: Actor): Promise<BroadcastRequest> {
  const { broadcast, siteIds } = planned;
  const now = clock.now();
  const owner = await ownerOf(db, actor);
  const waiting = { state: 'awaiting-consent', broadcast, siteIds, owner, askedAt: now, until: now + consent.within } as const;
  await db.transaction().execute((trx) => insertRequest(trx, waiting));
  hub.tell('events');
  return waiting;
}

/**
 * A second person consents: the broadcast is in the record from then on, and begins.
 * @throws Fault `role-missing` for a program, `consent-own`, `consent-ended`, `incident-silent`, `incident-closed`
 */
export async function giveConsent(deps: ConsentDeps, id: string, actor: Actor, reason?: string): Promise<StoredBroadcast> {
  const { db, clock, desk } = deps;
  const { owner, broadcast } = await waiting(deps, id);
  if (actor.kind !== 'account') throw new Fault('role-missing', 'Only a person may consent: sign in with an account');
  if (owner === actor.name) throw new Fault('consent-own');
  await stillFits(deps, broadcast);
  const now = clock.now();
  const decision: Decision = { state: 'consented', by: actor.name, at: now, ...(reason === undefined ? {} : { reason }) };
  await db.transaction().execute(async (trx) => {
    if (!(await holdRequest(trx, id))) throw new Fault('consent-ended');
    await insertBroadcast(trx, { ...broadcast, issuedAt: now, expiresAt: now + broadcastGoodFor });
    await decideRequest(trx, id, decision);
  });
  const started = await startBroadcast(deps, broadcast);
  const { incidentId, deviceIds, requestedBy: by, text = talk[broadcast.lang] } = broadcast;
  const entry = { type: 'broadcast-requested', by, loudspeakers: deviceIds.length, text, consentedBy: actor.name } as const;
  if (incidentId !== undefined) await desk.act(incidentId, entry);
  return started;
}

/** Whoever asked may take it back so. @throws Fault `consent-ended` */
export async function refuseConsent({ db, clock, hub }: ConsentDeps, id: string, actor: Actor, reason: string): Promise<void> {
  const decision = { state: 'refused', by: actor.name, at: clock.now(), reason } as const;
  if (!(await db.transaction().execute((trx) => decideRequest(trx, id, decision)))) throw new Fault('consent-ended');
  hub.tell('events');
}

/** @throws Fault `not-found`, `consent-ended` */
async function waiting({ db, clock }: ConsentDeps, id: string): Promise<BroadcastRequest> {
  const request = await findRequest(db, id);
  if (!request) throw new Fault('not-found', 'There is no such request');
  if (request.state !== 'awaiting-consent' || request.until <= clock.now()) throw new Fault('consent-ended');
  return request;
}

/** Duress may have come since it was asked for, or the incident's end. */
async function stillFits({ db, register }: ConsentDeps, { deviceIds, incidentId }: PlannedBroadcast): Promise<void> {
  const devices = await Promise.all(deviceIds.map((deviceId) => register.deviceOrLoad(deviceId)));
  await keepSilence(
    db,
    devices.flatMap((device) => device ?? []),
  );
  if (incidentId !== undefined && (await findIncident(db, incidentId))?.state === 'closed') throw new Fault('incident-closed');
}

const batch = 100;

/** Gives up what nobody consented to. Leaves nothing to do for the lanes. */
export const lapsing = ({ store, hub }: { readonly store: Pick<Store, 'urgent'>; readonly hub: Hub }): SweepSource => ({
  name: 'broadcasts without consent',
  every: seconds(1),
  find: async (now) => {
    if ((await lapseRequests(store.urgent, now, batch)) > 0) hub.tell('events');
    return [];
  },
});
