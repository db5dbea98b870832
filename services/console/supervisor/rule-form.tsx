import { ActionIcon, Button, Group, MultiSelect, NumberInput, Stack, Switch, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { Icon } from '../parts/icon.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import { withCondition, withNewLevel, withPriorities } from './draft.ts';
import type { Level, Rule } from './requests.ts';
import classes from './supervisor.module.css';

const kinds = [
  'emergency',
  'assist',
  'duress',
  'unparsed',
  'officer-emergency',
  'intrusion',
  'line-crossing',
  'audio-alarm',
  'tamper',
  'silence',
  'device-fault',
];
const priorities = ['1', '2', '3', '4'] as const;
const steps = ['sound-again', 'next-unit', 'duty-leader', 'supervisor', 'bureau-desk'] as const;

interface Props {
  readonly rule: Rule;
  /** The one that fits everything else: it has no condition and stays. */
  readonly last: boolean;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
}

/** One rule: for which incidents, whom at once, and the two ladders. */
export function RuleForm({ rule, last, onChange, onRemove }: Props) {
  const say = useWords('policies');
  const nameOf = useWordFor('policies');
  const { atOnce } = rule;
  const name = say('ruleName', { name: nameOf(`rule.${rule.id}`) });
  return (
    <section className={classes.card} aria-label={name}>
      <Stack>
        <Group justify="space-between">
          <Title order={3} size="h5">
            {name}
          </Title>
          {!last && (
            <Button size="compact-sm" variant="subtle" onClick={onRemove}>
              {say('removeRule')}
            </Button>
          )}
        </Group>
        {last ? <Text>{say('everything')}</Text> : <Conditions rule={rule} onChange={onChange} />}
        <Group gap="xl">
          <Switch
            label={say('communityOfficer')}
            checked={atOnce.communityOfficer}
            onChange={(event) => onChange({ ...rule, atOnce: { ...atOnce, communityOfficer: event.currentTarget.checked } })}
          />
          <NumberInput
            label={say('nearest')}
            value={atOnce.nearest}
            min={0}
            max={100}
            onChange={(value) => onChange({ ...rule, atOnce: { ...atOnce, nearest: Number(value) } })}
          />
        </Group>
        <div className={classes.two}>
          <Ladder name="acknowledge" levels={rule.acknowledge} onChange={(acknowledge) => onChange({ ...rule, acknowledge })} />
          <Ladder name="progress" levels={rule.progress} onChange={(progress) => onChange({ ...rule, progress })} />
        </div>
      </Stack>
    </section>
  );
}

function Conditions({ rule, onChange }: Pick<Props, 'rule' | 'onChange'>) {
  const say = useWords('policies');
  const common = useWords('common');
  const kindOf = useWordFor('common');
  const { when } = rule;
  return (
    <div className={classes.fields}>
      <TextInput
        label={say('ruleId')}
        value={rule.id}
        maxLength={64}
        onChange={(event) => onChange({ ...rule, id: event.currentTarget.value })}
      />
      <MultiSelect
        label={say('kinds')}
        data={[...new Set([...kinds, ...(when.kinds ?? [])])].map((value) => ({ value, label: kindOf(`kind.${value}`) }))}
        value={when.kinds ?? []}
        placeholder={when.kinds?.length ? undefined : say('any')}
        onChange={(chosen) => onChange(withCondition(rule, 'kinds', chosen))}
      />
      <MultiSelect
        label={say('priorities')}
        data={priorities.map((value) => ({ value, label: common(`priority${value}`) }))}
        value={(when.priorities ?? []).map(String)}
        placeholder={when.priorities?.length ? undefined : say('any')}
        onChange={(chosen) => onChange(withPriorities(rule, chosen))}
      />
      <TagsInput
        label={say('siteKinds')}
        value={when.siteKinds ?? []}
        placeholder={when.siteKinds?.length ? undefined : say('any')}
        onChange={(chosen) => onChange(withCondition(rule, 'siteKinds', chosen))}
      />
    </div>
  );
}

interface LadderProps {
  readonly name: 'acknowledge' | 'progress';
  readonly levels: readonly Level[];
  readonly onChange: (levels: Level[]) => void;
}

function Ladder({ name, levels, onChange }: LadderProps) {
  const say = useWords('policies');
  const put = (index: number, level: Level) => onChange(levels.map((one, at) => (at === index ? level : one)));
  return (
    <Stack component="fieldset" gap="xs" m={0} p={0} bd={0}>
      <Text component="legend" fw={700} p={0}>
        {say(name)}
      </Text>
      {levels.map((level, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a level is known by its place in the ladder
        <div key={index} className={classes.level}>
          <NumberInput
            className={classes.seconds}
            aria-label={say('afterOf', { ladder: say(name), number: index + 1 })}
            suffix={` ${say('after')}`}
            value={level.after}
            min={1}
            onChange={(value) => put(index, { ...level, after: Number(value) })}
          />
          <MultiSelect
            className={classes.rest}
            aria-label={say('stepsOf', { ladder: say(name), number: index + 1 })}
            data={steps.map((value) => ({ value, label: say(`step.${value}`) }))}
            value={level.steps}
            onChange={(chosen) => put(index, { ...level, steps: steps.filter((step) => chosen.includes(step)) })}
          />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={`${say(name)}: ${say('removeLevel', { number: index + 1 })}`}
            onClick={() => onChange(levels.filter((_, at) => at !== index))}
          >
            <Icon name="cross" />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        aria-label={`${say(name)}: ${say('addLevel')}`}
        leftSection={<Icon name="plus" />}
        onClick={() => onChange(withNewLevel(levels))}
      >
        {say('addLevel')}
      </Button>
    </Stack>
  );
}
