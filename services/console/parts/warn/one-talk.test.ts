import { expect, test } from 'vitest';
import { OneTalk, type Shown, silent } from './one-talk.ts';
import type { OpenMicrophone, TalkNews } from './talk.ts';

/** A page whose browser and server answer when the test says so; `open` is every microphone and talk that still runs. */
function page() {
  const open = new Set<string>();
  const microphones: PromiseWithResolvers<OpenMicrophone>[] = [];
  const asked: PromiseWithResolvers<string>[] = [];
  const news = new Map<string, TalkNews>();
  const stopped: string[] = [];
  let shown: Shown = silent;
  const talk = new OneTalk({
    openMicrophone: () => {
      const allowed = Promise.withResolvers<OpenMicrophone>();
      microphones.push(allowed);
      return allowed.promise;
    },
    openTalk: (id, microphone, told) => {
      open.add(id);
      news.set(id, told);
      const end = (): void => {
        open.delete(id);
        microphone.close();
      };
      return { end };
    },
    stop: (id) => stopped.push(id),
    show: (now) => {
      shown = { ...shown, ...now };
    },
  });
  const ask = (): Promise<string> => {
    const answer = Promise.withResolvers<string>();
    asked.push(answer);
    return answer.promise;
  };
  return {
    ...{ open, asked, news, stopped, talk },
    shown: () => shown,
    begin: () => talk.begin(ask),
    /** The person allows the microphone that was asked for as the so-many-th. */
    allow(at = 0) {
      const name = `microphone ${at}`;
      open.add(name);
      microphones[at]?.resolve({ hear: () => undefined, close: () => void open.delete(name) });
    },
    refuse: (at: number, why: unknown) => microphones[at]?.reject(why),
  };
}

test('a talk is opened, heard and ended', async () => {
  const { begin, allow, asked, news, talk, open, shown } = page();
  const begun = begin();
  expect(shown()).toMatchObject({ state: 'opening' });
  allow();
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.resolve('one');
  await begun;
  expect(shown()).toMatchObject({ state: 'waiting' });
  news.get('one')?.loudspeaker('pole', 'talking');
  news.get('one')?.level(0.5);
  expect(shown()).toEqual({ state: 'talking', level: 0.5, error: undefined });
  talk.end();
  expect([...open]).toEqual([]);
  expect(shown()).toEqual(silent);
});

test('whoever ends it, or leaves, while the browser asks for the microphone is not heard once it is allowed', async () => {
  const { begin, allow, asked, talk, open, shown } = page();
  const begun = begin();
  talk.end();
  allow();
  await begun;
  expect([...open]).toEqual([]);
  expect(asked).toEqual([]);
  expect(shown()).toEqual(silent);
});

test('whoever ends it while the server is asked closes the microphone at once; the broadcast that comes is stopped', async () => {
  const { begin, allow, asked, talk, open, stopped, shown } = page();
  const begun = begin();
  allow();
  await expect.poll(() => asked.length).toBe(1);
  talk.end();
  expect([...open]).toEqual([]);
  asked[0]?.resolve('one');
  await begun;
  expect(stopped).toEqual(['one']);
  expect([...open]).toEqual([]);
  expect(shown()).toEqual(silent);
});

test('pressed, ended and pressed again: one talk is open, and it can be ended', async () => {
  const { begin, allow, asked, talk, open, stopped, shown } = page();
  const first = begin();
  talk.end();
  const second = begin();
  allow(0);
  await first;
  expect(shown()).toMatchObject({ state: 'opening' });
  allow(1);
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.resolve('two');
  await second;
  expect([...open]).toEqual(['microphone 1', 'two']);
  talk.end();
  expect([...open]).toEqual([]);
  expect(stopped).toEqual([]);
});

test('what a talk that was ended still tells changes nothing of the one after it', async () => {
  const { begin, allow, asked, news, talk, open, shown } = page();
  const speak = async (at: number, id: string): Promise<void> => {
    const begun = begin();
    allow(at);
    await expect.poll(() => asked.length).toBe(at + 1);
    asked[at]?.resolve(id);
    await begun;
  };
  await speak(0, 'one');
  talk.end();
  news.get('one')?.loudspeaker('pole', 'ended');
  expect(shown()).toEqual(silent);
  await speak(1, 'two');
  news.get('one')?.over();
  expect(shown()).toMatchObject({ state: 'waiting' });
  talk.end();
  expect([...open]).toEqual([]);
});

test.each(['microphone', 'broadcast'] as const)('a %s that is refused says why and leaves nothing open', async (what) => {
  const { begin, allow, refuse, asked, open, shown } = page();
  const why = new Error('refused');
  const begun = begin();
  if (what === 'microphone') refuse(0, why);
  else {
    allow();
    await expect.poll(() => asked.length).toBe(1);
    asked[0]?.reject(why);
  }
  await begun;
  expect([...open]).toEqual([]);
  expect(shown()).toEqual({ state: 'silent', level: 0, error: why });
});

test('a refusal of a talk that was ended already is not shown', async () => {
  const { begin, refuse, talk, shown } = page();
  const begun = begin();
  talk.end();
  refuse(0, new Error('refused'));
  await begun;
  expect(shown()).toEqual(silent);
});
