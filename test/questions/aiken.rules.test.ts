// Aiken as teachers type it, on whichever keyboard was on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aiken } from '../../src/questions/formats/aiken.ts';
import type { Question } from '../../src/questions/question.ts';
import { readQuestions } from '../../src/questions/read-questions.ts';

const read = (text: string) => readQuestions(text, 'aiken');

function one(text: string): Question {
  const { questions, problems } = read(text);
  expect(problems).toEqual([]);
  expect(questions).toHaveLength(1);
  return questions[0]!.question;
}

/** The options, the right ones with a star. */
function options(text: string): string[] {
  const question = one(text);
  if (question.type !== 'single-choice' && question.type !== 'multiple-choice') throw new Error(question.type);
  return question.details.options.map(({ text: { source }, weight }) => (weight.startsWith('1') ? '*' : '') + source);
}

test('The sample is recognised and read, Cyrillic letters and all', () => {
  const sample = readFileSync(join(import.meta.dirname, 'mexanika-aiken.txt'), 'utf8');
  const { format, questions, problems } = readQuestions(sample, 'auto');
  expect([format, problems]).toEqual(['aiken', []]);
  const right = questions.map(({ line, question: { text, type, details } }) => {
    if (type !== 'single-choice') throw new Error(type);
    return [line, text.source, details.options.map(({ weight }) => weight).indexOf('1')];
  });
  expect(right).toEqual([
    [1, 'Какая величина является мерой инертности тела?', 1],
    [8, 'Единица силы в СИ', 2],
    [15, 'Кыймыл санынын (импульстун) формуласы кайсы?', 1],
  ]);
});

describe('The letters of options', () => {
  const list = (letters: string, key: string) =>
    options(`Savol\n${[...letters].map((letter) => `${letter}) ${letter.toLowerCase()}`).join('\n')}\nANSWER: ${key}`);

  test.each([
    ['Latin', 'ABCDE', 'D', 3],
    ['Cyrillic', 'АБВГДЕ', 'Д', 4],
    ['Cyrillic with ё', 'АБВГДЕЁЖ', 'Ё', 6],
    ['small', 'abcd', 'C', 2],
    ['small Cyrillic', 'абвг', 'б', 1],
    ['Latin in the order, Cyrillic by keyboard', 'АВСD', 'C', 2],
    ['Latin, the key Cyrillic', 'ABCD', 'В', 1],
    ['Cyrillic, the key Latin', 'АВСD', 'B', 1],
    ['Cyrillic in their own order, the key a Latin letter that looks the same', 'АБВГ', 'B', 2],
  ])('may be %s', (_, letters, key, place) => {
    expect(list(letters, key).findIndex((text) => text.startsWith('*'))).toBe(place);
  });

  test.each(['A) bir\nB) ikki', 'A. bir\nB. ikki', '(A) bir\n(B) ikki', 'A)bir\nB)ikki', '  A)\tbir\n\n\tB)  ikki  '])(
    'may be written as in %j',
    (lines) => {
      expect(options(`Savol\n${lines}\nANSWER: A`)).toEqual(['*bir', 'ikki']);
    },
  );
});

test.each([
  ...[
    'ANSWER: B',
    'Answer:B',
    'answer : b.',
    'ANSWER: B)',
    'ОТВЕТ: Б',
    'Правильный ответ: Б',
    'JAVOB: B',
    'Toʻgʻri javob: b',
  ],
  ...["To'g'ri javob: b", 'ЖАВОБ: Б', 'Жооп: Б', 'Туура жооп: б', '\u200FANSWER:\u200E B\u202C'],
])('%j says which is right', (line) => {
  const letter = /[BbБб](?=\W*$)/.exec(line.replaceAll(/[\u200E\u202C]/g, ''))?.[0] ?? '';
  expect(options(`Savol\nA) bir\n${letter}) ikki\n${line}`)).toEqual(['bir', '*ikki']);
});

test('Several letters make several right answers, and ticking everything earns nothing', () => {
  const question = one('Savol\nA) bir\nB) ikki\nC) uch\nANSWER: A, C');
  expect(question).toMatchObject({
    type: 'multiple-choice',
    details: { options: [{ weight: '1/2' }, { weight: '-1/1' }, { weight: '1/2' }] },
  });
});

test('A text may be of several lines, and so may an option', () => {
  const text =
    'Birinchi qator.\nA. Navoiy kim?\n\nA) shoir\n   va davlat arbobi\nB) A. Navoiy emas\nC) rassom\nANSWER: A';
  expect(one(`Bu kim?\n\n${text.slice(text.indexOf('A)'))}`).text).toEqual({ format: 'plain', source: 'Bu kim?' });
  expect(options(text.replace('A. Navoiy kim?\n', ''))).toEqual([
    '*shoir va davlat arbobi',
    'A. Navoiy emas',
    'rassom',
  ]);
});

test('A name may begin like an option', () => {
  expect(one('A. Navoiy qachon tugʻilgan?\nA) 1441\nB) 1501\nANSWER: A').text.source).toBe(
    'A. Navoiy qachon tugʻilgan?',
  );
});

test('Every character stands for itself', () => {
  expect(one('a < b & {c}\nA) <b>\nB) &amp;\nANSWER: A')).toMatchObject({
    text: { format: 'plain', source: 'a < b & {c}' },
    details: { options: [{ text: { format: 'plain', source: '<b>' } }, { text: { source: '&amp;' } }] },
  });
});

describe('What is wrong is said with its line, and the neighbours are kept', () => {
  const good = 'Yaxshi\nA) bir\nB) ikki\nANSWER: A\n';

  test.each([
    ['Kalitsiz\nA) bir\nB) ikki\n', 6, 'key-missing', { count: 2 }],
    ['Kalitsiz\nA) bir\nB) ikki\nANSWER:\n', 6, 'key-missing', { count: 2 }],
    ['Savol\nA) bir\nB) ikki\nANSWER: D\n', 9, 'key-unknown', { key: 'D', letters: 'A, B' }],
    ['Savol\nA) bir\nB) ikki\nANSWER: ikki\n', 9, 'key-unknown', { key: 'ikki', letters: 'A, B' }],
    ['Savol\nA) bir\nANSWER: A\n', 6, 'too-few-options', { count: 1 }],
    ['Savol\nANSWER: A\n', 6, 'too-few-options', { count: 0 }],
    ['ANSWER: A\n', 6, 'key-alone', {}],
    ['Savol\nA)\nB) ikki\nANSWER: A\n', 6, 'option-empty', {}],
  ])('%j', (bad, line, code, params) => {
    const { questions, problems } = read(`${good}\n${bad}\n${good}`);
    expect(problems).toEqual([{ line, code, params }]);
    expect(questions.map(({ question }) => question.text.source)).toEqual(['Yaxshi', 'Yaxshi']);
  });

  test('a list without a key just before the next question costs only itself', () => {
    const { questions, problems } = read(`Kalitsiz\nA) bir\nB) ikki\n${good}`);
    expect(problems).toEqual([{ line: 1, code: 'key-missing', params: { count: 2 } }]);
    expect(questions.map(({ line, question }) => [line, question.text.source])).toEqual([[4, 'Yaxshi']]);
  });

  test('a file with no key at all is still known for what it is', () => {
    expect(readQuestions('Savol\nA) bir\nB) ikki\n', 'auto')).toMatchObject({
      format: 'aiken',
      problems: [{ line: 1, code: 'key-missing' }],
    });
  });
});

test('What Moodle reads is written: one line each, Latin letters, one right', () => {
  const { questions } = readQuestions('::Ism:: Suv\\nqaynaydi {~80 =100#Ha. ~[html]<b>120</b>}\n\n1+1? {=2}', 'gift');
  expect(aiken.write(questions.map(({ question }) => question))).toEqual({
    body: 'Suv qaynaydi\nA) 80\nB) 100\nC) 120\nANSWER: B\n',
    losses: [
      { index: 0, code: 'name' },
      { index: 0, code: 'feedback' },
      { index: 0, code: 'markup' },
      { index: 1, code: 'type' },
    ],
  });
});
