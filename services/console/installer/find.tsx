import { Button, Checkbox, Loader, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useLiveEvents } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { AdoptionList } from './adoption-list.tsx';
import { Credentials } from './credentials.tsx';
import { type FoundCamera, foundOf, merged } from './found.ts';
import { FoundList } from './found-list.tsx';
import { Heading } from './heading.tsx';
import { Mark } from './state.tsx';
import { registeredAs, useAdoption } from './use-adoption.ts';

/** Finds the cameras of a network and registers those that are chosen, all with one credential. */
export function Find({ siteId }: { readonly siteId?: string }) {
  const say = useWords('installer');
  const [heard, setHeard] = useState<readonly FoundCamera[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const adoption = useAdoption();
  const looking = useSearch(setHeard);
  const open = heard.filter(({ deviceId }) => deviceId === undefined);
  const wanted = open.filter(({ urn }) => chosen.has(urn));
  const choose = (urn: string, on: boolean) =>
    setChosen((before) => new Set([...[...before].filter((one) => one !== urn), ...(on ? [urn] : [])]));
  const again = (failed: readonly string[]) => {
    // Those that went well stay in the list as what they are now, so that nobody registers them twice.
    setHeard(heard.map((camera) => ({ ...camera, ...registeredAs(adoption.progress, camera.urn) })));
    setChosen(new Set(failed));
    adoption.clear();
  };
  return (
    <Stack>
      <Heading title={say('find')} back={siteId === undefined ? '/installer' : `/installer/sites/${siteId}`} />
      {adoption.progress ? (
        <AdoptionList progress={adoption.progress} pending={adoption.pending} onAgain={again} />
      ) : (
        <>
          <Text>{say('findHint')}</Text>
          <Button size="lg" leftSection={<Icon name="camera" />} loading={looking.isPending} onClick={() => looking.mutate()}>
            {say(looking.isSuccess ? 'searchAgain' : 'searchNow')}
          </Button>
          <Text role="status" c="var(--muted)">
            {looking.isPending && <Loader size="xs" />} {looking.isPending && say('searching', { count: heard.length })}
            {looking.isSuccess && say('searched', { count: heard.length })}
          </Text>
          <Trouble error={looking.error} />
          {looking.data?.troubles.map(({ driver, detail }) => (
            <Mark key={driver} standing="warning">
              {driver}: {detail}
            </Mark>
          ))}
          {open.length > 1 && (
            <Checkbox
              label={say('chooseAll', { count: open.length })}
              checked={wanted.length === open.length}
              indeterminate={wanted.length > 0 && wanted.length < open.length}
              onChange={({ currentTarget }) => setChosen(new Set(currentTarget.checked ? open.map(({ urn }) => urn) : []))}
            />
          )}
          <FoundList
            heard={heard}
            chosen={chosen}
            names={names}
            onChoose={choose}
            onName={(urn, name) => setNames({ ...names, [urn]: name })}
          />
          {wanted.length > 0 && <Credentials cameras={wanted} siteId={siteId} onSend={(sent) => void adoption.start({ ...sent, names })} />}
        </>
      )}
    </Stack>
  );
}

function useSearch(setHeard: (change: (before: readonly FoundCamera[]) => readonly FoundCamera[]) => void) {
  const looking = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/devices/discover', { body: { seconds: 6 } })),
    onMutate: () => setHeard(() => []),
    onSuccess: ({ items }) => setHeard((before) => merged(before, items.map(foundOf))),
  });
  // Shown as they answer; the list of the end adds what the stream has missed.
  useLiveEvents(['device.found'], ({ data }) => {
    if (looking.isPending) setHeard((before) => merged(before, [foundOf(data)]));
  });
  return looking;
}
