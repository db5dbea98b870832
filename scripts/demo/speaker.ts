import type { PlayLetter } from '../../devices/loudspeakers/mqtt/payload.ts';
import type { ReceivedPlay, SimulatedLoudspeaker } from '../../devices/loudspeakers/mqtt/simulator.ts';
import { type Instant, seconds } from '../../services/alarm/index.ts';
import type { Chance } from './random.ts';

/** A loudspeaker that takes as long to say a thing as it takes to say, and now and then has a fault. */
export interface Voice {
  /** @param speaker absent while it is being restarted: what it was saying is then lost */
  look(speaker: SimulatedLoudspeaker | undefined, now: Instant): void;
}

interface Saying {
  readonly broadcast: PlayLetter;
  readonly from: Instant;
  readonly until: Instant;
  readonly fails: boolean;
  began: boolean;
}

/** Characters of Chinese that a voice of an announcement says in a second. */
const charactersPerSecond = 4;
const faultPercent = 4;

export function voice(draw: Chance, inBackground: (work: Promise<unknown>) => void): Voice {
  let known: SimulatedLoudspeaker | undefined;
  let read = 0;
  let sayings: Saying[] = [];

  function take(received: ReceivedPlay, now: Instant): void {
    if (received.outcome !== 'effective') return;
    const { broadcast } = received;
    const from = now + seconds(draw.between(0.2, 1));
    const length = ((broadcast.text?.length ?? 40) / charactersPerSecond) * broadcast.repeat;
    sayings.push({ broadcast, from, until: from + seconds(length), fails: draw.percent(faultPercent), began: false });
  }

  return {
    look(speaker, now) {
      if (speaker !== known) [known, read, sayings] = [speaker, 0, []];
      if (!speaker) return;
      for (; read < speaker.plays.length; read += 1) take(speaker.plays[read] as ReceivedPlay, now);
      if (sayings.length === 0) return;
      sayings = sayings.filter((saying) => !speaker.stops.includes(saying.broadcast.broadcastId) && goesOn(speaker, saying, now));
    },
  };

  function goesOn(speaker: SimulatedLoudspeaker, saying: Saying, now: Instant): boolean {
    const { broadcastId } = saying.broadcast;
    if (saying.fails && now >= saying.from) {
      inBackground(speaker.report(broadcastId, 'failed', '功放故障'));
      return false;
    }
    if (!saying.began && now >= saying.from) {
      saying.began = true;
      inBackground(speaker.report(broadcastId, 'playing'));
    }
    if (now < saying.until) return true;
    inBackground(speaker.report(broadcastId, 'played'));
    return false;
  }
}
