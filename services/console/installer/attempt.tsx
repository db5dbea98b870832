import { Alert, Button, Loader, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import classes from './installer.module.css';
import type { Driver } from './queries.ts';
import type { Values } from './schema.ts';
import { Mark } from './state.tsx';

interface AttemptProps {
  readonly driver: Driver;
  readonly settings: Values;
  /** A registered device, whose kept password is tried. */
  readonly deviceId?: string;
}

/** Tries a device before it is saved: what it says of itself, and the picture. */
export function Attempt({ driver, settings, deviceId }: AttemptProps) {
  const say = useWords('installer');
  const trying = useMutation({
    mutationFn: (asked: Values) =>
      answer(
        api.POST('/api/v1/devices/try', {
          body: { kind: driver.kind, driver: driver.name, settings: asked, ...(deviceId === undefined ? {} : { deviceId }) },
        }),
      ),
  });
  // A verdict is on what was tried; of what was written since it says nothing.
  const data = JSON.stringify(trying.variables) === JSON.stringify(settings) ? trying.data : undefined;
  return (
    <Stack gap="sm">
      <Button
        variant="default"
        size="md"
        leftSection={<Icon name="camera" />}
        loading={trying.isPending}
        onClick={() => trying.mutate(settings)}
      >
        {say('tryNow')}
      </Button>
      {trying.isPending && (
        <Text role="status" c="var(--muted)">
          <Loader size="xs" /> {say('trying')}
        </Text>
      )}
      <Trouble error={trying.error} />
      {data && !trying.isPending && (
        <Stack gap="xs" role="status">
          <Mark standing={data.ok ? 'good' : 'bad'}>{say(data.ok ? 'tryGood' : 'tryBad')}</Mark>
          {data.description && <Face {...data.description} />}
          {data.picture && (
            <img
              className={classes.picture}
              alt={say('pictureNow')}
              width={data.picture.width}
              height={data.picture.height}
              src={`data:image/jpeg;base64,${data.picture.jpeg}`}
            />
          )}
          {data.troubles.map((trouble) => (
            <AttemptTrouble key={trouble.of} {...trouble} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

interface FaceProps {
  readonly maker?: string;
  readonly model?: string;
  readonly firmware?: string;
  readonly clockOffsetMs?: number;
  readonly profiles?: readonly string[];
}

const clockTolerance = 5000;

export function Face({ maker, model, firmware, clockOffsetMs = 0, profiles = [] }: FaceProps) {
  const say = useWords('installer');
  const off = Math.round(clockOffsetMs / 1000);
  return (
    <div className={classes.detail}>
      <span>{[maker, model].filter((part) => part !== undefined).join(' ')}</span>
      {firmware !== undefined && <span>{say('firmware', { firmware })}</span>}
      {profiles.length > 0 && <span>{say('profiles', { count: profiles.length })}</span>}
      {Math.abs(clockOffsetMs) > clockTolerance && <Mark standing="warning">{say('clockOff', { seconds: off })}</Mark>}
    </div>
  );
}

interface AttemptTroubleProps {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
}

/** What stood in the way, in the language of the page; the words of the device itself stay as they are. */
export function AttemptTrouble({ code, title, detail, remedy }: AttemptTroubleProps) {
  const word = useWordFor('installerTroubles');
  const known = word(code) !== code;
  return (
    <Alert color="orange" variant="outline" icon={<Icon name="warning" />} title={known ? word(code) : title}>
      <Text>{known ? word(`do.${code}`) : remedy}</Text>
      <Text size="sm" c="var(--muted)" lang="en">
        {detail}
      </Text>
    </Alert>
  );
}
