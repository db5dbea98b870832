import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { expect, test } from 'vitest';
import { Loaded } from './loaded.tsx';

await i18next.use(initReactI18next).init({ lng: 'zh', resources: {} });
const lost = new TypeError('no answer');

test.each([
  { when: 'nothing came yet', data: undefined, error: null, shows: { trouble: false, loading: true, content: false } },
  { when: 'nothing came, and will not', data: undefined, error: lost, shows: { trouble: true, loading: false, content: false } },
  { when: 'it came', data: 'typed', error: null, shows: { trouble: false, loading: false, content: true } },
  { when: 'it came, and did not come anew', data: 'typed', error: lost, shows: { trouble: true, loading: false, content: true } },
])('$when', ({ data, error, shows }) => {
  const query = { data, error, refetch: () => Promise.reject(lost) };
  const loaded = Loaded<string>({ query, what: 'notes', children: (text) => createElement('textarea', { defaultValue: text }) });
  const page = renderToStaticMarkup(createElement(MantineProvider, null, loaded));
  expect({
    trouble: page.includes('role="alert"'),
    loading: page.includes('role="status"'),
    content: page.includes('>typed</textarea>'),
  }).toEqual(shows);
});
