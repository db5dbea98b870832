import { ActionIcon, Button, Center, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { live } from '../api/live.ts';
import { mayDo, type Session, SessionRoom, sessionQuery, useSession } from '../api/session.ts';
import { firstPage, pages } from '../pages.ts';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { timeOfDay, useSecond } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { Consents } from '../parts/warn/consent.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { language, speak, useWords } from '../words/index.ts';
import { Alarm } from './alarm.tsx';
import classes from './frame.module.css';
import { KeptOut } from './kept-out.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { SignedOut, useSeat } from './signed-out.tsx';
import { Standing } from './standing.tsx';

/** What stands round every page: who sits here, where one may go, and whether what is shown is the present. */
export function Frame() {
  const say = useWords('shell');
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const page = pages.find((one) => path.startsWith(one.path));
  useLanguageOf(session);
  const due = session?.secondFactorDue === true;
  const bare = page?.own === true ? due || (session && firstPage(session)?.bare === true) : page?.bare === true;
  const { cutOff, who } = useSeat(session, session ? !bare && mayDo(session, desk) : false);
  // Whoever sits here is known: a line that is lost must take neither the queue nor its own alarm from the screen.
  if (error && session === undefined) return <Trouble error={error} retry={() => void refetch()} />;
  if (session === undefined) return <Loading what={say('whoIsHere')} />;
  if (session === null)
    return (
      <>
        {cutOff && <SignedOut />}
        {page?.byLink && !cutOff ? <Outlet /> : <SignIn {...(who === undefined ? {} : { satHere: who })} />}
      </>
    );
  if (due && page?.own !== true) return <Navigate to="/me" />;
  const inside = page?.own ? (
    <main>
      <Outlet />
    </main>
  ) : (
    <Outlet />
  );
  // A page of its own has a line of its own.
  return (
    <SessionRoom value={session}>
      {bare ? (
        inside
      ) : (
        <Attached>
          <div className={classes.frame}>
            <Head />
            <Rail />
            <main className={classes.page}>
              <Outlet />
            </main>
          </div>
        </Attached>
      )}
    </SessionRoom>
  );
}

/** The language that somebody keeps with the account comes before that of the browser. */
function useLanguageOf(session: Session | null | undefined): void {
  const kept = session?.account?.language;
  useEffect(() => {
    if (kept !== undefined && kept !== language()) void speak(kept);
  }, [kept]);
}

/** Hears the event stream for as long as somebody is signed in. */
function Attached({ children }: { readonly children: React.ReactNode }) {
  useEffect(() => live.start(), []);
  return children;
}

/** Whoever answers calls hears them. */
const desk = pages.find(({ name }) => name === 'page.desk')?.roles ?? [];

function Head() {
  const common = useWords('common');
  const answers = mayDo(useSession(), desk);
  const now = useSecond();
  return (
    <header className={classes.head}>
      <span className={classes.product}>{common('product')}</span>
      {answers && <Alarm />}
      <div className={classes.here}>
        <TextSize />
        <LanguageSwitch />
        <Account />
        <time className={classes.clock}>{timeOfDay(now * 1000)}</time>
      </div>
      <Standing />
      {answers && <KeptOut />}
      {answers && <Consents />}
    </header>
  );
}

const sizes = [100, 115, 130];
const keptSize = 'baiying.text-size';

function TextSize() {
  const say = useWords('shell');
  const [size, setSize] = useState(() => Number(localStorage.getItem(keptSize)) || 100);
  useEffect(() => {
    document.documentElement.style.fontSize = `${size}%`;
    localStorage.setItem(keptSize, String(size));
  }, [size]);
  const larger = sizes[(sizes.indexOf(size) + 1) % sizes.length] ?? 100;
  return (
    <ActionIcon
      variant="subtle"
      aria-label={`${say('textSize')} ${size} %`}
      title={`${say('textSize')} ${size} %`}
      onClick={() => setSize(larger)}
    >
      <Text span fw={700} aria-hidden="true">
        A
      </Text>
    </ActionIcon>
  );
}

function Account() {
  const say = useWords('shell');
  const { actor } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/sessions/current')),
    // Whoever comes next has pages of his own, and has not looked at this one's cameras.
    onSettled: async () => {
      await client.resetQueries();
      await navigate({ to: '/' });
    },
  });
  return (
    <Group gap="xs" wrap="nowrap">
      <Icon name="person" />
      <Link to="/me">{actor.name}</Link>
      <Button size="compact-sm" variant="subtle" onClick={() => leaving.mutate()}>
        {say('signOut')}
      </Button>
    </Group>
  );
}

function Rail() {
  const say = useWords('shell');
  const session = useSession();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const rail = useRef<HTMLElement>(null);
  // On a phone the rail is longer than the screen is wide.
  useEffect(() => {
    if (path !== '') rail.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [path]);
  return (
    <nav ref={rail} className={classes.rail} aria-label={say('pages')}>
      {pages
        .filter(({ roles, byLink, own }) => !byLink && !own && mayDo(session, roles))
        .map(({ path, name, icon }) => (
          <Link key={path} to={path} activeProps={{ 'aria-current': 'page' }} activeOptions={{ exact: false }}>
            <Icon name={icon} size="1.5em" />
            {say(name)}
          </Link>
        ))}
    </nav>
  );
}

/** Where nobody is sent on: no page is open to these roles. */
export function Home() {
  const say = useWords('shell');
  if (firstPage(useSession())) return <Loading what={say('thisPage')} />;
  return (
    <Center h="100%" p="xl">
      <Title order={1} size="h3">
        {say('noPage')}
      </Title>
    </Center>
  );
}
