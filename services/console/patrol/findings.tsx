import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon, type IconName } from '../parts/icon.tsx';
import { KeyCap } from '../parts/key-cap.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import { IncidentForm } from './incident-form.tsx';
import { NoteForm } from './note-form.tsx';
import classes from './patrol.module.css';
import type { Finding, Found, Said } from './requests.ts';

const findings: readonly (readonly [Finding, IconName])[] = [
  ['nothing', 'check'],
  ['note', 'order'],
  ['incident', 'alarm'],
  ['camera-fault', 'tools'],
];

interface FindingsProps {
  readonly found: Found | undefined;
  /** Seconds that are still to be looked before `nothing` may be said. */
  readonly left: number;
  /** Whether the picture is the present now. */
  readonly looking: boolean;
  readonly busy: boolean;
  readonly say: (said: Said) => void;
}

/** What was found at the stop that is looked at, by one key. */
export function Findings({ found, left, looking, busy, say: tell }: FindingsProps) {
  const say = useWords('patrol');
  const [asked, setAsked] = useState<Finding>();
  const [early, setEarly] = useState(false);
  const stands = found?.finding === 'incident';
  const choose = (finding: Finding): void => {
    if (busy || stands) return;
    setEarly(finding === 'nothing' && left > 0);
    if (finding !== 'nothing') setAsked(finding);
    else if (left === 0) tell({ finding });
  };
  useKeys(Object.fromEntries(findings.map(([finding], at) => [String(at + 1), () => choose(finding)])));
  return (
    <Stack gap="xs" component="section" aria-label={say('findings')}>
      <div className={classes.findings}>
        {findings.map(([finding, icon], at) => (
          <button
            key={finding}
            type="button"
            className={classes.finding}
            data-finding={finding}
            aria-pressed={found?.finding === finding}
            aria-disabled={stands || (finding === 'nothing' && left > 0)}
            onClick={() => choose(finding)}
          >
            <KeyCap of={String(at + 1)} />
            <Icon name={icon} />
            {say(`finding.${finding}`)}
          </button>
        ))}
      </div>
      <Text size="sm" c={early && left > 0 ? 'var(--warning)' : 'var(--muted)'} aria-live="polite">
        {stands ? say('incidentStands') : left === 0 ? say('lookedEnough') : looking ? say('lookFor', { seconds: left }) : say('notSeen')}
      </Text>
      {asked === 'incident' && (
        <IncidentForm busy={busy} open={(seen) => tell({ finding: 'incident', seen })} cancel={() => setAsked(undefined)} />
      )}
      {(asked === 'note' || asked === 'camera-fault') && (
        <NoteForm
          key={asked}
          label={say(asked === 'note' ? 'noteWhat' : 'faultWhat')}
          needed={asked === 'note'}
          busy={busy}
          send={(note) => tell({ finding: asked, note })}
          cancel={() => setAsked(undefined)}
        />
      )}
    </Stack>
  );
}
