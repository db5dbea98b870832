import { Progress as Bar, Button, Group, Stack, Text } from '@mantine/core';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { AttemptTrouble, Face } from './attempt.tsx';
import { hostOf } from './found.ts';
import classes from './installer.module.css';
import { LinkButton } from './link-button.tsx';
import { Mark, type Standing } from './state.tsx';
import type { Progress } from './use-adoption.ts';

interface AdoptionListProps {
  readonly progress: readonly Progress[];
  readonly pending: boolean;
  /** With those that did not take the credential; with none, back to what was found. */
  readonly onAgain: (urns: readonly string[]) => void;
}

const standings: Readonly<Record<Progress['state'], Standing>> = {
  ...{ waiting: 'none', trying: 'none', told: 'none' },
  ...{ registered: 'good', failed: 'bad', refused: 'bad' },
};

/** How each camera went, while it goes and afterwards. */
export function AdoptionList({ progress, pending, onAgain }: AdoptionListProps) {
  const say = useWords('installer');
  const over = progress.filter(({ state }) => state === 'registered' || state === 'failed' || state === 'refused').length;
  const told = progress.filter(({ state }) => state === 'told').length;
  const failed = progress.filter(({ state }) => state === 'failed' || state === 'refused');
  const share = Math.round((100 * (over + told)) / Math.max(1, progress.length));
  const good = progress.length - failed.length;
  return (
    <Stack>
      {pending ? (
        <>
          <Text role="status">{say('adopting', { done: over + told, of: progress.length })}</Text>
          <Bar value={share} size="lg" aria-label={say('adopting', { done: over + told, of: progress.length })} />
        </>
      ) : (
        <Text role="status" fw={700}>
          {say('adopted', { good, failed: failed.length })}
        </Text>
      )}
      <ul className={classes.list}>
        {progress.map((one) => (
          <li key={one.camera.urn}>
            <Line {...one} />
          </li>
        ))}
      </ul>
      {!pending && (
        <Group>
          {failed.length > 0 && (
            <Button size="md" onClick={() => onAgain(failed.map(({ camera }) => camera.urn))}>
              {say('otherCredentials', { count: failed.length })}
            </Button>
          )}
          <Button size="md" variant="default" onClick={() => onAgain([])}>
            {say('backToSearch')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Line(one: Progress) {
  const say = useWords('installer');
  const { camera, state } = one;
  const device = 'adopted' in one ? one.adopted.device : undefined;
  return (
    <div className={classes.row}>
      <Icon name="camera" />
      <div>
        <div className={classes.name}>{device?.name ?? camera.name}</div>
        <div className={classes.detail}>{hostOf(camera.address)}</div>
        {'adopted' in one && one.adopted.description && <Face {...one.adopted.description} />}
      </div>
      {device ? (
        <LinkButton to={`/installer/device/${device.id}`} variant="subtle" size="compact-md">
          <Mark standing="good">{say('adoption.registered')}</Mark>
        </LinkButton>
      ) : (
        <Mark standing={standings[state]}>{say(`adoption.${state}`)}</Mark>
      )}
      {'adopted' in one && one.adopted.troubles.length > 0 && (
        <div className={classes.below}>
          {one.adopted.troubles.map((trouble) => (
            <AttemptTrouble key={trouble.of} {...trouble} />
          ))}
        </div>
      )}
      {'error' in one && (
        <div className={classes.below}>
          <Trouble error={one.error} />
        </div>
      )}
    </div>
  );
}
