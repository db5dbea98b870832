import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { type Problem, Refused } from '../api/client.ts';
import { wordsIn } from '../words/words-testing.ts';
import { type Calls, callStanding } from './call.ts';
import { Help } from './help.tsx';
import type { Waiting } from './orders.ts';

const call: Waiting = { eventId: 'e1', seq: 1, at: '2026-11-21T10:00:00Z', saying: { kind: 'emergency' } };
const problem: Problem = {
  ...{
    type: 'urn:baiying:error:account-without-unit',
    code: 'account-without-unit',
    status: 409,
    retry: false,
    requestId: 'r1',
    faults: [],
  },
  ...{ title: 'Your account moves with no unit', remedy: 'Ask the administrator.', detail: 'wang moves with no unit' },
};
const refusal = { waiting: call, error: new Refused(409, problem) };
const shown = (calls: Partial<Calls>) =>
  renderToStaticMarkup(
    createElement(Help, {
      standing: callStanding({ waiting: [], refusals: [], called: undefined, ...calls }),
      call: () => undefined,
      dismiss: () => undefined,
    }),
  );

beforeAll(() => wordsIn('zh'));

test.each<[string, Partial<Calls>, RegExp | undefined]>([
  ['nobody called', {}, undefined],
  ['it is on its way', { waiting: [call] }, /求援未发出/],
  ['one is on its way after another arrived', { waiting: [call], called: call.at }, /求援未发出/],
  ['the server has it', { called: call.at }, /求援已送达/],
  ['the server refused it', { refusals: [refusal] }, /没有被接收！请立即用对讲机或电话.*您的账号没有绑定警力.*知道了/],
  ['the server refused it after it took another', { refusals: [refusal], called: call.at }, /没有被接收/],
])('%s', (_what, calls, says) => {
  const markup = shown(calls);
  for (const words of [/求援未发出/, /求援已送达/, /没有被接收/])
    if (!says?.source.includes(words.source)) expect(markup).not.toMatch(words);
  if (says) expect(markup).toMatch(says);
});
