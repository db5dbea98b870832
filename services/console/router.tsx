import { Button, Center, Stack, Text } from '@mantine/core';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  redirect,
  useRouterState,
} from '@tanstack/react-router';
import { sessionQuery } from './api/session.ts';
import { isFresh, progressQuery } from './first-run/state.ts';
import { firstPage, pages } from './pages.ts';
import { Loading } from './parts/loading.tsx';
import { Frame, Home } from './shell/frame.tsx';
import { useWords } from './words/index.ts';

const root = createRootRouteWithContext<{ readonly client: QueryClient }>()({
  component: Frame,
  notFoundComponent: NoSuchPage,
  errorComponent: Broke,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: Home,
  beforeLoad: async ({ context }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    // A record without a station is a first run that was not finished.
    if (session?.actor.roles.includes('admin') && isFresh(await context.client.fetchQuery(progressQuery)))
      throw redirect({ to: '/first-run' });
    const first = session && firstPage(session);
    if (first) throw redirect({ to: first.path });
  },
});

const routes = pages.map(({ path, load }) =>
  createRoute({ getParentRoute: () => root, path: `${path}/$`, component: lazyRouteComponent(load), errorComponent: Broke }),
);

/** A page that is still on its way. */
function Coming() {
  const say = useWords('shell');
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const page = pages.find((one) => path.startsWith(one.path));
  return <Loading what={say(page?.name ?? 'thisPage')} />;
}

function NoSuchPage() {
  const say = useWords('shell');
  return (
    <Center h="100%">
      <Text>{say('wrongPage')}</Text>
    </Center>
  );
}

/** A page that fails must not take the frame with it. */
function Broke({ error }: ErrorComponentProps) {
  const say = useWords('shell');
  console.error(error);
  return (
    <Center h="100%">
      <Stack align="center" role="alert">
        <Text>{say('broke')}</Text>
        <Button onClick={() => location.reload()}>{say('reload')}</Button>
      </Stack>
    </Center>
  );
}

export const openRouter = (client: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([home, ...routes]),
    basepath: '/console',
    context: { client },
    defaultPreload: 'intent',
    defaultPendingComponent: Coming,
    // The component itself waits a moment before it shows.
    defaultPendingMs: 0,
    defaultPendingMinMs: 0,
  });
