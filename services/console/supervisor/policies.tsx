import { Alert, Button, Group, MultiSelect, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { Icon } from '../parts/icon.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { samePolicy, withNewRule, withoutRule, withRule } from './draft.ts';
import { PreviewOf } from './preview.tsx';
import { type Policy, policiesQuery, type Standing } from './requests.ts';
import { RuleForm } from './rule-form.tsx';
import classes from './supervisor.module.css';

/** The policies in force, changed here, and shown first for what they would have done last week. */
export function PolicyPage() {
  const say = useWords('supervisor');
  return (
    <Loaded query={useQuery(policiesQuery)} what={say('policies')}>
      {(standing) => <Editor key={standing.version} standing={standing} />}
    </Loaded>
  );
}

function Editor({ standing }: { readonly standing: Standing }) {
  const say = useWords('policies');
  const client = useQueryClient();
  const { version } = standing;
  // Whoever looks at another page meanwhile finds the changes again; they end with the session.
  const draft = [...policiesQuery.queryKey, 'draft', version];
  const [policy, setPolicy] = useState(() => client.getQueryData<Policy>(draft) ?? standing.policy);
  const settle = (changed: Standing) => client.setQueryData(policiesQuery.queryKey, changed);
  const previewing = useMutation({ mutationFn: () => answer(api.POST('/api/v1/policies/preview', { body: { policy } })) });
  const putting = useMutation({ mutationFn: () => answer(api.PUT('/api/v1/policies', { body: { version, policy } })), onSuccess: settle });
  const resetting = useMutation({ mutationFn: () => answer(api.POST('/api/v1/policies/reset', { body: { version } })), onSuccess: settle });
  const changed = !samePolicy(policy, standing.policy);
  const change = (next: Policy) => {
    previewing.reset();
    client.setQueryDefaults(draft, { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData(draft, next);
    setPolicy(next);
  };
  return (
    <Stack>
      <Text maw="52rem">{say('policiesIntro')}</Text>
      <Group className={classes.bar}>
        <Button leftSection={<Icon name="play" />} variant="default" loading={previewing.isPending} onClick={() => previewing.mutate()}>
          {say('preview')}
        </Button>
        <Button leftSection={<Icon name="check" />} disabled={!changed} loading={putting.isPending} onClick={() => putting.mutate()}>
          {say('putInForce')}
        </Button>
        <Button variant="default" disabled={!changed} onClick={() => change(standing.policy)}>
          {say('discard')}
        </Button>
        <Button variant="default" disabled={standing.fromFile} loading={resetting.isPending} onClick={() => resetting.mutate()}>
          {say('reset')}
        </Button>
        <InForce standing={standing} />
      </Group>
      {changed && <Text role="status">{say('unsaved')}</Text>}
      <Trouble error={previewing.error ?? putting.error ?? resetting.error} />
      {previewing.data && <PreviewOf preview={previewing.data} windowChanged={policy.sorting.window !== standing.policy.sorting.window} />}
      <Title order={2} size="h4">
        {say('rules')}
      </Title>
      <Text c="var(--muted)">{say('rulesHint')}</Text>
      {policy.escalation.rules.map((rule, index) => (
        <RuleForm
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule's name is being typed here
          key={index}
          rule={rule}
          last={index === policy.escalation.rules.length - 1}
          onChange={(next) => change(withRule(policy, index, () => next))}
          onRemove={() => change(withoutRule(policy, index))}
        />
      ))}
      <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => change(withNewRule(policy))}>
        {say('addRule')}
      </Button>
      <Limits policy={policy} onChange={change} />
    </Stack>
  );
}

function InForce({ standing: { version, by, at, fromFile } }: { readonly standing: Standing }) {
  const say = useWords('policies');
  const text =
    fromFile || by === undefined || at === undefined
      ? say('inForceFile', { version })
      : say('inForceBy', { version, by, at: dateAndTime(at) });
  return (
    <Alert variant="outline" color="sky" p="xs" ms="auto" role="status">
      {text}
    </Alert>
  );
}

const openings = ['line-crossing', 'intrusion', 'audio-alarm'] as const;
const spans = ['delivered', 'accepted', 'expires', 'most'] as const;

function Limits({ policy, onChange }: { readonly policy: Policy; readonly onChange: (next: Policy) => void }) {
  const say = useWords('policies');
  const { sorting, escalation } = policy;
  const sort = (part: Partial<Policy['sorting']>) => onChange({ ...policy, sorting: { ...sorting, ...part } });
  const order = (part: Partial<Policy['escalation']['order']>) =>
    onChange({ ...policy, escalation: { ...escalation, order: { ...escalation.order, ...part } } });
  return (
    <div className={classes.two}>
      <section className={classes.card} aria-labelledby="policy-orders">
        <Title order={2} size="h5" id="policy-orders">
          {say('orders')}
        </Title>
        <div className={classes.fields}>
          {spans.map((name) => (
            <NumberInput
              key={name}
              label={say(name)}
              value={escalation.order[name]}
              min={0}
              onChange={(value) => order({ [name]: Number(value) })}
            />
          ))}
        </div>
      </section>
      <section className={classes.card} aria-labelledby="policy-sorting">
        <Title order={2} size="h5" id="policy-sorting">
          {say('sorting')}
        </Title>
        <div className={classes.fields}>
          <MultiSelect
            label={say('opening')}
            data={openings.map((value) => ({ value, label: say(`opening.${value}`) }))}
            value={sorting.opening}
            onChange={(chosen) => sort({ opening: openings.filter((one) => chosen.includes(one)) })}
          />
          <NumberInput
            label={say('lowBattery')}
            value={sorting.lowBattery}
            min={0}
            max={100}
            onChange={(value) => sort({ lowBattery: Number(value) })}
          />
          <NumberInput label={say('window')} value={sorting.window} min={1} onChange={(value) => sort({ window: Number(value) })} />
        </div>
      </section>
    </div>
  );
}
