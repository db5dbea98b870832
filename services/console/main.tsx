import '@fontsource-variable/noto-sans-sc/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Refused } from './api/client.ts';
import { openRouter } from './router.tsx';
import { backToPlace } from './sign-in/place.ts';
import { theme } from './theme.ts';
import { openWords } from './words/index.ts';

// The styles that the components write themselves are let in by the nonce of this page.
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
setNonce(nonce);

/** What was refused stays refused; what did not arrive is tried again. */
const retry = (failures: number, error: unknown): boolean => !(error instanceof Refused && error.status < 500) && failures < 3;
const client = new QueryClient({
  defaultOptions: { queries: { retry, networkMode: 'always', staleTime: 2000 }, mutations: { networkMode: 'always' } },
});

await openWords();
backToPlace();
const place = document.querySelector('#root');
if (!place) throw new Error('the page has no place for the console');
createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} forceColorScheme="dark" getStyleNonce={() => nonce}>
      <Notifications position="bottom-right" />
      <QueryClientProvider client={client}>
        <RouterProvider router={openRouter(client)} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
