import { Webhook as Signer } from 'standardwebhooks';
import { type Duration, hours, type Instant, milliseconds, minutes, seconds } from '../alarm/index.ts';
import type { Clock, Handlers, Hub, Lanes, Log, Timer } from '../ports.ts';
import { places, type Sealer } from '../secrets-at-rest.ts';
import type { Store } from '../store/connect.ts';
import { putEvents } from '../store/events.ts';
import { type ClaimedDelivery, claimDelivery, planDeliveries, type Settlement, settleDelivery } from '../store/webhooks.ts';
import type { Outward, OutwardAnswer } from './outward.ts';

export interface WebhookDeps {
  readonly db: Store['routine'];
  readonly hub: Hub;
  readonly clock: Clock;
  readonly lanes: Lanes;
  readonly log: Log;
  readonly outward: Outward;
  readonly sealer: Pick<Sealer, 'unseal'>;
  /** 0 to 1, for the jitter of the back-off. */
  readonly random: () => number;
}

/** After the last one the delivery is dead: seven more chances within 16 hours. */
export const backOff: readonly Duration[] = [seconds(5), seconds(30), minutes(2), minutes(10), hours(1), hours(3), hours(12)];
/** Receivers that went down together do not come back to everything at one instant. */
const jitter = 0.2;
const deadline = seconds(10);
/** Longer than the deadline, so that a delivery is held by one process until its outcome is written. */
const lease = seconds(30);
const interval = seconds(1);
const rest = milliseconds(50);

/** Makes deliveries of new events, on news and each second; any number of processes may do so. */
export function startWebhooks(deps: Pick<WebhookDeps, 'db' | 'hub' | 'clock' | 'lanes' | 'log'>): { stop(): Promise<void> } {
  let busy: Promise<void> | undefined;
  let again = false;
  const plan = (): Promise<void> => {
    again = true;
    busy ??= planAll();
    return busy;
  };
  const planAll = async (): Promise<void> => {
    try {
      while (again) {
        again = false;
        const { ids, more } = await planDeliveries(deps.db, deps.clock.now());
        for (const id of ids) deps.lanes.offer({ type: 'webhook', id });
        again ||= more;
      }
    } catch (error) {
      deps.log.warn({ err: error }, 'webhook deliveries cannot be made; the next tick tries again');
    } finally {
      busy = undefined;
    }
  };
  // A press gives a handful of news within milliseconds; one look at the record does for all of them.
  let soon: Timer | undefined;
  const news = deps.hub.listen('events', () => {
    soon ??= deps.clock.after('webhook-news', rest, () => {
      soon = undefined;
      return plan();
    });
  });
  const tick = deps.clock.every('webhook-deliveries', interval, plan);
  return {
    async stop() {
      news.stop();
      soon?.stop();
      tick.stop();
      await busy;
    },
  };
}

/** Sends one delivery and writes how it ended. Done twice, the receiver knows it by its webhook-id. */
export function webhookHandler(deps: WebhookDeps): NonNullable<Handlers['webhook']> {
  return async ({ id }) => {
    const claimed = await claimDelivery(deps.db, id, deps.clock.now(), lease);
    if (!claimed) return;
    const answer = await send(claimed, deps);
    const now = deps.clock.now();
    const settlement = settlementOf(answer, claimed.attempt, now, deps.random());
    const written = await settleDelivery(deps.db, claimed, settlement, now);
    if (written && (settlement.result === 'dead' || settlement.result === 'gone')) await tellDead(claimed, settlement, now, deps);
  };
}

async function send(claimed: ClaimedDelivery, deps: WebhookDeps): Promise<OutwardAnswer> {
  const { outward, clock } = deps;
  const body = JSON.stringify(claimed.event);
  const messageId = String(claimed.event['id']);
  const at = new Date(clock.now());
  const signature = sign(claimed, messageId, at, body, deps);
  if (signature === undefined) return { outcome: 'failed', reason: 'cannot be signed: the secret is unusable' };
  return outward.post({
    url: claimed.url,
    body,
    deadline,
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'Baiying',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signature,
    },
  });
}

/** A record restored without its master key has secrets that nobody can read; their deliveries wait, and die, visibly. */
function sign(
  { secrets, webhookId }: ClaimedDelivery,
  messageId: string,
  at: Date,
  body: string,
  { sealer, log }: WebhookDeps,
): string | undefined {
  try {
    return secrets.map((secret) => new Signer(sealer.unseal(secret, places.webhook(webhookId))).sign(messageId, at, body)).join(' ');
  } catch (error) {
    log.error({ err: error, webhook: webhookId }, 'a webhook delivery cannot be signed');
    return undefined;
  }
}

/** What an answer means (Standard Webhooks: 2xx is received, 410 asks for no more, all else is tried again). */
export function settlementOf(answer: OutwardAnswer, attempt: number, now: Instant, chance: number): Settlement {
  if (answer.outcome === 'answered' && answer.status >= 200 && answer.status < 300) return { result: 'delivered', status: answer.status };
  const status = answer.outcome === 'answered' ? { status: answer.status } : {};
  const error = answer.outcome === 'answered' ? `answered ${answer.status}` : answer.reason;
  if (answer.outcome === 'answered' && answer.status === 410) return { result: 'gone', status: answer.status, error };
  const pause = backOff[attempt - 1];
  if (pause === undefined) return { result: 'dead', ...status, error };
  return { result: 'again', ...status, error, nextAt: now + Math.round(pause * (1 + jitter * chance)) };
}

/** Nothing ends silently: a dead letter is news for the desk. */
async function tellDead(
  claimed: ClaimedDelivery,
  settlement: Extract<Settlement, { error: string }>,
  now: Instant,
  { db, hub, log }: WebhookDeps,
): Promise<void> {
  const verb = settlement.result === 'gone' ? 'deactivated' : 'dead';
  log.warn({ webhook: claimed.webhookId, delivery: claimed.id, error: settlement.error }, `webhook delivery ${verb}`);
  const data = { webhookId: claimed.webhookId, deliveryId: claimed.id, error: settlement.error };
  await putEvents(db, [{ type: `baiying.webhook.${verb}.v1`, subject: `webhooks/${claimed.webhookId}`, at: now, data }]);
  hub.tell('events');
}
