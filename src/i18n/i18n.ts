// Every text of every page and message. A language is one JSON file in this folder and nothing else; English is the
// one that decides which keys exist, the others are held to it by a test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import english from './en.json' with { type: 'json' };

type LeafKey<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? WithoutPlural<Key> : `${Key}.${LeafKey<Tree[Key]>}`;
}[keyof Tree & string];
type WithoutPlural<Key extends string> = Key extends `${infer Stem}_${'one' | 'few' | 'many' | 'other'}` ? Stem : Key;

/** The name of one message: a path in `en.json`, without the plural ending. */
export type MessageKey = LeafKey<typeof english>;

type RefusalIn<Key> = Key extends `refusals.${infer Text}.title` ? Text : never;

/** The texts that a refusal can have: `refusals.<text>.title` says what happened, `.next` what to do now. */
export type RefusalMessage = RefusalIn<MessageKey>;

/** The names of what a refusal gives people to copy: `refusals.facts.<fact>`. */
export type RefusalFact = keyof typeof english.refusals.facts;

/** One message in one language; `params` fill its `{{placeholders}}`, `count` chooses the plural form. */
export type Translate = (key: MessageKey, params?: Record<string, string | number>) => string;

/** A language tag of BCP 47 that has a file here, such as `uz`. */
export type Language = string;

// Two levels below the root both in src/ and in the build, so the JSON files need no copying.
const folder = join(import.meta.dirname, '../../src/i18n');

const resources = Object.fromEntries(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [
      file.slice(0, -'.json'.length),
      { translation: JSON.parse(readFileSync(join(folder, file), 'utf8')) as typeof english },
    ]),
);

/** The languages there are, by code, each with the name it has for itself. */
export const languages: readonly { code: Language; name: string }[] = Object.entries(resources).map(
  ([code, { translation }]) => ({ code, name: translation.language.name }),
);

const i18next = createInstance();
await i18next.init({
  fallbackLng: 'en',
  resources,
  // EJS escapes what it prints; escaping here too would show `&amp;` to people.
  interpolation: { escapeValue: false },
});

/** Messages in `language`. */
export function translator(language: Language): Translate {
  const t = i18next.getFixedT(language);
  return (key, params = {}) => t(key, params);
}

/**
 * The first of the wished-for languages that we have: by the whole tag, then by its first part (`uz-Latn-UZ` → `uz`).
 *
 * @param wishes BCP 47 tags or LMS locales (`en_us`), the dearest first
 * @returns a language with a file; English if there is none
 */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const tag = wish?.trim().toLowerCase().replaceAll('_', '-') ?? '';
    const found =
      languages.find(({ code }) => code.toLowerCase() === tag) ??
      languages.find(({ code }) => code.toLowerCase() === tag.split('-')[0]);
    if (found) return found.code;
  }
  return 'en';
}
