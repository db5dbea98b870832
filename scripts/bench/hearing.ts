import { type Hearing, hear, rate, withChirp } from '../../devices/media/hearing.ts';
import { babble, between, type Chance, chance, hiss, rumble, traffic, voice, wordsOf } from '../../devices/media/hearing-testing.ts';
import { microphone, travel, type Way } from '../../devices/media/hearing-testing-way.ts';
import { figuresOf, median, round } from './figures.ts';
import { type Outcome, type Sheet, say } from './outcome.ts';
import { spoken } from './spoken.ts';

/**
 * How often the proof of broadcast is wrong: recordings without our sound (false "heard"), and with it at falling levels.
 * Every trial has its own seed, printed when it went wrong.
 */
export async function benchHearing({ trials }: { readonly trials: number }): Promise<Outcome> {
  const said = await spoken();
  const clips = said ?? Array.from({ length: 10 }, (_none, seed) => wordsOf(voice(5 * rate, chance(seed))));
  const absent = withoutOurs(clips, trials);
  const present = withOurs(clips, Math.max(1, Math.round(trials / 25)));
  const standIns = { zh: '没有语音包，以合成的声音代替句子。', en: 'No speech package: synthesised voices stand in for sentences.' };
  return {
    tables: [absent.sheet, present.sheet],
    notes: said ? [] : [standIns],
    found: { trials, falseHeard: absent.wrong, detection: present.found },
  };
}

const seconds = (dice: Chance): number => Math.floor(between(dice, 10, 15) * rate);
const anyWay = (dice: Chance): Pick<Way, 'loud' | 'g711'> => ({ loud: between(dice, 200, 9000), g711: dice() > 0.5 });
const pick = <T>(all: readonly T[], dice: Chance): T => all[Math.floor(dice() * all.length)] as T;

/** What a recording without our sound may hold. `wrong clip` is another sentence of the same voice, with the same chirp before it in half of the trials. */
const recordings: Readonly<Record<string, (dice: Chance, others: readonly Int16Array[]) => Int16Array>> = {
  silence: (dice) => microphone(hiss(seconds(dice), dice), { loud: between(dice, 0.3, 30), g711: dice() > 0.5 }),
  traffic: (dice) => microphone(traffic(seconds(dice), dice), anyWay(dice)),
  'other speech': (dice) => microphone(voice(seconds(dice), dice), anyWay(dice)),
  babble: (dice) => microphone(mix(babble(seconds(dice), 4, dice), dice), anyWay(dice)),
  'wrong clip': (dice, others) => {
    const other = pick(others, dice);
    const noise = dice() > 0.5 ? traffic(seconds(dice), dice) : rumble(seconds(dice), 0.5, dice);
    return travel(dice() > 0.5 ? withChirp(other) : other, noise, { ...around(dice), snr: between(dice, -10, 30) }, dice);
  },
};

const around = (dice: Chance): Omit<Way, 'snr' | 'echo'> & { echo: Way['echo'] } => ({
  delay: Math.floor(between(dice, -0.1, 5) * rate),
  ppm: between(dice, -200, 200),
  echo: dice() > 0.5 ? 'street' : 'hall',
  ...anyWay(dice),
});

function mix(voices: Float64Array, dice: Chance): Float64Array {
  const street = traffic(voices.length, dice);
  return voices.map((value, at) => value + (street[at] as number) * 0.5);
}

function withoutOurs(clips: readonly Int16Array[], trials: number): { readonly wrong: number; readonly sheet: Sheet } {
  const rows: (string | number)[][] = [];
  const kinds = Object.entries(recordings);
  let wrong = 0;
  for (const [number, [kind, make]] of kinds.entries()) {
    const verdicts: Hearing[] = [];
    const costs: number[] = [];
    for (let trial = 0; trial < Math.ceil(trials / kinds.length); trial += 1) {
      if (trial % 50 === 0) say(`${kind}: trial ${trial + 1} of ${Math.ceil(trials / kinds.length)}`);
      const dice = chance(1_000_000 * number + trial);
      const ours = pick(clips, dice);
      const recorded = make(
        dice,
        clips.filter((clip) => clip !== ours),
      );
      const before = process.cpuUsage();
      const verdict = hear(withChirp(ours), recorded);
      costs.push(process.cpuUsage(before).user / 1000);
      if (verdict.heard) say(`false heard: ${kind}, seed ${1_000_000 * number + trial}: ${JSON.stringify(verdict)}`);
      verdicts.push(verdict);
    }
    const heard = verdicts.filter((verdict) => verdict.heard).length;
    wrong += heard;
    const top = Math.max(...verdicts.map(({ confidence }) => confidence));
    rows.push([kind, verdicts.length, heard, round(top), figuresOf(costs).p50, figuresOf(costs).p99]);
  }
  const title = { zh: '录音中没有本系统的声音', en: 'recordings without our sound' };
  return { wrong, sheet: { title, head: ['recording', 'trials', 'false heard', 'highest confidence', 'CPU ms p50', 'p99'], rows } };
}

interface Found {
  readonly snr: number;
  readonly street: number;
  readonly hall: number;
}

function withOurs(clips: readonly Int16Array[], trials: number): { readonly found: readonly Found[]; readonly sheet: Sheet } {
  const rows: (string | number)[][] = [];
  const found: Found[] = [];
  for (const snr of [20, 15, 10, 5, 0, -5, -10, -15, -20]) {
    const street = heardAt(clips, snr, 'street', trials);
    const hall = heardAt(clips, snr, 'hall', trials);
    const both = [...street, ...hall].filter(({ verdict }) => verdict.heard);
    const late = both.map(({ verdict, delayMs }) => Math.abs((verdict.delayMs ?? 0) - delayMs));
    const levels = both.map(({ verdict }) => verdict.levelDb ?? 0);
    found.push({ snr, street: percent(street), hall: percent(hall) });
    rows.push([snr, percent(street), percent(hall), figuresOf(late).p50, figuresOf(late).max, median(levels)]);
  }
  const title = { zh: '录音中有本系统的声音，逐级减弱', en: 'recordings with our sound, at falling levels' };
  return { found, sheet: { title, head: ['SNR dB', 'heard, street %', 'heard, hall %', 'delay off ms p50', 'max', 'level dB'], rows } };
}

interface Trial {
  readonly verdict: Hearing;
  readonly delayMs: number;
}

const percent = (trials: readonly Trial[]): number => round((100 * trials.filter(({ verdict }) => verdict.heard).length) / trials.length);

function heardAt(clips: readonly Int16Array[], snr: number, echo: Way['echo'], trials: number): Trial[] {
  return Array.from({ length: trials }, (_none, trial) => {
    const dice = chance(50_000_000 + 10_000 * (snr + 20) + 2 * trial + (echo === 'hall' ? 1 : 0));
    const sent = withChirp(pick(clips, dice));
    const way: Way = { ...around(dice), echo, snr };
    const noise = dice() > 0.3 ? traffic(15 * rate, dice) : mix(babble(15 * rate, 3, dice), dice);
    return { verdict: hear(sent, travel(sent, noise, way, dice)), delayMs: (way.delay * 1000) / rate };
  });
}
