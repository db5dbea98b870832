/** The settings of a driver as a form needs them, read from its JSON Schema. */

export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'secret' | 'number' | 'truth' | 'choice' | 'json';
  readonly title: string;
  readonly help?: string;
  readonly unit?: string;
  readonly required: boolean;
  readonly least?: number;
  readonly most?: number;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

type Json = Readonly<Record<string, unknown>>;
const asObject = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Who is bound to whom has a view of its own. */
const bindings = new Set(['watches', 'aims', 'ear', 'fallback']);

export function fieldsOf(schema: Json, language: 'zh' | 'en'): readonly Field[] {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'].map(String) : []);
  return Object.entries(asObject(schema['properties']))
    .filter(([name]) => !bindings.has(name))
    .map(([name, told]) => fieldOf(name, asObject(told), required.has(name), language));
}

function fieldOf(name: string, told: Json, required: boolean, language: 'zh' | 'en'): Field {
  const word = (of: string): string | undefined => asText(told[language === 'zh' ? `${of}Zh` : of]) ?? asText(told[of]);
  const [help, unit, least, most] = [word('description'), asText(told['unit']), asNumber(told['minimum']), asNumber(told['maximum'])];
  const choices = choicesOf(told, language);
  return {
    ...{ name, required, kind: kindOf(told), title: word('title') ?? name },
    ...(help === undefined ? {} : { help }),
    ...(unit === undefined ? {} : { unit }),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(choices === undefined ? {} : { choices }),
  };
}

function kindOf(told: Json): Field['kind'] {
  if (told['secret'] === true) return 'secret';
  if (Array.isArray(told['enum'])) return 'choice';
  switch (told['type']) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'truth';
    default:
      return 'json';
  }
}

function choicesOf(told: Json, language: 'zh' | 'en'): Field['choices'] {
  if (!Array.isArray(told['enum'])) return undefined;
  const labels = language === 'zh' && Array.isArray(told['enumZh']) ? told['enumZh'] : told['enum'];
  return told['enum'].map((value, index) => ({ value: String(value), label: String(labels[index] ?? value) }));
}

export type Values = Readonly<Record<string, unknown>>;

/** One setting changed; what is empty is left out, as the drivers want it. */
export function withValue(values: Values, name: string, value: unknown): Values {
  const { [name]: _before, ...rest } = values;
  return value === '' || value === undefined || value === null || value === false ? rest : { ...rest, [name]: value };
}
