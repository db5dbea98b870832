import { Button, Checkbox, Collapse, JsonInput, NumberInput, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { language, useWords } from '../words/index.ts';
import type { Driver } from './queries.ts';
import { type Field, fieldsOf, type Values, withValue } from './schema.ts';

interface SettingsFormProps {
  readonly driver: Driver;
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  /** By the name of the setting. */
  readonly faults: Readonly<Record<string, string>>;
  /** A registered device: its secrets stay unless others are written. */
  readonly registered?: boolean;
}

/** Always in sight: what a device asks for at its door. */
const always = new Set(['username', 'password', 'allowBasic']);

/** The settings of a driver, as it describes them itself. */
export function SettingsForm({ driver, values, onChange, faults, registered = false }: SettingsFormProps) {
  const say = useWords('installer');
  const fields = fieldsOf(driver.settings, language());
  const first = fields.filter(({ name, required }) => required || always.has(name));
  const rest = fields.filter((field) => !first.includes(field));
  const faulty = rest.some(({ name }) => faults[name] !== undefined);
  const [opened, { toggle }] = useDisclosure(false);
  const one = (field: Field) => (
    <Setting
      key={field.name}
      field={field}
      value={values[field.name]}
      fault={faults[field.name]}
      registered={registered}
      onChange={(value) => onChange(withValue(values, field.name, value))}
    />
  );
  return (
    <Stack gap="sm">
      {first.map(one)}
      {rest.length > 0 && (
        <>
          <Button variant="subtle" size="compact-md" w="fit-content" aria-expanded={opened || faulty} onClick={toggle}>
            {say('moreSettings', { count: rest.length })}
          </Button>
          <Collapse expanded={opened || faulty}>
            <Stack gap="sm">{rest.map(one)}</Stack>
          </Collapse>
        </>
      )}
    </Stack>
  );
}

interface SettingProps {
  readonly field: Field;
  readonly value: unknown;
  readonly fault: string | undefined;
  readonly registered: boolean;
  readonly onChange: (value: unknown) => void;
}

function Setting({ field, value, fault, registered, onChange }: SettingProps) {
  const say = useWords('installer');
  const { name, title, help, required, unit } = field;
  const told = { label: title, description: help, error: fault, required, name };
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'secret':
      return (
        <PasswordInput
          {...told}
          description={registered ? say('secretStays') : (help ?? say('passwordMayBeEmpty'))}
          autoComplete="off"
          required={required && !registered}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <Select {...told} data={[...(field.choices ?? [])]} clearable={!required} value={text === '' ? null : text} onChange={onChange} />
      );
    case 'truth':
      return <Checkbox {...told} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'number':
      return <NumberSetting told={told} field={field} value={value} unit={unit} onChange={onChange} />;
    case 'json':
      return <JsonSetting told={told} value={value} onChange={onChange} />;
    default:
      return (
        <TextInput
          {...told}
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

type Told = Readonly<Record<'label' | 'name', string>> & { readonly required: boolean };

function NumberSetting({
  told,
  field,
  value,
  unit,
  onChange,
}: Pick<SettingProps, 'field' | 'value' | 'onChange'> & { told: Told; unit: string | undefined }) {
  return (
    <NumberInput
      {...told}
      {...(field.least === undefined ? {} : { min: field.least })}
      {...(field.most === undefined ? {} : { max: field.most })}
      {...(unit === undefined ? {} : { suffix: ` ${unit}` })}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  );
}

/** Lists and tables, which are seldom needed, as they are written. */
function JsonSetting({ told, value, onChange }: { readonly told: Told } & Pick<SettingProps, 'value' | 'onChange'>) {
  const say = useWords('installer');
  const [typed, setTyped] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  return (
    <JsonInput
      {...told}
      autosize
      formatOnBlur
      validationError={say('noJson')}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        onChange(parsed(text));
      }}
    />
  );
}

/** What is not yet JSON is handed on as text, which the driver's own check refuses. */
function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
