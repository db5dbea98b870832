import { MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Point } from '../../parts/map/station-map.tsx';
import { language, useWordFor, useWords } from '../../words/index.ts';
import { AreaField } from './area-field.tsx';
import { ContactsField } from './contacts-field.tsx';
import { PointField } from './point-field.tsx';
import { type Entry, type Field, type FieldKind, listQuery, type Shelf } from './shelves.ts';

export interface FieldProps {
  readonly shelf: Shelf;
  readonly field: Field;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}

/** One part of a row, entered as what it is. */
export function FieldInput({ shelf, field: { name, kind, required = false }, value, error, onChange }: FieldProps) {
  const word = useWordFor('places');
  const label = word(`${shelf}.${name}`);
  const common = { label, error, required };
  const text = typeof value === 'string' ? value : '';
  switch (kind.as) {
    case 'text':
      return <TextInput {...common} value={text} maxLength={kind.most} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'number':
      return (
        <NumberInput
          {...common}
          min={kind.least}
          max={kind.most}
          allowDecimal={false}
          value={typeof value === 'number' ? value : ''}
          onChange={(typed) => onChange(typeof typed === 'number' ? typed : undefined)}
        />
      );
    case 'truth':
      return <Switch mt="1.75rem" label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'choice':
      return <Choice {...common} kind={kind} value={text} onChange={onChange} />;
    case 'one':
    case 'some':
      return <Chosen {...common} from={kind.from} some={kind.as === 'some'} value={value} onChange={onChange} />;
    case 'point':
      return <PointField label={label} error={error} value={value as Partial<Point> | undefined} onChange={onChange} />;
    case 'area':
      return <AreaField label={label} error={error} value={value} onChange={onChange} />;
    case 'contacts':
      return <ContactsField label={label} error={error} value={value} onChange={onChange} />;
    default:
      return kind satisfies never;
  }
}

interface Labelled {
  readonly label: string;
  readonly description?: string;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly onChange: (value: unknown) => void;
}

function Choice({
  kind,
  value,
  onChange,
  ...rest
}: Labelled & { readonly kind: FieldKind & { readonly as: 'choice' }; readonly value: string }) {
  const word = useWordFor('places');
  // A kind that somebody registered over the API stays choosable.
  const all = value === '' || kind.of.includes(value) ? kind.of : [...kind.of, value];
  return (
    <Select
      {...rest}
      allowDeselect={false}
      data={all.map((one) => ({ value: one, label: word(`is.${one}`) }))}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

type ChosenProps = Labelled & {
  readonly from: Parameters<typeof listQuery>[0];
  readonly some: boolean;
  readonly value: unknown;
};

/** One or some of another list. */
export function Chosen({ from, some, value, onChange, ...rest }: ChosenProps) {
  const say = useWords('places');
  const { data = [], error: failed } = useQuery(listQuery(from));
  const error = rest.error ?? (failed ? say('listFailed') : undefined);
  const offered = data.map((entry) => ({ value: entry.id, label: nameOf(entry) }));
  const props = { ...rest, error, data: offered, searchable: true, nothingFoundMessage: say('noneFound') } as const;
  if (some) return <MultiSelect {...props} value={Array.isArray(value) ? value.map(String) : []} onChange={(chosen) => onChange(chosen)} />;
  return (
    <Select
      {...props}
      clearable={!rest.required}
      value={typeof value === 'string' ? value : null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

/** Names may be borne twice; the id tells them apart. Procedures have theirs in both languages. */
function nameOf({ id, name, title }: Entry): string {
  const own = typeof title === 'object' && title !== null ? String(Reflect.get(title, language())) : name;
  return own === id ? id : `${own} (${id})`;
}
