/** What a room says, in both languages; `{{name}}` stands for a value. The English keys must be those of the Chinese. */
export interface Bilingual<Key extends string = string> {
  readonly zh: Readonly<Record<Key, string>>;
  readonly en: Readonly<Record<Key, string>>;
}

export const bilingual = <const Zh extends Readonly<Record<string, string>>>(
  zh: Zh,
  en: { readonly [K in keyof Zh]: string },
): Bilingual<keyof Zh & string> => ({ zh, en });
