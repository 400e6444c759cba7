// Every text of every page and message. A language is one JSON file in this folder and nothing else, but for Uzbek in Cyrillic
// letters, which is Uzbek spelled anew; English decides which keys exist, the others are held to it by a test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { inCyrillic } from './uzbek-cyrillic.ts';
import english from './en.json' with { type: 'json' };

type LeafKey<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? WithoutPlural<WithoutPlatform<Key>>
    : `${Key}.${LeafKey<Tree[Key]>}`;
}[keyof Tree & string];
type WithoutPlatform<Key extends string> = Key extends `${infer Stem}@${string}` ? Stem : Key;
type WithoutPlural<Key extends string> = Key extends `${infer Stem}_${'one' | 'few' | 'many' | 'other'}` ? Stem : Key;

/** The name of one message: a path in `en.json`, without the plural ending and without the platform that it is for. */
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

const cyrillic = 'uz-Cyrl';

const resources = Object.fromEntries(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file.slice(0, -'.json'.length), { translation: read(file) }]),
);

function read(file: string, spell?: (message: string) => string): typeof english {
  const spelled = spell && ((_key: string, value: unknown) => (typeof value === 'string' ? spell(value) : value));
  return JSON.parse(readFileSync(join(folder, file), 'utf8'), spelled) as typeof english;
}

/** The languages there are, by code, each with the name it has for itself. */
export const languages: readonly { code: Language; name: string }[] = Object.entries(resources).flatMap(
  ([code, { translation }]) => {
    const { name } = translation.language;
    return code === 'uz'
      ? [
          { code, name },
          { code: cyrillic, name: inCyrillic(name) },
        ]
      : [{ code, name }];
  },
);

const i18next = createInstance();
await i18next.init({
  fallbackLng: 'en',
  resources,
  // EJS escapes what it prints; escaping here too would show `&amp;` to people.
  interpolation: { escapeValue: false },
  // Beside `key` may stand `key@platform`: what is said in its place to people of that platform.
  contextSeparator: '@',
});

const translators = new Map<string, Translate>();

/** Messages in `language`. @param platform what the reader's platform speaks, if that is known: some messages have words of its own */
export function translator(language: Language, platform?: string): Translate {
  const key = `${language} ${platform}`;
  const translate = translators.get(key) ?? makeTranslator(language, platform);
  translators.set(key, translate);
  return translate;
}

function makeTranslator(language: Language, platform: string | undefined): Translate {
  // Spelling it takes a while, so no start waits for it.
  if (language === cyrillic && !i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', read('uz.json', inCyrillic));
  const t = i18next.getFixedT(language);
  const context = platform === undefined ? {} : { context: platform };
  // A page has hundreds of messages without parameters, and each is the same every time.
  const known = new Map<MessageKey, string>();
  return (key, params) => {
    if (params) return t(key, { ...params, ...context });
    const message = known.get(key) ?? t(key, context);
    known.set(key, message);
    return message;
  };
}

/** Tags of what people speak here that has a file under another name: HEMIS calls Uzbek in Cyrillic letters `oz` (credits.md §4.1). */
const otherNames: Record<string, Language> = { oz: 'uz-Cyrl', 'uz-cyrillic': 'uz-Cyrl', kaa: 'uz' };

/**
 * The first of the wished-for languages that we have: by the whole tag, then by ever fewer of its parts (`uz-Latn-UZ` → `uz`).
 *
 * @param wishes BCP 47 tags or LMS locales (`en_us`), the dearest first
 * @returns a language of `languages`; English if there is none
 */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const parts = (wish ?? '')
      .trim()
      .toLowerCase()
      .split(/[-_@.]/);
    const tags = parts.map((_part, index) => parts.slice(0, parts.length - index).join('-'));
    for (const tag of tags) {
      const found = languages.find(({ code }) => code.toLowerCase() === tag)?.code ?? otherNames[tag];
      if (found !== undefined) return found;
    }
  }
  return 'en';
}
