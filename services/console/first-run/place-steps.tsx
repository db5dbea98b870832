import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { DegreesInput, placeWritten } from '../parts/degrees-input.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './first-run.module.css';
import { idFrom } from './state.ts';

interface Place {
  readonly name: string;
  readonly location?: { readonly lat: number; readonly lon: number };
}

/** The station that this serves. */
export function StationStep() {
  const say = useWords('firstRun');
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: ({ name, location }: Place) =>
      answer(api.POST('/api/v1/stations', { body: { id: idFrom(name, 'station'), name, ...(location && { location }) } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['setup'] }),
  });
  return (
    <PlaceForm
      intro={say('stationIntro')}
      nameLabel={say('stationName')}
      pending={making.isPending}
      error={making.error}
      onDone={making.mutate}
    />
  );
}

const kinds = ['hospital', 'school', 'bank', 'mall', 'hotel', 'other'] as const;

/** The first place to protect. */
export function SiteStep({ stationId }: { readonly stationId: string }) {
  const say = useWords('firstRun');
  const client = useQueryClient();
  const [kind, setKind] = useState<string>('hospital');
  const [address, setAddress] = useState('');
  const making = useMutation({
    mutationFn: ({ name, location }: Place) => {
      const body = { id: idFrom(name, 'site'), name, kind, stationId, address, contacts: [], ...(location && { location }) };
      return answer(api.POST('/api/v1/sites', { body }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['setup'] }),
  });
  return (
    <PlaceForm intro={say('siteIntro')} nameLabel={say('siteName')} pending={making.isPending} error={making.error} onDone={making.mutate}>
      <Select
        label={say('siteKind')}
        data={kinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
        value={kind}
        onChange={(chosen) => setKind(chosen ?? 'other')}
        allowDeselect={false}
      />
      <TextInput label={say('address')} value={address} onChange={(event) => setAddress(event.currentTarget.value)} maxLength={500} />
    </PlaceForm>
  );
}

interface PlaceFormProps {
  readonly intro: string;
  readonly nameLabel: string;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onDone: (place: Place) => void;
  readonly children?: ReactNode;
}

function PlaceForm({ intro, nameLabel, pending, error, onDone, children }: PlaceFormProps) {
  const say = useWords('firstRun');
  const common = useWords('common');
  const [lat, setLat] = useState<number>();
  const [lon, setLon] = useState<number>();
  const [half, setHalf] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const place = placeWritten({ ...(lat !== undefined && { lat }), ...(lon !== undefined && { lon }) });
    setHalf(place === 'half');
    if (place === 'half' || place === 'beyond') return;
    const name = String(new FormData(event.currentTarget).get('name'));
    onDone({ name, ...(place !== 'none' && { location: place }) });
  };
  return (
    <form onSubmit={submit}>
      <Stack maw="32rem">
        <Text>{intro}</Text>
        <TextInput name="name" label={nameLabel} required maxLength={200} autoFocus />
        {children}
        <div className={classes.pair}>
          <DegreesInput label={say('lat')} most={90} value={lat} onChange={setLat} />
          <DegreesInput label={say('lon')} most={180} value={lon} onChange={setLon} />
        </div>
        {half && (
          <Text role="alert" c="var(--bad)">
            {common('placeHalf')}
          </Text>
        )}
        <Text size="sm" c="var(--muted)">
          {say('placeHint')}
        </Text>
        <Button type="submit" loading={pending}>
          {common('next')}
        </Button>
        <Trouble error={error} />
      </Stack>
    </form>
  );
}
