import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import type { CardProps } from './card.tsx';
import { Fact, Facts } from './fact.tsx';
import classes from './map.module.css';
import { OpenIncidents } from './open-incidents.tsx';
import { Raise } from './raise.tsx';
import { Sign } from './sign.tsx';

/** A protected place: how it is and why, whom to call, what hangs there. */
export function SiteCard({ id, places, state, choose }: CardProps) {
  const say = useWords('mapPage');
  const map = useWordFor('map');
  const desk = useWordFor('desk');
  const { data: site, error } = useQuery({
    queryKey: ['sites', id],
    queryFn: () => answer(api.GET('/api/v1/sites/{id}', { params: { path: { id } } })),
  });
  const wrong = state?.sites.find((each) => each.id === id);
  const colour = wrong?.state ?? 'well';
  const incidents = (state?.incidents ?? []).filter(({ siteId }) => siteId === id);
  const nameOf = (list: readonly { id: string; name: string }[], wanted: string | undefined) =>
    list.find((each) => each.id === wanted)?.name;
  return (
    <Stack gap="sm">
      <p className={classes.standing}>
        <Sign name={`site-${colour}`} />
        {map(`site.${colour}`)}
        {wrong && <span className={classes.note}>{wrong.why.map((why) => say(`why.${why}`)).join(' · ')}</span>}
      </p>
      <OpenIncidents incidents={incidents} choose={choose} />
      <Trouble error={error} />
      {site && (
        <Facts>
          <Fact name={say('kind')}>{desk(`site.${site.kind}`)}</Fact>
          <Fact name={say('address')}>{site.address}</Fact>
          <Fact name={say('station')}>{nameOf(places.stations, site.stationId)}</Fact>
          <Fact name={say('grid')}>{nameOf(places.grids, site.gridId) ?? '—'}</Fact>
          <Fact name={say('contacts')}>
            {site.contacts.map((contact, index) => (
              <div key={String(index)}>{typeof contact === 'string' ? contact : Object.values(contact).join(' ')}</div>
            ))}
          </Fact>
        </Facts>
      )}
      <SiteDevices siteId={id} wrong={new Set(wrong?.deviceIds)} choose={choose} />
      <Raise place={{ siteId: id }} />
    </Stack>
  );
}

function SiteDevices({
  siteId,
  wrong,
  choose,
}: {
  readonly siteId: string;
  readonly wrong: ReadonlySet<string>;
  readonly choose: CardProps['choose'];
}) {
  const [say, common] = [useWords('mapPage'), useWords('common')];
  const query = useQuery({
    queryKey: ['devices', 'of-site', siteId],
    queryFn: () => answer(api.GET('/api/v1/devices', { params: { query: { siteId, limit: 200 } } })),
  });
  const worstFirst = (a: { id: string }, b: { id: string }) => Number(wrong.has(b.id)) - Number(wrong.has(a.id));
  return (
    <Stack gap={2}>
      <strong>{say('devices')}</strong>
      <Loaded query={query} what={say('devices')}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">{common('nothing')}</Text>
          ) : (
            [...items].sort(worstFirst).map(({ id, kind, name }) =>
              kind === 'camera' || kind === 'loudspeaker' ? (
                <button key={id} type="button" className={classes.line} onClick={() => choose({ kind, id })}>
                  <span className={classes.name}>{name}</span>
                  <span className={classes.note}>{common(`device.${kind}`)}</span>
                </button>
              ) : (
                <div key={id} className={classes.line}>
                  {wrong.has(id) && <Sign name="site-trouble" />}
                  <span className={classes.name}>{name}</span>
                  <span className={classes.note}>{common(`device.${kind}`)}</span>
                </div>
              ),
            )
          )
        }
      </Loaded>
    </Stack>
  );
}
