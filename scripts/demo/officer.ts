import type { OrderLetter, ReportState } from '../../devices/radios/mqtt/payload.ts';
import type { ReceivedOrder, SimulatedRadio } from '../../devices/radios/mqtt/simulator.ts';
import { type Duration, type Instant, minutes, seconds } from '../../services/alarm/index.ts';
import { answersTo, mannerOf, type Report } from './answers.ts';
import type { Beat } from './map.ts';
import { onPatrol, type Patrol } from './patrol.ts';
import type { Chance } from './random.ts';

export interface OfficerDeps {
  readonly beat: Beat;
  /** A duty leader, who stays at the station until called. */
  readonly leads: boolean;
  readonly draw: Chance;
  /** For what nobody waits for. */
  readonly inBackground: (work: Promise<unknown>) => void;
}

interface Call {
  readonly orderId: string;
  readonly from: Instant;
  readonly place: OrderLetter['location'];
  /** Metres per second that bring the officer there in time. */
  speed: number;
  arrivesAt?: Instant;
  freeAt?: Instant;
}

const metresPerSecond = { wheels: 7, feet: 1.4 } as const;
const standingTellsEvery = seconds(30);

/** One officer with a radio: walks the beat, answers orders as people do, and goes where an order says. */
export class Officer {
  readonly #deps: OfficerDeps;
  readonly #patrol: Patrol;
  readonly #last = new Map<string, ReportState>();
  #reports: Report[] = [];
  #call: Call | undefined;
  #radio: SimulatedRadio | undefined;
  #read = 0;
  #toldAt: Instant = 0;

  constructor(deps: OfficerDeps) {
    this.#deps = deps;
    this.#patrol = onPatrol(deps.beat, deps.draw);
  }

  /** Reads what came and says what is due. @param radio absent while it is being restarted */
  look(radio: SimulatedRadio | undefined, now: Instant): void {
    if (radio !== this.#radio) [this.#radio, this.#read] = [radio, 0];
    for (const received of radio?.orders.slice(this.#read) ?? []) this.#receive(received, now);
    this.#read = radio?.orders.length ?? 0;
    if (this.#call) this.#goOn(this.#call, now);
    if (!radio || !this.#reports.some((report) => report.due <= now)) return;
    const [due, later] = [this.#reports.filter((report) => report.due <= now), this.#reports.filter((report) => report.due > now)];
    this.#reports = later;
    for (const { orderId, state, note } of due) {
      this.#last.set(orderId, state);
      this.#deps.inBackground(radio.report(orderId, state, note));
    }
  }

  /** Moves on and tells where; one who stands still tells it seldom. */
  walk(radio: SimulatedRadio | undefined, elapsed: Duration, now: Instant): void {
    const { beat, leads, draw, inBackground } = this.#deps;
    const call = this.#call;
    const standing = call ? this.#patrol.there || now < call.from : leads;
    if (!standing) this.#patrol.move((call?.speed ?? metresPerSecond[beat.onWheels ? 'wheels' : 'feet']) * (elapsed / seconds(1)));
    if (!radio || (standing && now - this.#toldAt < standingTellsEvery)) return;
    this.#toldAt = now;
    inBackground(radio.position(this.#patrol.here.lat, this.#patrol.here.lon, draw.whole(3, 12)));
  }

  #receive(received: ReceivedOrder, now: Instant): void {
    if (received.outcome === 'effective') this.#answer(received.order, now);
    if (received.outcome !== 'repeat') return;
    // The desk may not have heard: how far it came is said again.
    const { orderId } = received.order;
    const state = this.#last.get(orderId);
    if (state !== undefined) this.#reports.push({ due: now, orderId, state });
  }

  #answer({ orderId, location }: OrderLetter, now: Instant): void {
    const { leads, draw } = this.#deps;
    const busy = this.#call !== undefined;
    const manner = mannerOf(draw, { leads, busy });
    const answers = answersTo(orderId, manner, busy, now, draw);
    this.#reports.push(...answers);
    if (manner === 'goes') this.#call = { orderId, from: answers.at(-1)?.due ?? now, place: location, speed: 0 };
  }

  #goOn(call: Call, now: Instant): void {
    if (now < call.from) return;
    if (call.arrivesAt === undefined) return this.#setOut(call, now);
    if (call.freeAt === undefined) {
      if (call.place ? !this.#patrol.there : now < call.arrivesAt) return;
      this.#reports.push({ due: now, orderId: call.orderId, state: 'arrived' });
      call.freeAt = now + minutes(this.#deps.draw.between(1, 3));
    } else if (now >= call.freeAt) {
      this.#call = undefined;
      this.#patrol.resume();
    }
  }

  /** A demo is watched for minutes: whoever is far away drives faster than anybody may. */
  #setOut(call: Call, now: Instant): void {
    const travel = this.#deps.draw.between(50, 170);
    call.arrivesAt = now + seconds(travel);
    if (call.place) call.speed = Math.max(this.#patrol.head(call.place) / travel, metresPerSecond.feet);
  }
}
