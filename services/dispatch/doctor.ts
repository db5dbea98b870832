import {
  closed,
  type DeviceKind,
  type Duration,
  type Finding,
  type FindingCode,
  hours,
  type Instant,
  rfc3339,
  seconds,
  testFindings,
} from '../alarm/index.ts';
import type { NotedTrouble, TroubleKind } from '../store/presence.ts';

/** What is known of one device that may be silent. Everything comes from the record and the register. */
export interface Facts {
  readonly now: Instant;
  readonly kind: DeviceKind;
  readonly registeredAt: Instant;
  readonly fit: { readonly ok: true } | { readonly ok: false; readonly code: 'driver-gone' | 'settings-unfit'; readonly detail: string };
  /** How its voice comes: a connection of its own, its gateway's, our going to it, or not at all. */
  readonly way: 'broker' | 'bridge' | 'watch' | 'none';
  /** The topics that it must subscribe in order to be told anything. */
  readonly listensTo?: string;
  readonly state: 'online' | 'offline' | 'unknown';
  /** In this state since then. */
  readonly since?: Instant;
  readonly lastSeenAt?: Instant;
  /** Unheard for longer than its interval. */
  readonly silentSince?: Instant;
  readonly troubles: Readonly<Partial<Record<TroubleKind, NotedTrouble>>>;
  readonly watch?: { readonly since?: string | undefined; readonly code?: string | undefined; readonly detail?: string | undefined };
  /** The lease under which one of our processes goes to it. */
  readonly leaseUntil?: Instant;
  readonly bridge?: { readonly id: string; readonly registered: boolean; readonly carries: boolean; readonly online: boolean };
  readonly lastHeardAt?: Instant;
  /** Last press, test button or passed test. */
  readonly provenAt?: Instant;
  /** The walk test made last, where it failed. */
  readonly failure?: { readonly at: Instant; readonly findings: readonly Finding[] };
  /** Its clock less ours. */
  readonly clockOffset?: Duration;
  readonly stuck: readonly { readonly what: string; readonly since: Instant }[];
  readonly pictureFaults: readonly { readonly fault: string; readonly since: Instant }[];
  /** Percent. */
  readonly battery?: number;
  /** What it answered to orders that it was not given. */
  readonly wrongOrder?: NotedTrouble;
  /** It has a site or a place of its own. */
  readonly placed: boolean;
  /** Whether any unit could be ordered there. */
  readonly reaches: boolean;
  readonly unitId?: string;
  readonly speaker?: { readonly route: boolean; readonly reportsItself: boolean; readonly ear: boolean };
}

/** GB/T 28181 and ONVIF sign requests with the time: beyond 5 s devices begin to refuse. */
export const clockTolerance = seconds(5);
/** Nothing that a radio says later takes back what it said of another's order; after a day it is old. */
const wrongOrderFor = hours(24);
/** A device that has just come subscribes within moments, and its doing so is written within a minute. */
const subscribesWithin = seconds(90);
/** The first lease is taken at the next round. */
const watchedWithin = seconds(30);
/** After this without a proof a key counts as untested: a month. */
export const provenFor = hours(24 * 31);
export const lowBattery = 15;

/** Why the device is silent, or would be when it is needed; the nearest cause first. Pure. */
export function diagnose(facts: Facts): readonly Finding[] {
  return [...setUp(facts), ...bridge(facts), ...connection(facts), ...said(facts), ...health(facts), ...proof(facts), ...use(facts)];
}

const finding = (code: FindingCode, data: Finding['data'] = {}): Finding => ({ code, data });
const at = (instant: Instant): string => rfc3339(instant);

const setUp = ({ fit }: Facts): readonly Finding[] => (fit.ok ? [] : [finding(fit.code, { detail: fit.detail })]);

function bridge({ bridge: through }: Facts): readonly Finding[] {
  if (!through) return [];
  const data = { device: through.id };
  if (!through.registered) return [finding('bridge-missing', data)];
  if (!through.carries) return [finding('bridge-unfit', data)];
  return through.online ? [] : [finding('bridge-offline', data)];
}

function connection(facts: Facts): readonly Finding[] {
  switch (facts.way) {
    case 'broker':
      return ownConnection(facts);
    case 'bridge':
      return absence(facts);
    case 'watch':
      return [...watched(facts), ...absence({ ...facts, state: 'unknown' })];
    case 'none':
      return [];
    default:
      return closed(facts.way);
  }
}

const refusals: Readonly<Record<'wrong-password' | 'wrong-certificate' | 'wrong-name' | 'wrong-driver', true>> = {
  'wrong-password': true,
  'wrong-certificate': true,
  'wrong-name': true,
  'wrong-driver': true,
};

function ownConnection(facts: Facts): readonly Finding[] {
  const { state, since, lastSeenAt, troubles, registeredAt } = facts;
  const refused = (Object.keys(refusals) as (keyof typeof refusals)[]).flatMap((code) => {
    const noted = troubles[code];
    // Whoever came in after that has been put right; of one that comes only to speak, its last word tells so.
    const came = state === 'online' ? since : lastSeenAt;
    const over = noted !== undefined && came !== undefined && came > Date.parse(noted.at);
    return noted && !over ? [finding(code, noteOf(noted))] : [];
  });
  if (refused.length > 0) return refused;
  if (lastSeenAt === undefined && state !== 'online') return [finding('never-connected', { since: at(registeredAt) })];
  return [...absence(facts), ...deafness(facts)];
}

function absence({ state, since, silentSince, lastSeenAt }: Facts): readonly Finding[] {
  if (state === 'offline' && since !== undefined) return [finding('offline', { since: at(since) })];
  return silentSince === undefined ? [] : [finding('silent', { since: at(lastSeenAt ?? silentSince) })];
}

function deafness({ state, since, listensTo, troubles, now }: Facts): readonly Finding[] {
  if (state !== 'online' || since === undefined || listensTo === undefined || now - since < subscribesWithin) return [];
  const subscribed = troubles.subscribed;
  return subscribed && Date.parse(subscribed.at) >= since ? [] : [finding('not-subscribed', { since: at(since), detail: listensTo })];
}

function watched({ watch, leaseUntil, registeredAt, now }: Facts): readonly Finding[] {
  const trouble = watch?.code === undefined ? undefined : watchCodes[watch.code];
  const found = trouble === undefined ? [] : [finding(trouble, { since: watch?.since ?? '', detail: watch?.detail ?? '' })];
  if (leaseUntil === undefined) return now - registeredAt < watchedWithin ? found : [finding('not-watched'), ...found];
  return leaseUntil < now ? [finding('watch-lost', { since: at(leaseUntil) }), ...found] : found;
}

const watchCodes: Readonly<Record<string, FindingCode>> = {
  unreachable: 'watch-unreachable',
  silent: 'watch-silent',
  refused: 'watch-refused',
  garbled: 'watch-garbled',
  busy: 'watch-busy',
  unsupported: 'watch-unsupported',
  misconfigured: 'watch-misconfigured',
};

/** What it said where nobody may listen, or in a tongue that nobody reads; over once it said something good. */
function said({ kind, troubles, lastHeardAt, provenAt, wrongOrder, now }: Facts): readonly Finding[] {
  // The heartbeat of a key comes by another topic than its press.
  const good = kind === 'key' ? provenAt : lastHeardAt;
  const stands = (noted: NotedTrouble | undefined, since: Instant | undefined): noted is NotedTrouble =>
    noted !== undefined && (since === undefined || since <= Date.parse(noted.at));
  const { subscribed } = troubles;
  const found: Finding[] = [];
  for (const code of ['wrong-topic', 'unreadable', 'flooding'] as const) {
    const noted = troubles[code];
    if (stands(noted, good)) found.push(finding(code, noteOf(noted)));
  }
  if (wrongOrder && now - Date.parse(wrongOrder.at) < wrongOrderFor) found.push(finding('wrong-order', noteOf(wrongOrder)));
  const filter = troubles['wrong-filter'];
  if (stands(filter, subscribed && Date.parse(subscribed.at))) found.push(finding('wrong-filter', noteOf(filter)));
  return found;
}

const noteOf = ({ at: since, times, detail = '' }: NotedTrouble): Finding['data'] => ({ since, times, detail });

function health({ clockOffset, stuck, pictureFaults, battery }: Facts): readonly Finding[] {
  const off = clockOffset !== undefined && Math.abs(clockOffset) > clockTolerance;
  return [
    ...(off ? [finding('clock-off', { seconds: Math.round(clockOffset / 1000) })] : []),
    ...stuck.map(({ what, since }) => finding('stuck', { detail: what, since: at(since) })),
    ...pictureFaults.map(({ fault, since }) => finding('picture-fault', { detail: fault, since: at(since) })),
    ...(battery !== undefined && battery <= lowBattery ? [finding('battery-low', { percent: battery })] : []),
  ];
}

function proof({ kind, provenAt, failure, registeredAt, now }: Facts): readonly Finding[] {
  if (failure && (provenAt === undefined || provenAt < failure.at))
    return [finding('test-failed', { since: at(failure.at) }), ...failure.findings.filter(({ code }) => testFindings.has(code))];
  if (kind !== 'key') return [];
  if (provenAt === undefined) return [finding('never-armed', { since: at(registeredAt) })];
  return now - provenAt > provenFor ? [finding('test-due', { since: at(provenAt) })] : [];
}

/** What would keep it from being of use although it works. */
function use({ kind, placed, reaches, unitId, speaker }: Facts): readonly Finding[] {
  switch (kind) {
    case 'key':
    case 'camera':
      return [...(placed ? [] : [finding('no-place')]), ...(reaches ? [] : [finding('nobody-to-send')])];
    case 'radio':
      return unitId === undefined ? [finding('no-unit')] : [];
    case 'loudspeaker':
      if (!speaker?.route) return [finding('no-route')];
      return speaker.reportsItself || speaker.ear ? [] : [finding('no-ear')];
    default:
      return closed(kind);
  }
}
