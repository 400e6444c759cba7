// Every language says everything that English says, and says it completely.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { formats } from '../../src/i18n/formats.ts';
import { chooseLanguage, languages } from '../../src/i18n/i18n.ts';
import { inCyrillic } from '../../src/i18n/uzbek-cyrillic.ts';

const root = join(import.meta.dirname, '../..');
const plural = /_(zero|one|two|few|many|other)$/;

type Messages = Map<string, string>;

describe.each(languages.map(({ code }) => [code]))('%s', (code) => {
  const english = messagesOf('en');
  const messages = messagesOf(code);

  test('has a message for every key of English, and none besides', () => {
    const stems = (all: Messages) => [...new Set([...all.keys()].map((key) => key.replace(plural, '')))].sort();
    expect(stems(messages)).toEqual(stems(english));
  });

  test('has every plural form that its numbers need', () => {
    const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions();
    const missing = [...messages.keys()]
      .filter((key) => plural.test(key))
      .flatMap((key) => pluralCategories.map((category) => key.replace(plural, `_${category}`)))
      .filter((key) => !messages.has(key));
    expect(missing).toEqual([]);
  });

  test('leaves no message empty', () => {
    expect([...messages].filter(([, text]) => text.trim() === '' && text !== '\u00a0')).toEqual([]);
  });

  test('fills the same placeholders as English', () => {
    const holders = (text: string) =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)]
        .map(([, name]) => name)
        .sort()
        .join();
    const differing = [...messages].filter(([key, text]) => {
      const original = english.get(key) ?? english.get(key.replace(plural, '_other'));
      return original !== undefined && key !== 'language.dateTime' && holders(text) !== holders(original);
    });
    expect(differing).toEqual([]);
  });

  test('writes oʻ and gʻ with the letter that belongs there, where it is Uzbek', () => {
    const wrong = code === 'uz' ? [...messages].filter(([, text]) => /[oOgG]['`‘’´]|['`´]/.test(text)) : [];
    expect(wrong).toEqual([]);
  });
});

/** `t('a.key')`, or one of two after a condition, which may compare with one word. */
const call = /\bt\(\s*(?:[^'"`(),]*(?:'\w*'[^'"`(),]*)?\?\s*)?(['`])([^'`]+)\1(?:\s*:\s*(['`])([^'`]+)\3)?/g;

test('every message is used, and every message that a page asks for is there', () => {
  const used = new Set(
    filesBelow('views', '.ejs')
      .concat(filesBelow('src', '.ts').filter((file) => !file.includes('/practice/')))
      .filter((file) => !file.includes('/practice/'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(call)].flatMap(([, , one = '', , other]) =>
          other ? [one, other] : [one],
        ),
      ),
  );
  const keys = [...messagesOf('en').keys()].map((key) => key.replace(plural, ''));
  const asked = [...used].map(
    (key) => new RegExp(`^${key.replace(/\$\{[^}]*\}/g, '[\\w-]+').replaceAll('.', '\\.')}$`),
  );
  expect(used.size).toBeGreaterThan(50);
  expect([...used].filter((key) => !key.includes('${') && !keys.includes(key))).toEqual([]);
  // What a language calls itself is read from the file; the names of types are for the bank of questions.
  const elsewhere = /^(language\.name|questions\.types\..*)$/;
  const idle = keys.filter((key) => !asked.some((pattern) => pattern.test(key)) && !elsewhere.test(key));
  expect(idle).toEqual([]);
});

describe('a language is chosen', () => {
  test.each([
    [['uz'], 'uz'],
    [['uz-Latn-UZ'], 'uz'],
    [['uz_utf8'], 'uz'],
    [['uz-Cyrl-UZ'], 'uz-Cyrl'],
    [['uz_cyrl'], 'uz-Cyrl'],
    [['oz-UZ'], 'uz-Cyrl'],
    [['kaa'], 'uz'],
    [['fr', 'uz'], 'uz'],
    [['fr'], 'en'],
    [[null, undefined, ''], 'en'],
    [[], 'en'],
  ])('for %j: %s', (wishes, expected) => {
    expect(chooseLanguage(wishes)).toBe(expected);
  });
});

describe('dates and numbers', () => {
  const moment = new Date('2026-11-21T13:05:09Z');

  test.each([
    ['en', '2026-11-21 18:05'],
    ['uz', '21.11.2026 18:05'],
    ['uz-Cyrl', '21.11.2026 18:05'],
  ])('in %s a moment in Tashkent is %s', (code, expected) => {
    expect(formats(code, 'Asia/Tashkent').dateTime(moment)).toBe(expected);
  });

  test.each([
    ['en', 12345.678, '12\u00a0345.68'],
    ['uz', 12345.678, '12\u00a0345,68'],
    ['uz', 7.5, '7,5'],
    ['uz', 10, '10'],
    ['uz', 1000000, '1\u00a0000\u00a0000'],
    ['en', -0.001, '0'],
    ['en', -2.5, '−2.5'],
  ])('in %s the number %d is %s', (code, value, expected) => {
    expect(formats(code, 'UTC').number(value)).toBe(expected);
  });

  test('a share is whole per cent', () => {
    expect(formats('uz', 'UTC').percent(2 / 3)).toBe('67%');
  });
});

function messagesOf(code: string): Messages {
  const file = `${code.replace('-Cyrl', '')}.json`;
  const tree = JSON.parse(readFileSync(join(root, 'src/i18n', file), 'utf8')) as object;
  const messages = leaves(tree, '');
  return new Map(code === file.slice(0, -5) ? messages : messages.map(([key, text]) => [key, inCyrillic(text)]));
}

function leaves(tree: object, prefix: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? leaves(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(value)] satisfies [string, string]],
  );
}

function filesBelow(folder: string, ending: string) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(root, folder, file));
}
