import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { type Problem, Refused } from '../api/client.ts';
import { wordsIn } from '../words/words-testing.ts';
import { fresh, type OfficerModel, type Shown } from './model.ts';
import { Notices } from './notices.tsx';
import type { Saying } from './orders.ts';

const problem: Problem = {
  ...{ type: 'urn:baiying:error:not-found', code: 'not-found', status: 404, retry: false, requestId: 'r1', faults: [] },
  ...{ title: 'There is no such thing', remedy: 'Check the id.', detail: 'Your unit has no such order' },
};
const refusalOf = (saying: Saying) => ({
  waiting: { eventId: saying.kind, seq: 1, at: '2026-11-21T10:00:00Z', saying },
  error: new Refused(404, problem),
});
const shown = (change: Partial<Shown>) =>
  renderToStaticMarkup(
    createElement(Notices, {
      model: {} as OfficerModel,
      shown: { ...fresh, ...change },
    }),
  );

beforeAll(() => wordsIn('zh'));

test('an answer that was refused says why and what to do in the language of the page', () => {
  const markup = shown({ refusals: [refusalOf({ kind: 'report', orderId: 'o1', state: 'accepted' })] });
  expect(markup).toMatch(/没有被接收：已接令.*没有找到.*请核对编号/);
  expect(markup).toContain('<div lang="en">Your unit has no such order</div>');
});

test('a call for help that was refused is told at its button, not here', () => {
  expect(shown({ refusals: [refusalOf({ kind: 'emergency' })] })).not.toContain('没有被接收');
});

test('a call for help that waits for a sign-in says so, with the way there', () => {
  expect(shown({ signedOut: true })).toMatch(/<button[^>]*>.*登录已失效，求援发不出去/);
});
