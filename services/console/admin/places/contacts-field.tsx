import { ActionIcon, Button, Fieldset, Group, TextInput } from '@mantine/core';
import { Icon } from '../../parts/icon.tsx';
import { useWords } from '../../words/index.ts';
import classes from './places.module.css';

type Contact = string | Readonly<Record<string, string | number | boolean>>;
const parts = ['name', 'phone', 'role'] as const;

interface ContactsFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (contacts: readonly Contact[]) => void;
}

/** Whom to call there. What a contact holds besides these parts stays with it. */
export function ContactsField({ label, value, error, onChange }: ContactsFieldProps) {
  const say = useWords('places');
  const contacts = (Array.isArray(value) ? value : []) as readonly Contact[];
  const replaced = (at: number, contact: Contact | undefined): readonly Contact[] =>
    contacts.flatMap((one, index) => (index !== at ? [one] : contact === undefined ? [] : [contact]));
  return (
    <Fieldset legend={label}>
      {contacts.map((contact, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a contact has no name of its own but its place in the list
        <Group key={at} align="end" gap="xs" mb="xs">
          {parts.map((part) => (
            <TextInput
              key={part}
              flex="1 1 8rem"
              label={say(`contact.${part}`)}
              value={partOf(contact, part)}
              maxLength={500}
              onChange={(event) => onChange(replaced(at, withPart(contact, part, event.currentTarget.value)))}
            />
          ))}
          <ActionIcon
            size="lg"
            variant="default"
            aria-label={say('removeContact', { number: at + 1 })}
            onClick={() => onChange(replaced(at, undefined))}
          >
            <Icon name="cross" />
          </ActionIcon>
        </Group>
      ))}
      {error !== undefined && <p className={classes.fault}>{error}</p>}
      <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => onChange([...contacts, {}])}>
        {say('addContact')}
      </Button>
    </Fieldset>
  );
}

const partOf = (contact: Contact, part: string): string =>
  typeof contact === 'string' ? (part === 'name' ? contact : '') : String(contact[part] ?? '');

function withPart(contact: Contact, part: string, text: string): Contact {
  const whole = typeof contact === 'string' ? { name: contact } : contact;
  const { [part]: _before, ...rest } = whole;
  return text === '' ? rest : { ...rest, [part]: text };
}
