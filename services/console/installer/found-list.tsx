import { Checkbox, TextInput } from '@mantine/core';
import { useWords } from '../words/index.ts';
import { type FoundCamera, hostOf } from './found.ts';
import classes from './installer.module.css';
import { LinkButton } from './link-button.tsx';
import { Mark } from './state.tsx';

interface FoundListProps {
  readonly heard: readonly FoundCamera[];
  readonly chosen: ReadonlySet<string>;
  readonly names: Readonly<Record<string, string>>;
  readonly onChoose: (urn: string, on: boolean) => void;
  readonly onName: (urn: string, name: string) => void;
}

/** What answered: chosen by a tick, named where it stands. */
export function FoundList({ heard, chosen, names, onChoose, onName }: FoundListProps) {
  const say = useWords('installer');
  if (heard.length === 0) return null;
  return (
    <ul className={classes.list}>
      {heard.map(({ urn, name, face, address, deviceId }) => (
        <li key={urn}>
          <div className={classes.row}>
            <Checkbox
              size="md"
              aria-label={`${name} ${hostOf(address)}`}
              disabled={deviceId !== undefined}
              checked={chosen.has(urn)}
              onChange={({ currentTarget }) => onChoose(urn, currentTarget.checked)}
            />
            <div>
              {chosen.has(urn) ? (
                <TextInput
                  aria-label={say('nameOf', { address: hostOf(address) })}
                  value={names[urn] ?? name}
                  maxLength={200}
                  onChange={({ currentTarget }) => onName(urn, currentTarget.value)}
                />
              ) : (
                <div className={classes.name}>{name}</div>
              )}
              <div className={classes.detail}>
                <span>{hostOf(address)}</span>
                <span>{face}</span>
              </div>
            </div>
            {deviceId !== undefined && (
              <LinkButton to={`/installer/device/${deviceId}`} variant="subtle" size="compact-md">
                <Mark standing="good">{say('known')}</Mark>
              </LinkButton>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
