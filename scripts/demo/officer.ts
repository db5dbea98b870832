import type { OrderLetter, ReportState } from '../../devices/radios/mqtt/payload.ts';
import type { ReceivedOrder, SimulatedRadio } from '../../devices/radios/mqtt/simulator.ts';
import { type Duration, type Instant, minutes, seconds } from '../../services/alarm/index.ts';
import type { Beat } from './map.ts';
import { onPatrol } from './patrol.ts';
import type { Chance } from './random.ts';

/** One officer with a radio: walks the beat, answers orders as people do, and goes where an order says. */
export interface Officer {
  /** Reads what came and says what is due. @param radio absent while it is being restarted */
  look(radio: SimulatedRadio | undefined, now: Instant): void;
  /** Moves on and tells where; one who stands still tells it seldom. */
  walk(radio: SimulatedRadio | undefined, elapsed: Duration, now: Instant): void;
}

export interface OfficerDeps {
  readonly beat: Beat;
  /** A duty leader never declines and never stays silent. */
  readonly leads: boolean;
  readonly draw: Chance;
  /** For what nobody waits for. */
  readonly inBackground: (work: Promise<unknown>) => void;
}

interface Report {
  readonly due: Instant;
  readonly orderId: string;
  readonly state: ReportState;
  readonly note?: string;
}

/** What an officer does with an order. */
type Manner = 'goes' | 'declines' | 'hears-only' | 'silent';

interface Call {
  readonly orderId: string;
  readonly from: Instant;
  readonly place: OrderLetter['location'];
  /** Metres per second that bring the officer there in time. */
  speed: number;
  arrivesAt: Instant | undefined;
  freeAt: Instant | undefined;
}

const metresPerSecond = { wheels: 7, feet: 1.4 } as const;
const standingTellsEvery = seconds(30);
const busyNote = '正在处置另一起警情';
const otherNotes = ['正在处理群众求助', '车辆故障', '正在护送群众就医'] as const;

export function onDuty({ beat, leads, draw, inBackground }: OfficerDeps): Officer {
  const patrol = onPatrol(beat, draw);
  let reports: Report[] = [];
  let call: Call | undefined;
  let radioNow: SimulatedRadio | undefined;
  let read = 0;
  let toldAt = 0;
  const last = new Map<string, ReportState>();

  const soon = (from: Instant, least: number, most: number): Instant => from + seconds(draw.between(least, most));
  const plan = (due: Instant, orderId: string, state: ReportState, note?: string) => reports.push({ due, orderId, state, ...(note === undefined ? {} : { note }) });

  function receive(received: ReceivedOrder, now: Instant): void {
    if (received.outcome === 'repeat') {
      // The desk may not have heard: how far it came is said again.
      const state = last.get(received.order.orderId);
      if (state !== undefined) plan(soon(now, 0.2, 1), received.order.orderId, state);
    }
    if (received.outcome === 'effective') answer(received.order, now);
  }

  function answer({ orderId, location }: OrderLetter, now: Instant): void {
    const manner = mannerOf();
    if (manner === 'silent') return;
    const delivered = soon(now, 0.3, 1.5);
    plan(delivered, orderId, 'delivered');
    if (manner === 'hears-only') return;
    const seen = soon(delivered, 1.5, 7);
    plan(seen, orderId, 'read');
    const decided = soon(seen, 2, 12);
    if (manner === 'declines') return void plan(decided, orderId, 'declined', call ? busyNote : draw.pick(otherNotes));
    plan(decided, orderId, 'accepted');
    const leaves = soon(decided, 3, 15);
    plan(leaves, orderId, 'en-route');
    call = { orderId, from: leaves, place: location, speed: 0, arrivesAt: undefined, freeAt: undefined };
  }

  function mannerOf(): Manner {
    if (call) return leads ? 'hears-only' : 'declines';
    if (leads) return 'goes';
    return draw.weighted<Manner>([['goes', 80], ['declines', 7], ['hears-only', 7], ['silent', 6]]);
  }

  function say(radio: SimulatedRadio, { orderId, state, note }: Report): void {
    last.set(orderId, state);
    inBackground(radio.report(orderId, state, note));
  }

  function goOn(active: Call, now: Instant): void {
    if (now < active.from) return;
    if (active.arrivesAt === undefined) {
      // A demo is watched for minutes: whoever is far away drives faster than anybody may.
      const travel = draw.between(50, 170);
      active.arrivesAt = now + seconds(travel);
      if (active.place) active.speed = Math.max(patrol.head(active.place) / travel, metresPerSecond.feet);
      return;
    }
    if (active.freeAt === undefined) {
      const arrived = active.place ? patrol.there : now >= active.arrivesAt;
      if (!arrived) return;
      plan(now, active.orderId, 'arrived');
      active.freeAt = now + minutes(draw.between(1, 3));
      return;
    }
    if (now < active.freeAt) return;
    call = undefined;
    patrol.resume();
  }

  return {
    look(radio, now) {
      if (radio !== radioNow) [radioNow, read] = [radio, 0];
      if (radio) for (; read < radio.orders.length; read += 1) receive(radio.orders[read] as ReceivedOrder, now);
      if (call) goOn(call, now);
      const due = radio ? reports.filter((report) => report.due <= now) : [];
      if (due.length === 0 || !radio) return;
      reports = reports.filter((report) => !due.includes(report));
      for (const report of due) say(radio, report);
    },
    walk(radio, elapsed, now) {
      const standing = call !== undefined && (patrol.there || now < call.from);
      if (!standing) patrol.move((call?.speed ?? metresPerSecond[beat.onWheels ? 'wheels' : 'feet']) * (elapsed / seconds(1)));
      if (!radio || (standing && now - toldAt < standingTellsEvery)) return;
      toldAt = now;
      inBackground(radio.position(patrol.here.lat, patrol.here.lon, draw.whole(3, 12)));
    },
  };
}
