import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { type Problem, Refused } from '../api/client.ts';
import { wordsIn } from '../words/words-testing.ts';
import { Trouble } from './trouble.tsx';

const problem: Problem = {
  ...{ type: 'urn:baiying:error:not-found', code: 'not-found', status: 404, retry: false, requestId: 'r1', faults: [] },
  ...{ title: 'There is no such thing', remedy: 'Check the id.', detail: 'Your unit has no such order' },
};
const shown = () =>
  renderToStaticMarkup(createElement(MantineProvider, null, createElement(Trouble, { error: new Refused(404, problem) })));

test('in Chinese a problem is said in Chinese, and what only the server says is marked as English', async () => {
  await wordsIn('zh');
  expect(shown()).toContain('没有找到');
  expect(shown()).toContain('<div lang="en">Your unit has no such order</div>');
  expect(shown()).not.toContain('There is no such thing');
});

test('in English a problem has its own words', async () => {
  await wordsIn('en');
  expect(shown()).toContain('There is no such thing');
  expect(shown()).toContain('Check the id.');
});
