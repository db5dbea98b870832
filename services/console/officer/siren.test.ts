import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Calling, glareOf, keepArmed, Siren } from './siren.ts';

/** The sound of a phone, which the system may take. */
class FakeSound extends EventTarget {
  state = 'suspended';
  /** Whether the system gives it back when asked. */
  static free = true;
  static asked = 0;
  static opened: FakeSound[] = [];
  static started = 0;
  readonly currentTime = 0;
  readonly destination = {};

  constructor() {
    super();
    FakeSound.opened.push(this);
  }

  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  async resume(): Promise<void> {
    FakeSound.asked += 1;
    if (!FakeSound.free) throw new Error('the sound is taken');
    this.become('running');
  }

  createOscillator = () => ({
    ...{ type: '', frequency: { value: 0 }, connect: (to: unknown) => to, stop: () => undefined },
    start: () => {
      FakeSound.started += 1;
    },
  });
  createGain = () => ({
    gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined },
    connect: (to: unknown) => to,
  });
}

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const vibrate = vi.fn();

beforeEach(() => {
  Object.assign(FakeSound, { free: true, asked: 0, opened: [], started: 0 });
  vi.stubGlobal('AudioContext', FakeSound);
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { vibrate });
  vi.spyOn(console, 'info').mockReturnValue();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A siren that was touched; what it told of being armed. */
function armed() {
  const siren = new Siren();
  const told: boolean[] = [];
  siren.subscribe(() => told.push(siren.armed()));
  const stop = keepArmed(siren);
  page.dispatchEvent(new Event('pointerdown'));
  const [sound] = FakeSound.opened;
  if (!sound) throw new Error('it opened no sound');
  return { siren, sound, told, stop };
}

test('it is armed with the first touch, and says when the system takes the sound', () => {
  const { siren, sound, told, stop } = armed();
  expect(siren.armed()).toBe(true);
  sound.become('interrupted');
  expect(siren.armed()).toBe(false);
  sound.become('running');
  expect(told).toEqual([true, false, true]);
  stop();
});

test('seen again, the page asks for its sound; away, it does not; and the next touch asks again', () => {
  const { siren, sound, stop } = armed();
  FakeSound.free = false;
  sound.become('interrupted');
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(FakeSound.asked).toBe(1);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(FakeSound.asked).toBe(2);
  expect(siren.armed()).toBe(false);
  FakeSound.free = true;
  page.dispatchEvent(new Event('pointerdown'));
  expect(siren.armed()).toBe(true);
  expect(FakeSound.opened).toHaveLength(1);
  stop();
});

test('a call on a phone whose sound was taken asks for it, so that the next one is heard', () => {
  const { siren, sound, stop } = armed();
  sound.become('suspended');
  siren.call('order');
  expect(FakeSound.started).toBe(0);
  siren.call('order');
  expect(FakeSound.started).toBe(4);
  stop();
});

test('a silent order makes no sound', () => {
  const { siren, stop } = armed();
  siren.call('silent');
  expect(FakeSound.started).toBe(0);
  expect(vibrate).toHaveBeenCalledWith([200, 100, 200]);
  stop();
});

test.each<[Calling, boolean, ReturnType<typeof glareOf>]>([
  [undefined, false, undefined],
  ['order', true, undefined],
  ['order', false, 'mute'],
  ['silent', true, 'silent'],
  ['silent', false, 'silent'],
])('%s with sound %s is shown as %s', (what, sound, glare) => {
  expect(glareOf(what, sound)).toBe(glare);
});
