import { expect, onTestFinished, test } from 'vitest';
import { judge, type Look } from '../../devices/media/looking.ts';
import { render } from '../../devices/media/looking-testing.ts';
import { quiet } from '../store/testing.ts';
import type { PictureQuestion } from './eye-worker.ts';
import { openSideThread } from './side-thread.ts';

const question = (view: object): PictureQuestion => ({
  picture: render({ street: 3, light: 'sunny', moment: 2, ...view }),
  standard: { light: 'day', previous: [], fixed: true, reference: render({ street: 3, light: 'sunny', moment: 1 }) },
});

test('the thread answers each what he asked, dies over what it cannot take, starts anew, and ends when it is closed', async () => {
  const thread = openSideThread<PictureQuestion, Look>(quiet, new URL('./eye-worker.ts', import.meta.url));
  onTestFinished(() => thread.close());
  const asked = [question({ turned: [30, 0] }), question({})];
  const answers = await Promise.all(asked.map((one) => thread.ask(one)));
  expect(answers).toEqual(asked.map(({ picture, standard }) => judge(picture, standard)));
  expect(answers[0]?.finding?.fault).toBe('moved');
  const [one] = asked as [PictureQuestion];
  await expect(thread.ask({ ...one, picture: { ...one.picture, width: 1 } })).rejects.toThrow('another size');
  expect((await thread.ask(one)).finding?.fault).toBe('moved');
  const unanswered = thread.ask(one);
  await Promise.all([expect(unanswered).rejects.toThrow('ended'), thread.close()]);
  await expect(thread.ask(one)).rejects.toThrow('closed');
});
