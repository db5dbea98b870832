import type { Delivery, Letter } from '../../devices/driver.ts';
import { seconds } from '../alarm/index.ts';
import { openGroup } from '../group.ts';
import type { Clock, Log, Post } from '../ports.ts';
import { recordUnavailable, type Store } from '../store/connect.ts';
import { uuidv7 } from '../store/ids.ts';
import { endMail, forgetMail, mailFor, outcomeOf, putMail, type Retained, retain } from '../store/mail.ts';
import { brokerOf } from '../store/presence.ts';

export interface MailDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

const sweep = seconds(0.25);
const batch = 200;
const kept = seconds(3600);
/** A broker that does not answer in this time is gone or frozen; the order's own clock then asks for the next bearer. */
const patience = seconds(3);

/** Gives out the letters that other processes left for the devices connected to this broker. */
export function collectMail(
  { store, clock, log, settings }: MailDeps & { readonly settings: { readonly brokerId: string } },
  give: (deviceId: string, letter: Letter) => Promise<Delivery>,
): { close(): Promise<void> } {
  let running: Promise<void> | undefined;
  function collect(): Promise<void> {
    running ??= giveOut();
    return running;
  }
  async function giveOut(): Promise<void> {
    try {
      const letters = await mailFor(store.urgent, settings.brokerId, clock.now(), batch);
      await Promise.all(
        letters.map(async (letter) => {
          const delivery = await give(letter.deviceId, {
            topic: letter.topic,
            payload: letter.payload,
            qos: letter.qos,
            retain: letter.retain,
            expiresAt: 0,
          });
          await endMail(store.urgent, letter.id, JSON.stringify(delivery), clock.now());
          store.hub.tell('mail-done', letter.id);
        }),
      );
    } catch (error) {
      log.warn({ err: error }, 'mail could not be collected; it is tried again');
    } finally {
      running = undefined;
    }
  }
  const news = store.hub.listen('mail', (about) => void (about === settings.brokerId || about === 'all' ? collect() : undefined));
  const timer = clock.every('mail', sweep, collect);
  const forget = clock.every('forget mail', seconds(600), () => forgetMail(store.routine, clock.now() - kept));
  return {
    async close() {
      news.stop();
      timer.stop();
      forget.stop();
      await running;
    },
  };
}

/** The broker in this process. */
export interface Here {
  readonly brokerId: string;
  handOver(deviceId: string, letter: Letter): Promise<Delivery>;
}

/**
 * Hands letters to devices. A device connected to the broker in this process is served at once; any other through the
 * record, by the broker that holds its connection.
 * @param here the broker of this process, where there is one
 */
export function openPost(deps: MailDeps, here: Here | undefined): Post {
  const { store, clock, log } = deps;
  const retained = openGroup<Retained, void>({
    name: 'retained letters',
    write: (letters) => retain(store.urgent, letters, clock.now()).then(() => letters.map(() => undefined)),
    ...{ most: batch, soon: setImmediate, recordAway: recordUnavailable, log },
  });
  return {
    async post(deviceId, letter) {
      // A lamp that is here lights up although the record cannot keep for how it stands.
      const [kept, local] = await Promise.allSettled([letter.retain ? retained.add(letter) : undefined, here?.handOver(deviceId, letter)]);
      for (const one of [local, kept]) if (one.status === 'rejected') throw one.reason;
      const near = local.status === 'fulfilled' ? local.value : undefined;
      if (near && near.outcome !== 'unreachable') return near;
      const brokerId = await brokerOf(store.urgent, deviceId);
      if (brokerId === undefined || brokerId === here?.brokerId)
        return near ?? { outcome: 'unreachable', reason: 'not connected to any broker' };
      return leave(deps, deviceId, letter, brokerId);
    },
  };
}

async function leave({ store, clock, log }: MailDeps, deviceId: string, letter: Letter, brokerId: string): Promise<Delivery> {
  const id = uuidv7(clock.now());
  let settle: (delivery: Delivery) => void = () => undefined;
  const settled = new Promise<Delivery>((resolve) => {
    settle = resolve;
  });
  const look = async () => {
    const outcome = await outcomeOf(store.urgent, id);
    if (outcome !== undefined) settle(JSON.parse(outcome) as Delivery);
  };
  const tryLook = () => void look().catch((error: unknown) => log.warn({ err: error }, 'the end of a letter could not be read'));
  const news = store.hub.listen('mail-done', (about) => (about === id || about === 'all' ? tryLook() : undefined));
  const looking = clock.every('answer to a letter', sweep, tryLook);
  const late = clock.after('patience with a broker', patience, async () => {
    // Withdrawn in the record first: a broker that wakes up later finds it ended and sends nothing.
    const withdrawn = await endMail(store.urgent, id, JSON.stringify({ outcome: 'unreachable', reason: 'withdrawn' }), clock.now());
    if (withdrawn) settle({ outcome: 'unreachable', reason: `broker ${brokerId} does not answer` });
    else tryLook();
  });
  try {
    await putMail(
      store.urgent,
      { id, deviceId, topic: letter.topic, payload: letter.payload, qos: letter.qos, retain: letter.retain, brokerId },
      clock.now(),
      letter.expiresAt,
    );
    store.hub.tell('mail', brokerId);
    return await settled;
  } finally {
    news.stop();
    looking.stop();
    late.stop();
  }
}
