import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderContent } from '../../src/questions/content.ts';
import { hemis } from '../../src/questions/formats/hemis.ts';
import { markQuestion } from '../../src/questions/mark-question.ts';
import { readQuestions } from '../../src/questions/read-questions.ts';

const sample = readFileSync(join(import.meta.dirname, '../../src/practice/sample/mexanika-hemis.txt'), 'utf8');
const read = (text: string) => readQuestions(text, 'hemis');

function weights(text: string): [string, string][] {
  const { questions, problems } = read(text);
  expect(problems).toEqual([]);
  const question = questions[0]!.question;
  if (question.type !== 'single-choice' && question.type !== 'multiple-choice') throw new Error(question.type);
  return question.details.options.map((option) => [option.text.source, option.weight]);
}

test('The sample is recognised and read as four questions without a problem', () => {
  const { format, questions, problems } = readQuestions(sample, 'auto');
  expect([format, problems]).toEqual(['hemis', []]);
  expect(questions.map(({ line, question }) => [line, question.type, question.text.source])).toEqual([
    [1, 'single-choice', 'Jismning inersiyasini belgilovchi kattalik qaysi?'],
    [11, 'multiple-choice', 'Quyidagilardan qaysilari skalyar kattalik?'],
    [21, 'single-choice', "Nyutonning ikkinchi qonuni formulasini ko'rsating"],
    [31, 'single-choice', 'O‘zbekistonda kredit-modul tizimida 1 kredit o‘rtacha necha akademik soatga teng?'],
  ]);
});

describe('Options', () => {
  test('one right one is worth everything', () => {
    expect(weights('a\n====\nb\n====\n# c #1\n')).toEqual([
      ['b', '0'],
      ['c #1', '1'],
    ]);
  });
  test('several right ones share, and wrong ones take away as much', () => {
    expect(weights('a ==== #b ==== #c ==== d ==== e ==== f')).toEqual([
      ['b', '1/2'],
      ['c', '1/2'],
      ['d', '-1/2'],
      ['e', '-1/2'],
      ['f', '-1/2'],
    ]);
  });
  test('Mallory earns nothing by ticking everything, however many are right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 9 }), (right, wrong) => {
        const options = [...Array<string>(right).fill('#x'), ...Array<string>(wrong).fill('y')];
        const { question } = read(['a', ...options].join('\n=====\n')).questions[0]!;
        const everything = options.map((_, index) => index);
        expect(markQuestion(question, { choices: everything }).state).toBe('incorrect');
        expect(markQuestion(question, { choices: everything.slice(0, right) }).state).toBe('correct');
      }),
    );
  });
  test('without text are passed over, as HEMIS does', () => {
    expect(weights('a\n====\n#b\n====\n\n====\nc\n====\n')).toEqual([
      ['b', '1'],
      ['c', '0'],
    ]);
  });
});

test('Apostrophes stay as the teacher wrote them', () => {
  expect(weights("o'\n====\n#o`g‘\n====\noʻ")).toEqual([
    ['o`g‘', '1'],
    ['oʻ', '0'],
  ]);
});

test('Code is shown as it was written', () => {
  const { questions } = read('Natija?\n[[[if (a<b) {\n  x = "1";\n}]]]\n====\n#[[[<b>]]]\n====\nyo‘q [[[');
  const question = questions[0]!.question;
  expect(renderContent(question.text)).toBe('Natija? <pre><code>if (a&lt;b) {<br />  x = "1";<br />}</code></pre>');
  if (question.type !== 'single-choice') throw new Error(question.type);
  expect(question.details.options.map(({ text }) => renderContent(text))).toEqual([
    '<pre><code>&lt;b&gt;</code></pre>',
    'yo‘q [[[',
  ]);
});

test('What separates questions and options separates nothing in code', () => {
  const { questions, problems } = read(
    'Natija? [[[a ==== b\n++++ #c]]]\n====\n#[[[====]]]\n====\nx\n++++\ny ==== #z ==== w',
  );
  expect(problems).toEqual([]);
  expect(questions.map(({ line }) => line)).toEqual([1, 8]);
  const question = questions[0]!.question;
  expect(renderContent(question.text)).toBe('Natija? <pre><code>a ==== b<br />++++ #c</code></pre>');
  if (question.type !== 'single-choice') throw new Error(question.type);
  expect(question.details.options.map(({ text }) => renderContent(text))).toEqual([
    '<pre><code>====</code></pre>',
    'x',
  ]);
});

test('Code that was never closed costs no other question anything', () => {
  const { questions, problems } = read('a [[[ ==== #b ==== c\n++++\n[[[d]]] ==== #e ==== f');
  expect(problems).toEqual([]);
  expect(questions.map(({ question }) => question.name)).toEqual(['a [[[', 'd']);
});

describe('Written on one line', () => {
  const line = 'Kuch birligi? ==== Joul ==== #\\(\\frac{kg m}{s^2}\\)';

  test.each([
    [line, 1],
    ['Kuch birligi?\n==== Joul\n==== #Nyuton', 1],
    [`${line} ====\n++++\n${line}\n++++\na ==== b ==== c`, 2],
  ])('%j is recognised', (text, count) => {
    const { format, questions } = readQuestions(text, 'auto');
    expect([format, questions.length]).toEqual(['hemis', count]);
  });

  test.each([
    ['// ==== #1 Mexanika ====\n\n1+1? {=2 ~3}', 'gift'],
    ['// ==== #1 Statika\n1+1? {=2 ~3}\n\n// ==== #2 Dinamika\n1+1? {=2 ~3}', 'gift'],
    ['1+1? {=2 ~3 ====#4}', 'gift'],
    ['Kuch ==== #Nyuton', null],
  ])('%j is not', (text, format) => {
    expect(readQuestions(text, 'auto').format).toBe(format);
  });
});

test.each([
  ['a', 3, 'too-few-options', { count: 0 }],
  ['a\n====\n#b', 3, 'too-few-options', { count: 1 }],
  ['a\n====\nb\n====\nc', 3, 'no-right-answer', {}],
  ['====\n#b\n====\nc', 3, 'question-empty', {}],
  [`a\n${'====\n#b\n'.repeat(101)}`, 3, 'too-many-options', { count: 101, maximum: 100 }],
])('What is wrong with %j is reported, and its neighbours are kept', (bad, line, code, params) => {
  const { questions, problems } = read(`x ==== #y ==== z\n++++\n${bad}\n+++++\nx ==== #y ==== z`);
  expect(problems).toEqual([{ line, code, params }]);
  expect(questions).toHaveLength(2);
});

test('What was read is written as it was, and what separates its parts is no part of a text', () => {
  const { questions } = read(sample);
  const { body, losses } = hemis.write(questions.map(({ question }) => question));
  expect([body.replaceAll('#\\s', '#'), losses]).toEqual([
    sample
      .trim()
      .replace(/={5,}/g, '====')
      .replace(/\+{5,}/g, '++++') + '\n',
    [],
  ]);

  const text = { format: 'plain' as const, source: '#1 ==== a ++++ <b>' };
  const right = { format: 'plain' as const, source: '#b' };
  const details = {
    options: [text, right].map((one, index) => ({ text: one, weight: String(index), feedback: null })),
  };
  const question = {
    type: 'single-choice' as const,
    name: '#1 ==== a ++++ <b>',
    text,
    generalFeedback: null,
    points: '1',
    details,
  };
  const written = hemis.write([question]);
  expect(written.losses).toEqual([]);
  expect(read(written.body).questions[0]?.question).toMatchObject({ type: 'single-choice', name: question.name });
});
