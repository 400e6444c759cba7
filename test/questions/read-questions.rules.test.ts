// Whatever a file holds: it is read, without throwing, in time proportional to its length.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import english from '../../src/i18n/en.json' with { type: 'json' };
import uzbek from '../../src/i18n/uz.json' with { type: 'json' };
import { decodeText } from '../../src/questions/decode-text.ts';
import { lossCodes, problemCodes } from '../../src/questions/formats/format.ts';
import { maximumQuestions } from '../../src/questions/formats/read-blocks.ts';
import { formats } from '../../src/questions/formats/registry.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { maximumCharacters, readQuestions } from '../../src/questions/read-questions.ts';
import { questionTypes } from '../../src/questions/types/registry.ts';

const folder = join(import.meta.dirname, '../../src/practice/sample');
const samples = [
  ...['mexanika.gift', 'mexanika-hemis.txt'].map((file) => readFileSync(join(folder, file), 'utf8')),
  ...['mexanika-aiken.txt', 'mexanika-moodle-export.xml'].map((file) =>
    readFileSync(join(import.meta.dirname, file), 'utf8'),
  ),
];
const formatNames = formats.map(({ name }) => name);

function readable(text: string, format: (typeof formatNames)[number] | 'auto') {
  const { questions, problems } = readQuestions(text, format);
  const lines = text.split(/\r\n?|[\n\u2028\u2029]/).length;
  for (const { line, question } of questions) {
    expect(questionSchema.parse(JSON.parse(JSON.stringify(question)))).toEqual(question);
    expect(line >= 1 && line <= lines).toBe(true);
  }
  for (const { line, code } of problems) {
    expect(problemCodes).toContain(code);
    expect(line >= 1 && line <= lines).toBe(true);
  }
  expect(questions.length + problems.length).toBeGreaterThan(0);
}

const signs = fc.constantFrom(
  ...['{', '}', '=', '~', '#', '####', '::', '\\', '->', '%', '%50%', '..', ':', '\n', '\n\n', '//', '$CATEGORY:', ' '],
  ...[
    '====',
    '++++',
    '[[[',
    ']]]',
    '\\(',
    '\\)',
    '[html]',
    'A)',
    'Б. ',
    '\nANSWER: A\n',
    '\u202E',
    'T',
    '5',
    '<b>',
    '\0',
    '\uD800',
    '\uFDE3',
    '\uFEFF',
    '\u00A0',
  ],
);

describe.each([...formatNames, 'auto' as const])('Reading as %s', (format) => {
  test('takes any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(signs, fc.string()), { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => readable(any, format)),
      { numRuns: 300 },
    );
  });

  test('takes the samples with anything broken in them', () => {
    const damage = fc.record({ at: fc.nat(4000), length: fc.nat(40), instead: fc.oneof(signs, fc.string()) });
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(damage, { maxLength: 5 }), (sample, damages) => {
        const broken = damages.reduce(
          (text, { at, length, instead }) => text.slice(0, at) + instead + text.slice(at + length),
          sample,
        );
        readable(broken, format);
      }),
      { numRuns: 100 },
    );
  });
});

/** Where a text goes on for ever: by itself, and where the format reads something else than text. */
const endless: Record<(typeof formatNames)[number], (many: string) => string[]> = {
  gift: (many) => [many, `b {=c ${many}}`],
  hemis: (many) => [many, `b\n====\n#${many}\n====\n`],
  aiken: (many) => [many, `b\nA) ${many}\nB) c\nANSWER: A`],
  csv: (many) => [many, `Question;Right\nb;"${many}`],
  'moodle-xml': (many) => [`<quiz>${many}`],
};

// Nobody's saying which format it is makes one of these of it.
describe.each(formatNames)('Reading as %s', (format) => {
  // Anything worse than linear would take minutes here and run into jest's own limit.
  test.each([
    ...[
      '{',
      '}',
      '=',
      '~',
      '{=',
      '{\n\n',
      '{~\n\n',
      'a\n\n',
      '\n',
      ' ',
      ' \n',
      '\\',
      '\\(',
      '\\[',
      '\\(\n',
      '$$',
      '::',
    ],
    ...[
      '#',
      '%',
      '%1',
      '->',
      '=->',
      '..',
      '====',
      '==== ',
      '====\n',
      '++++',
      '[[[',
      ']]]',
      '<b ',
      '<b a="',
      "<b a='",
      '//\n',
    ],
  ])('takes any length of %j', (piece) => {
    const many = piece.repeat(Math.ceil(300_000 / piece.length));
    for (const text of endless[format](many)) readQuestions(text, format);
  });
});

test('A megabyte of good questions is read up to the most that one file may have', () => {
  // Copies of an XML file make no XML file.
  for (const sample of samples.filter((text) => !text.startsWith('<'))) {
    const separator = sample.includes('++++') ? '\n++++\n' : '\n\n';
    const copies = Math.ceil(1_000_000 / sample.length);
    const { questions, problems } = readQuestions(Array<string>(copies).fill(sample).join(separator), 'auto');
    const whole = readQuestions(sample, 'auto').questions.length * copies;
    expect(questions).toHaveLength(Math.min(whole, maximumQuestions));
    expect(problems.map(({ code }) => code)).toEqual(whole > maximumQuestions ? ['too-many-questions'] : []);
  }
});

test('Characters that no database keeps are left out of what is read', () => {
  const { questions } = readQuestions('\uFEFFa\0\uFDE2b \uD800{T}', 'gift');
  expect(questions.map(({ question }) => question.text.source)).toEqual(['ab \uFFFD']);
});

describe('When nobody says what it is in', () => {
  const unknown = { format: null, questions: [], problems: [{ line: 1, code: 'format-unknown', params: {} }] };

  test('a Moodle XML file is not taken for GIFT', () => {
    const xml = readFileSync(join(import.meta.dirname, 'mexanika-moodle-export.xml'), 'utf8');
    expect(readQuestions(xml, 'auto')).toMatchObject({ format: 'moodle-xml', problems: [] });
    expect(readQuestions(`\uFEFF \n${xml}`, 'auto').questions).toHaveLength(12);
    expect(readQuestions('<html><p>1+1? {=2}</p></html>', 'auto')).toEqual(unknown);
  });

  test('a text that asks nothing is in no format, and is read as it is if its format is named', () => {
    const text = '::Mavzu:: Birinchi xat.\n\nIkkinchi xat.';
    expect(readQuestions(text, 'auto')).toEqual(unknown);
    expect(readQuestions(text, 'gift').questions.map(({ question }) => question.type)).toEqual([
      'description',
      'description',
    ]);
  });

  test('a text that asks something keeps its other texts, and one with something wrong its problem', () => {
    expect(readQuestions('::Mavzu:: Xat.\n\n1+1? {=2}', 'auto').questions).toHaveLength(2);
    expect(readQuestions('::Mavzu:: Xat.\n\n1+1? {=2', 'auto')).toMatchObject({
      format: 'gift',
      questions: [{ line: 1 }],
      problems: [{ line: 3, code: 'brace-not-closed' }],
    });
  });
});

test('A file too large, empty or in no known format is a problem, not a fault', () => {
  expect(readQuestions('a'.repeat(maximumCharacters + 1), 'auto')).toMatchObject({ problems: [{ code: 'too-large' }] });
  expect(readQuestions('just a text', 'auto')).toEqual({
    format: null,
    questions: [],
    problems: [{ line: 1, code: 'format-unknown', params: {} }],
  });
  expect(readQuestions('// only a comment', 'gift')).toMatchObject({
    format: 'gift',
    problems: [{ code: 'no-questions' }],
  });
});

describe('A file’s bytes', () => {
  const text = 'Ньютон, oʻ ҳ';
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');

  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', utf16],
    ['utf-16be', Buffer.from(utf16).swap16()],
  ])('in %s are read as the text they are', (encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });

  test('that are not valid UTF-8 are taken for Windows-1251', () => {
    expect(decodeText(Uint8Array.of(0xcd, 0xfc, 0xfe, 0xf2, 0xee, 0xed))).toEqual({
      text: 'Ньютон',
      encoding: 'windows-1251',
    });
  });

  test('whatever they are, are read', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof decodeText(bytes).text === 'string'));
  });
});

describe.each([
  ['English', english.questions],
  ['Uzbek', uzbek.questions],
])('%s', (_, words) => {
  test('has words for every problem, every loss and every type', () => {
    expect(Object.keys(words.problems).toSorted()).toEqual([...problemCodes].toSorted());
    expect(Object.keys(words.losses).toSorted()).toEqual([...lossCodes].toSorted());
    expect(Object.keys(words.types).toSorted()).toEqual(questionTypes.map(({ name }) => name).toSorted());
  });
});

describe('A formula whose braces do not match', () => {
  const warned = (text: string) =>
    readQuestions(text, 'aiken').warnings?.map(({ line, code, params }) => [line, code, params['formula']]);
  const list = (formula: string) => `Savol\nA) ${formula}\nB) ikki\nANSWER: A`;

  test.each(['\\(\\frac{a}{b\\)', '\\(a}b{\\)', '$$x^{2$$', '\\[\\sqrt}\\]'])(
    '%s is named with its line, and its question kept',
    (formula) => {
      expect(warned(list(formula))).toEqual([[1, 'formula-braces', formula]]);
      expect(readQuestions(list(formula), 'aiken').questions).toHaveLength(1);
    },
  );

  test.each(['\\(\\frac{a}{b}\\)', '\\(\\{a\\)', '\\(a {'])('%s is none', (text) => {
    expect(warned(list(text))).toBeUndefined();
  });
});
