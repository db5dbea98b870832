import type { CameraEventType } from '../../devices/cameras/mqtt/payload.ts';
import type { PressGrade } from '../../devices/press.ts';
import { type Duration, type Instant, minutes, seconds } from '../../services/alarm/index.ts';
import type { Clock, Timer } from '../../services/ports.ts';
import type { Cast } from './map.ts';
import { Officer } from './officer.ts';
import { chance } from './random.ts';
import type { Roster } from './roster.ts';
import { voice } from './speaker.ts';

export interface Scene {
  readonly clock: Clock;
  readonly seed: number;
  readonly cast: Cast;
  readonly roster: Roster;
}

/** Officers and loudspeakers look around so often; a person notices no less. */
const lookEvery = seconds(1);
/** All radios tell their places in one turn, so that they share a commit. */
const walkEvery = seconds(5);
/** Below the fold's 30 s, so that beats of one key stay one activity. */
const beatEvery = seconds(25);
const restartEvery = seconds(40);

/** Starts the day: everybody of the cast does what such a device does, until stopped. */
export function startLife(scene: Scene): Timer {
  const { clock, roster } = scene;
  const running = [
    ...force(scene),
    ...voices(scene),
    clock.every('demo: key heartbeats', beatEvery, () => {
      for (const key of roster.keys.values()) roster.inBackground(key.heartbeat());
    }),
    clock.every('demo: restart of a device', restartEvery, () => roster.restartNext()),
    presses(scene),
    motion(scene),
    analytics(scene),
  ];
  return {
    stop() {
      for (const each of running) each.stop();
    },
  };
}

function force({ clock, seed, cast, roster }: Scene): Timer[] {
  const { inBackground } = roster;
  const officers = cast.radios.map(({ id, beat, leads }) => ({
    id,
    officer: new Officer({ beat, leads, draw: chance(seed, id), inBackground }),
  }));
  const everybody = (act: (officer: Officer, radio: ReturnType<Roster['radios']['get']>, now: Instant) => void) => () => {
    const now = clock.now();
    for (const { id, officer } of officers) act(officer, roster.radios.get(id), now);
  };
  const walk = everybody((officer, radio, now) => officer.walk(radio, walkEvery, now));
  walk();
  return [
    clock.every(
      'demo: officers',
      lookEvery,
      everybody((officer, radio, now) => officer.look(radio, now)),
    ),
    clock.every('demo: patrols', walkEvery, walk),
  ];
}

function voices({ clock, seed, cast, roster }: Scene): Timer[] {
  const speakers = cast.loudspeakers.map((id) => ({ id, own: voice(chance(seed, id), roster.inBackground) }));
  const look = () => {
    const now = clock.now();
    for (const { id, own } of speakers) own.look(roster.loudspeakers.get(id), now);
  };
  return [clock.every('demo: loudspeakers', lookEvery, look)];
}

const grades: readonly (readonly [PressGrade, number])[] = [
  ['assist', 68],
  ['emergency', 26],
  ['duress', 6],
];
/** Whoever starts a demo wants to see something happen. */
const soon = seconds(5);
/** A key rests so long between presses, as most keys rest for years. */
const keyRests = minutes(6);

/** Somebody presses a key every 20 to 40 s; an impatient one presses again. */
function presses({ clock, seed, cast, roster }: Scene): Timer {
  const draw = chance(seed, 'presses');
  const pressedAt = new Map<string, Instant>();
  const again = timersOf(clock);
  const act = () => {
    const free = cast.keys.filter((id) => clock.now() - (pressedAt.get(id) ?? 0) > keyRests);
    const [id, grade, impatient, after] = [
      draw.pick(free.length > 0 ? free : cast.keys),
      draw.weighted(grades),
      draw.percent(12),
      draw.between(4, 15),
    ];
    pressedAt.set(id, clock.now());
    const press = () => roster.inBackground(roster.keys.get(id)?.press(grade));
    press();
    if (impatient) again.after('demo: second press', seconds(after), press);
  };
  return together(
    irregularly(clock, 'demo: next press', soon, () => seconds(draw.between(20, 40)), act),
    again,
  );
}

const motionEvery = seconds(2);

/** Motion comes and goes before the cameras, as it does all day. */
function motion({ clock, seed, cast, roster }: Scene): Timer {
  const draw = chance(seed, 'motion');
  const moving = new Set<string>();
  return clock.every('demo: motion', motionEvery, () => {
    for (const id of cast.cameras) {
      if (!draw.percent(moving.has(id) ? 25 : 8)) continue;
      if (!moving.delete(id)) moving.add(id);
      roster.inBackground(roster.cameras.get(id)?.event('motion', moving.has(id)));
    }
  });
}

const opening: readonly (readonly [CameraEventType, number])[] = [
  ['line-crossing', 60],
  ['intrusion', 40],
];

/** Every few minutes a camera sees somebody where nobody should be. */
function analytics({ clock, seed, cast, roster }: Scene): Timer {
  const draw = chance(seed, 'analytics');
  const later = timersOf(clock);
  const act = () => {
    const [id, type, lasts] = [draw.pick(cast.cameras), draw.weighted(opening), draw.between(6, 25)];
    const tell = (active: boolean) =>
      roster.inBackground(roster.cameras.get(id)?.event(type, active, active ? { confidence: draw.whole(62, 97) } : undefined));
    tell(true);
    later.after('demo: end of an activity', seconds(lasts), () => tell(false));
  };
  return together(
    irregularly(clock, 'demo: next activity', seconds(25), () => seconds(draw.between(120, 260)), act),
    later,
  );
}

/** Acts after the first span, then again and again after spans that differ. */
function irregularly(clock: Clock, name: string, first: Duration, next: () => Duration, act: () => void): Timer {
  let timer: Timer;
  const arm = (span: Duration) => {
    timer = clock.after(name, span, () => {
      arm(next());
      act();
    });
  };
  arm(first);
  return { stop: () => timer.stop() };
}

/** Timers of the moment that end together. */
function timersOf(clock: Clock): Timer & Pick<Clock, 'after'> {
  const waiting = new Set<Timer>();
  return {
    after(name, delay, run) {
      const timer = clock.after(name, delay, () => {
        waiting.delete(timer);
        return run();
      });
      waiting.add(timer);
      return timer;
    },
    stop() {
      for (const timer of waiting) timer.stop();
    },
  };
}

const together = (...timers: readonly Timer[]): Timer => ({
  stop() {
    for (const timer of timers) timer.stop();
  },
});
