import { expect, test } from 'vitest';
import { Trouble, type TroubleCode, troubleCodes } from '../driver.ts';
import { type Line, speakOver, spokenOf } from './talk.ts';
import { attempt, theWords } from './testing.ts';

const lineThat = (parts: Partial<Line>): Line => ({
  law: 'PCMA',
  broken: new AbortController().signal,
  tail: 0,
  send: () => undefined,
  close: async () => undefined,
  ...parts,
});

test('a stop while a line is being opened is obeyed at once, and the line is closed when it comes', async () => {
  const { clock, speaking, stop } = attempt();
  const late = Promise.withResolvers<Line>();
  const closed: string[] = [];
  const spoken = speakOver(() => late.promise, theWords(), speaking, clock);
  stop();
  expect(await spoken).toEqual({ outcome: 'stopped' });
  late.resolve(
    lineThat({
      close: async (how) => {
        closed.push(how);
        return undefined;
      },
    }),
  );
  await clock.advance(5);
  expect(closed).toEqual(['stopped']);
});

test('a stop while the device takes nothing is obeyed at once', async () => {
  const { clock, speaking, stop } = attempt();
  const spoken = speakOver(async () => lineThat({ send: () => new Promise<never>(() => undefined) }), theWords(), speaking, clock);
  await clock.advance(100);
  stop();
  expect(await spoken).toEqual({ outcome: 'stopped' });
});

test('what the device has to say at the end is the outcome', async () => {
  const { clock, speaking } = attempt();
  const spoken = speakOver(async () => lineThat({ close: async () => new Trouble('busy', 'someone else') }), theWords(), speaking, clock);
  expect(await clock.until(spoken)).toEqual({ outcome: 'unreachable', reason: 'busy: someone else' });
});

test('silence follows the words on the same grid', async () => {
  const { clock, speaking } = attempt();
  const sent: { at: number; silent: boolean }[] = [];
  const send = (payload: Uint8Array) => void sent.push({ at: clock.now(), silent: payload.every((code) => code === 0xd5) });
  expect(await clock.until(speakOver(async () => lineThat({ send, tail: 100 }), theWords(), speaking, clock))).toEqual({
    outcome: 'sent',
    milliseconds: 3000,
  });
  expect(sent).toHaveLength(155);
  expect(sent.map(({ at }) => at)).toEqual(sent.map((_, index) => 1000 + 20 * index));
  expect(sent.slice(150).every(({ silent }) => silent)).toBe(true);
});

test('a driver that breaks is told as such, and speaking never rejects', async () => {
  const { clock, speaking } = attempt();
  const broken = async (): Promise<Line> => {
    throw new TypeError('secret in here');
  };
  expect(await speakOver(broken, theWords(), speaking, clock)).toEqual({
    outcome: 'failed',
    reason: 'fault in the driver of the loudspeaker',
  });
});

const forNow: readonly TroubleCode[] = ['unreachable', 'silent', 'busy'];
test.each(troubleCodes)('trouble %s', (code) => {
  const outcome = forNow.includes(code) ? 'unreachable' : 'failed';
  expect(spokenOf(new Trouble(code, 'why'))).toEqual({ outcome, reason: `${code}: why` });
});
