import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CameraControls } from '../parts/camera-controls/camera-controls.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { KeyCap } from '../parts/key-cap.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { type Keys, useKeys } from '../parts/use-keys.ts';
import { Warn } from '../parts/warn/warn.tsx';
import { useWords } from '../words/index.ts';
import classes from './patrol.module.css';
import { neighbours } from './requests.ts';

export type Tool = 'warn' | 'move';
const tools: readonly (readonly [Tool, string, IconName])[] = [
  ['warn', 'W', 'speaker'],
  ['move', 'M', 'camera'],
];

interface SideProps {
  readonly cameraId: string;
  readonly tool: Tool | undefined;
  readonly choose: (tool: Tool | undefined) => void;
  readonly follow: (cameraId: string) => void;
}

/** What can be done with the picture that is looked at: warn, move the camera, follow to the next one. */
export function Side({ cameraId, tool, choose, follow }: SideProps) {
  const say = useWords('patrol');
  const toggle = (wanted: Tool) => choose(tool === wanted ? undefined : wanted);
  useKeys({ w: () => toggle('warn'), m: () => toggle('move'), Escape: () => choose(undefined) });
  return (
    <Stack gap="sm">
      {tools.map(([name, key, icon]) => (
        <div key={name}>
          <Button
            fullWidth
            justify="start"
            variant={tool === name ? 'light' : 'default'}
            leftSection={<Icon name={icon} />}
            rightSection={<KeyCap of={key} />}
            aria-expanded={tool === name}
            onClick={() => toggle(name)}
          >
            {say(`tool.${name}`)}
          </Button>
          {tool === name && (
            <div className={classes.tool}>
              {name === 'warn' ? <Warn key={cameraId} cameraId={cameraId} /> : <CameraControls cameraId={cameraId} />}
            </div>
          )}
        </div>
      ))}
      <Follow cameraId={cameraId} follow={follow} />
    </Stack>
  );
}

const ways = {
  ahead: ['Shift+ArrowUp', 'up'],
  right: ['Shift+ArrowRight', 'right'],
  behind: ['Shift+ArrowDown', 'down'],
  left: ['Shift+ArrowLeft', 'left'],
} as const;
type Way = keyof typeof ways;
const shownAtMost = 6;

/** The next camera along the street; the nearest of each direction by one key. */
function Follow({ cameraId, follow }: Pick<SideProps, 'cameraId' | 'follow'>) {
  const say = useWords('patrol');
  const common = useWords('common');
  const { data, error } = useQuery(neighbours(cameraId));
  const items = data?.items.slice(0, shownAtMost) ?? [];
  const nearest = new Map<Way, string>();
  for (const { direction, cameraId: id } of items) if (direction && !nearest.has(direction)) nearest.set(direction, id);
  const keys: Record<string, () => void> = {};
  for (const [way, id] of nearest) keys[ways[way][0]] = () => follow(id);
  useKeys(keys satisfies Keys);
  return (
    <section aria-label={say('follow')}>
      <Text size="sm" c="var(--muted)">
        {say('follow')} <KeyCap of="Shift" />+<KeyCap of="↑→↓←" />
      </Text>
      <Trouble error={error} />
      {data && items.length === 0 && <Text size="sm">{say('noNeighbour')}</Text>}
      <Stack gap={4}>
        {items.map(({ cameraId: id, name, distance, direction }) => (
          <Button
            key={id}
            size="compact-md"
            variant="subtle"
            justify="start"
            leftSection={<Icon name={direction ? ways[direction][1] : 'camera'} size="1.1em" />}
            onClick={() => follow(id)}
          >
            {direction ? `${say(`way.${direction}`)} ` : ''}
            {name}
            {distance === undefined ? '' : ` ${common('metres', { count: distance })}`}
          </Button>
        ))}
      </Stack>
    </section>
  );
}
