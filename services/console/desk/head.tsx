import { Badge, Button, Kbd, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { timeOfDay } from '../parts/time.tsx';
import { TakeEvidence } from '../verify/take.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import type { Acts } from './acts.ts';
import classes from './incident.module.css';
import { type Detail, placeName } from './model.ts';
import { Age, Next } from './queue-row.tsx';
import { useUndo } from './undo.tsx';

interface HeadProps {
  readonly incident: Detail;
  readonly acts: Acts;
}

/** What it is, where, since when, who has it and what happens next by itself. */
export function Head({ incident, acts }: HeadProps) {
  const [say, common] = [useWords('desk'), useWords('common')];
  const records = useWords('records');
  const kindOf = useWordFor('common');
  const { number, kind, priority, state, openedAt, deadline, clock, silent, exercise, related } = incident;
  const over = state === 'closed';
  return (
    <header className={classes.head}>
      <h2 className={classes.title} id="incident-title">
        <PriorityBadge priority={priority} />
        {kindOf(`kind.${kind}`)} · {placeName(incident) ?? say('placeUnknown')}
        <small>{say('number', { number })}</small>
        {exercise && <Badge color="gray">{common('exercise')}</Badge>}
      </h2>
      <Hands incident={incident} acts={acts} />
      <div className={classes.facts}>
        <strong>{common(`state.${state}`)}</strong>
        <span>
          {say('openedAt', { time: timeOfDay(openedAt) })} {!over && <Age since={openedAt} />}
        </span>
        {incident.soundedAgainAt && <strong>{say('soundsAgainSince', { time: timeOfDay(incident.soundedAgainAt) })}</strong>}
        {incident.signalCount > 1 && <span>{say('pressedTimes', { count: incident.signalCount })}</span>}
        {deadline !== undefined && (
          <span className={classes.clock}>
            <Next deadline={deadline} steps={clock?.next} />
          </span>
        )}
        {related.map((other) => (
          <Link key={other.id} to={`/desk/${other.id}`}>
            {say('related', { number: other.number })}
          </Link>
        ))}
        <Link to={`/records/${incident.id}`}>{records('report')}</Link>
        <TakeEvidence id={incident.id} />
      </div>
      {silent && (
        <p className={classes.strip} role="note">
          <Icon name="silent" /> {say('silentRule')}
        </p>
      )}
      <Offer incident={incident} acts={acts} />
    </header>
  );
}

function Hands({ incident, acts }: HeadProps) {
  const say = useWords('desk');
  const { account } = useSession();
  const { holder, state } = incident;
  if (state === 'closed') return <div className={classes.hands}>{holder && say('heldBy', { name: holder.name })}</div>;
  const mine = holder !== undefined && holder.accountId === account?.id;
  return (
    <div className={classes.hands}>
      <span>
        <Icon name="person" size="1em" /> {holder ? (mine ? say('yours') : say('heldBy', { name: holder.name })) : say('nobodys')}
      </span>
      {!mine && (
        <Button size="compact-md" variant="default" onClick={acts.take}>
          {say('take')} <Kbd ml={6}>T</Kbd>
        </Button>
      )}
      {mine && <HandOn acts={acts} />}
    </div>
  );
}

function HandOn({ acts }: Pick<HeadProps, 'acts'>) {
  const say = useWords('desk');
  const { account } = useSession();
  const undo = useUndo();
  const { data, refetch } = useQuery({
    queryKey: ['colleagues'],
    queryFn: () => answer(api.GET('/api/v1/colleagues')),
    enabled: false,
  });
  const others = (data?.items ?? []).filter(({ accountId }) => accountId !== account?.id);
  const hand = (accountId: string, name: string): void => {
    acts.handOn(accountId);
    undo.offer({ what: 'handed', values: { name }, undo: acts.take });
  };
  return (
    <Menu position="bottom-end" onOpen={() => void refetch()}>
      <Menu.Target>
        <Button size="compact-md" variant="default" leftSection={<Icon name="shift" size="1em" />}>
          {say('handOn')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ accountId, name, signedIn, holds }) => (
          <Menu.Item key={accountId} onClick={() => hand(accountId, name)}>
            {say(signedIn ? 'colleagueHere' : 'colleagueAway', { name, count: holds })}
          </Menu.Item>
        ))}
        {others.length === 0 && <Menu.Item disabled>{say('noColleague')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Somebody asks me to take it, or I asked somebody. */
function Offer({ incident, acts }: HeadProps) {
  const say = useWords('desk');
  const { account } = useSession();
  const { offer, holder } = incident;
  if (!offer) return null;
  const toMe = offer.accountId === account?.id;
  const mine = holder?.accountId === account?.id;
  return (
    <p className={classes.strip} role="status">
      <Icon name="shift" />
      {toMe ? say('offeredToYou', { name: offer.by }) : say('offeredTo', { name: offer.name, by: offer.by })}
      {(toMe || mine) && (
        <Button size="compact-md" variant="white" c="black" onClick={acts.take}>
          {say(toMe ? 'take' : 'keep')}
        </Button>
      )}
    </p>
  );
}
