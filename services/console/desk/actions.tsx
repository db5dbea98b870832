import { Button, Kbd } from '@mantine/core';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import type { Acts } from './acts.ts';
import classes from './incident.module.css';
import { type Detail, unanswered } from './model.ts';

/** What the operator works at, beside the picture. */
export type Work = 'scene' | 'camera' | 'dispatch' | 'broadcast' | 'close';

export interface ActionsProps {
  readonly incident: Detail;
  readonly acts: Acts;
  readonly work: Work;
  readonly choose: (work: Work) => void;
  /** On a small screen the site has no column of its own. */
  readonly scene: boolean;
}

const works: readonly (readonly [Work, IconName, string])[] = [
  ['camera', 'camera', '2'],
  ['dispatch', 'radio', '3'],
  ['broadcast', 'speaker', '4'],
  ['close', 'check', '5'],
];

/** The five acts in the order of the work, each with its key. */
export function Actions({ incident, acts, work, choose, scene }: ActionsProps) {
  const say = useWords('desk');
  const over = incident.state === 'closed';
  const answered = incident.acknowledgedAt !== undefined && !unanswered(incident);
  return (
    <div className={classes.actions} role="toolbar" aria-label={say('acts')}>
      <Button
        size="md"
        px="sm"
        color="orange"
        variant={answered || over ? 'default' : 'filled'}
        disabled={answered || over}
        loading={!answered && acts.isPending}
        leftSection={<Icon name={answered ? 'check' : 'alarm'} />}
        onClick={acts.acknowledge}
      >
        {say(answered ? 'acknowledged' : 'acknowledge')} {!answered && <Kbd ml={8}>1</Kbd>}
      </Button>
      {works.map(([name, icon, key]) => (
        <Button
          key={name}
          size="md"
          px="sm"
          variant={work === name ? 'filled' : 'default'}
          aria-pressed={work === name}
          disabled={over && name !== 'camera'}
          leftSection={<Icon name={icon} />}
          onClick={() => choose(name)}
        >
          {say(`work.${name}`)} <Kbd ml={8}>{key}</Kbd>
        </Button>
      ))}
      {scene && (
        <Button
          size="md"
          px="sm"
          variant={work === 'scene' ? 'filled' : 'default'}
          aria-pressed={work === 'scene'}
          onClick={() => choose('scene')}
        >
          {say('work.scene')} <Kbd ml={8}>{say('escape')}</Kbd>
        </Button>
      )}
    </div>
  );
}
