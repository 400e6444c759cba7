// GIFT beyond the sample: every construct of the format, what teachers forget, and where they are told so.
import { describe, expect, test } from '@jest/globals';
import { gift } from '../../src/questions/formats/gift.ts';
import type { Question } from '../../src/questions/question.ts';
import { readQuestions } from '../../src/questions/read-questions.ts';

const read = (text: string) => readQuestions(text, 'gift');

function one(text: string): Question {
  const { questions, problems } = read(text);
  expect(problems).toEqual([]);
  expect(questions).toHaveLength(1);
  return questions[0]!.question;
}

function only<Type extends Question['type']>(text: string, type: Type): Extract<Question, { type: Type }> {
  const question = one(text);
  if (question.type !== type) throw new Error(`${text} was read as ${question.type}`);
  return question as Extract<Question, { type: Type }>;
}

const problemsOf = (text: string) => read(text).problems.map(({ line, code, params }) => [line, code, params]);

describe('A name', () => {
  test('stands between double colons, escapes and all', () => {
    expect(one('::A\\: b \\= c::Text{T}').name).toBe('A: b = c');
  });
  test('is made from the text if there is none', () => {
    expect(one('[html]<p>Suv <b>necha</b> gradusda qaynaydi?</p>{#100}').name).toBe('Suv necha gradusda qaynaydi?');
    expect(one(`${'so‘z '.repeat(40)}{T}`).name).toHaveLength(80);
    expect(one('[html]<img src="https://example.org/a.png">{T}').name).toBe('…');
  });
});

describe('A text', () => {
  test('gets a gap where the answers stand in its middle, and none at its end', () => {
    expect(one('Suv {=qaynaydi ~muzlaydi} 100 °C da.').text.source).toBe('Suv _____ 100 °C da.');
    expect(one('Suv qaynaydi {T}\n').text.source).toBe('Suv qaynaydi');
  });
  test('says its format, which its answers inherit', () => {
    const question = only('[html]<b>a</b>{=<i>b</i> ~[plain]c<d}', 'single-choice');
    expect(question.text.format).toBe('html');
    expect(question.details.options.map(({ text }) => text)).toEqual([
      { format: 'html', source: '<i>b</i>' },
      { format: 'plain', source: 'c<d' },
    ]);
    expect(one('[moodle]a').text).toEqual({ format: 'auto', source: 'a' });
    expect(one('[markdown]*a*').text).toEqual({ format: 'markdown', source: '*a*' });
    expect(one('[a] b').text).toEqual({ format: 'auto', source: '[a] b' });
  });
  test('may be of several lines, with comments between them', () => {
    expect(one('// izoh\nbir\n  // izoh {\nikki\\nuch {T}').text.source).toBe('bir\nikki\nuch');
  });
  test('keeps escaped characters and single backslashes', () => {
    expect(one('a \\{b\\} \\~ \\= \\# \\: c:\\dir \\\\ {T}').text.source).toBe('a {b} ~ = # : c:\\dir \\');
  });
});

describe('A formula', () => {
  test('survives with GIFT escapes, with doubled backslashes, and with none', () => {
    const expected = '\\(\\frac{a}{b} = c\\)';
    expect(one('\\(\\frac\\{a\\}\\{b\\} \\= c\\) {T}').text.source).toBe(expected);
    expect(one('\\\\(\\\\frac\\{a\\}\\{b\\} \\= c\\\\) {T}').text.source).toBe(expected);
    expect(one('\\(\\frac{a}{b} = c\\) {T}').text.source).toBe(expected);
  });
  test('keeps the commands that begin with n', () => {
    expect(one('\\(\\nu \\neq \\nabla\\) {T}').text.source).toBe('\\(\\nu \\neq \\nabla\\)');
  });
  test('may be an option as it is', () => {
    const { details } = only('? {=\\(F=ma\\) ~\\(F=\\frac{m}{a}\\)}', 'single-choice');
    expect(details.options.map(({ text }) => text.source)).toEqual(['\\(F=ma\\)', '\\(F=\\frac{m}{a}\\)']);
  });
});

describe('What is asked', () => {
  test.each([
    ['a {}', 'essay'],
    ['a', 'description'],
    ['a {T}', 'true-false'],
    ['a {false}', 'true-false'],
    ['a {TRUE#no#yes}', 'true-false'],
    ['a {TRUEST}', 'short-text'],
    ['a {=b}', 'short-text'],
    ['a {b}', 'short-text'],
    ['a {=b ~c}', 'single-choice'],
    ['a {~=b ~c}', 'single-choice'],
    ['a {~%100%b ~c}', 'multiple-choice'],
    ['a {#3}', 'numeric'],
    ['a {#=3:0.5 =%50%*}', 'numeric'],
    ['a {=b->c =d->e}', 'matching'],
  ])('by %j is %s', (text, type) => {
    expect(one(text).type).toBe(type);
  });

  test('is worth one point, and a description none', () => {
    expect([one('a {}').points, one('a').points]).toEqual(['1', '0']);
  });
});

test('Weights in percent become exact shares', () => {
  const { details } = only('? {~%33.33333%a ~%33.33334%b ~%33.3333%c ~%-16.66667%d ~%-12.5%e}', 'multiple-choice');
  expect(details.options.map(({ weight }) => weight)).toEqual(['1/3', '1/3', '1/3', '-1/6', '-1/8']);
});

test('Feedback hangs on its answer, and the general one on the question', () => {
  const question = only('? {=a#yes\\=1 ~b#no ~c ####In general: \\#1}', 'single-choice');
  expect(question.details.options.map(({ feedback }) => feedback?.source ?? null)).toEqual(['yes=1', 'no', null]);
  expect(question.generalFeedback?.source).toBe('In general: #1');
  expect(only('? {T#wrong}', 'true-false').details).toMatchObject({
    feedbackToTrue: null,
    feedbackToFalse: { source: 'wrong' },
  });
});

test('Numbers have tolerances, ranges, shares and a word for every other', () => {
  const { details } = only('? {#=1,5:0.1#yes =%50%2..3 =%25%1e3 ~#Count again.}', 'numeric');
  expect(details.answers.map(({ accepted, weight }) => [accepted, weight])).toEqual([
    [{ kind: 'near', value: '1,5', tolerance: '0.1' }, '1'],
    [{ kind: 'between', from: '2', to: '3' }, '1/2'],
    [{ kind: 'near', value: '1e3', tolerance: '0' }, '1/4'],
    [{ kind: 'anything' }, '0'],
  ]);
  expect(details.answers.map(({ feedback }) => feedback?.source ?? null)).toEqual(['yes', null, null, 'Count again.']);
});

test('A right side that belongs to nothing is one more to choose from', () => {
  const { details } = only('? {=<b>a</b> -> 1 =b -> m/s =b2 -> 1 = -> 3}', 'matching');
  expect(details.pairs.map(({ right }) => right)).toEqual(['1', 'm/s', '1']);
  expect(details.distractors).toEqual(['3']);
});

describe('Questions', () => {
  test('may hold blank lines and comments between their braces', () => {
    expect(one('a {\n\n=b\n\n// x }\n~c\n\n####one\n\ntwo\n}').generalFeedback?.source).toBe('one\n\ntwo');
  });
  test('may follow each other or a category without a blank line if they are named', () => {
    const names = read('$CATEGORY: x\n::A::a {T}\n::B::b {\n=c ~d\n}\n::C::c\n\n$CATEGORY: y/z').questions;
    expect(names.map(({ line, question }) => [line, question.name])).toEqual([
      [2, 'A'],
      [3, 'B'],
      [6, 'C'],
    ]);
  });
  test('are found behind any line ends, marks and spaces', () => {
    const { questions } = read('\uFEFF::A::a {T}\r\n\u00A0\r\n::B::b {F}\r\r::C::c {}');
    expect(questions.map(({ line, question }) => [line, question.name])).toEqual([
      [1, 'A'],
      [3, 'B'],
      [5, 'C'],
    ]);
  });
});

describe('What cannot be read is reported where it stands, and the rest is kept', () => {
  const around = (bad: string) => `::Before::a {T}\n\n${bad}\n\n::After::b {F}`;

  test.each([
    ['::X::a {=b\n~c', 3, 'brace-not-closed', {}],
    ['::X::a {=b\n\n~c', 3, 'brace-not-closed', {}],
    ['a =b\n~c }', 4, 'brace-not-opened', {}],
    ['a {T} b\n{F}', 4, 'several-answer-blocks', {}],
    ['a {=b{c} ~d}', 3, 'several-answer-blocks', {}],
    ['{=a ~b}', 3, 'question-empty', {}],
    ['::X::', 3, 'question-empty', {}],
    ['a {\n=b\n~\n~c}', 5, 'option-empty', {}],
    ['a {=b ~#why}', 3, 'option-empty', {}],
    ['a {=}', 3, 'option-empty', {}],
    ['a {~b}', 3, 'too-few-options', { count: 1 }],
    [`a {=b ${'~c '.repeat(100)}}`, 3, 'too-many-options', { count: 101, maximum: 100 }],
    ['a {~b ~c}', 3, 'no-right-answer', {}],
    ['a {=%50%b ~c}', 3, 'no-right-answer', {}],
    ['a {~%50%b ~%40%c}', 3, 'weights-below-hundred', { sum: '90' }],
    ['a {~%33%b ~%33%c ~%33%d}', 3, 'weights-below-hundred', { sum: '99' }],
    ['a {\n~%150%b\n~c}', 4, 'weight-out-of-range', { weight: '150' }],
    ['a {#besh}', 3, 'not-a-number', { value: 'besh' }],
    ['a {#5:besh}', 3, 'not-a-number', { value: 'besh' }],
    ['a {#5:-1}', 3, 'not-a-number', { value: '-1' }],
    ['a {#}', 3, 'no-right-answer', {}],
    ['a {#9..8}', 3, 'range-reversed', { from: '9', to: '8' }],
    ['a {\n=b -> c\n=d e}', 5, 'pair-without-arrow', { text: 'd e' }],
    ['a {=b -> c = -> d}', 3, 'too-few-pairs', { count: 1 }],
    ['a {=b -> c =d -> }', 3, 'option-empty', {}],
    [`a {=${'b'.repeat(300)}}`, 3, 'not-storable', {}],
  ])('%j', (bad, line, code, params) => {
    const text = around(bad);
    expect(problemsOf(text)).toEqual([[line, code, params]]);
    expect(read(text).questions.map(({ question }) => question.name)).toEqual(['Before', 'After']);
  });

  test('an unclosed question does not take the braces of the next one', () => {
    for (const next of ['::B::c {=d\n\n~e}', 'c {=d\n\n~e}']) {
      const { questions, problems } = read(`a {=b\n\n${next}`);
      expect(problems).toEqual([{ line: 1, code: 'brace-not-closed', params: {} }]);
      expect(questions.map(({ line, question }) => [line, question.type])).toEqual([[3, 'single-choice']]);
    }
  });

  test('an unclosed question does not swallow an unnamed one after it', () => {
    const { questions, problems } = read('a {=b\n~c\n\nd {T}\n\nplain text');
    expect(problems).toEqual([{ line: 1, code: 'brace-not-closed', params: {} }]);
    expect(questions.map(({ line, question }) => [line, question.type])).toEqual([
      [4, 'true-false'],
      [6, 'description'],
    ]);
  });
});

describe('Tags', () => {
  test('stand in the comments above a question, as Moodle writes them', () => {
    const text =
      '// question: 7  name: A\n// [id:x1] [tag:mexanika] [tag:a\\]b]\n::A::1+1?{=2}\n\n// [tag:y]\n\n::B::1+2?{=3}';
    expect(read(text).questions.map(({ question }) => question.tags)).toEqual([['mexanika', 'a]b'], undefined]);
  });
});

test('A question is written as Moodle writes it', () => {
  const source = [
    '// [tag:mexanika] [tag:a\\]b]',
    '::Ish va kuch\\: 1::[html]<p>\\\\(a\\=b\\\\)</p>{',
    '\t=bir#ha\\n[x]',
    '\t~%33.33333%ikki',
    '\t~%-50%%50%',
    '\t~[plain]uch',
    '\t####[moodle]jami',
    '}',
  ].join('\n');
  const { questions, problems } = read(source);
  expect(problems).toEqual([]);
  expect(gift.write(questions.map(({ question }) => question))).toEqual({ body: `${source}\n`, losses: [] });
});

test.each([
  ['::a::a{#=5:0.01 =%50%1..2 ~#yoʻq}', '::a::a{\n\t#\n\t=5:0.01\n\t=%50%1..2\n\t=%0%*#yoʻq\n}'],
  ['::a::a{FALSE##togʻri####jami}', '::a::a{\n\tFALSE##togʻri\n\t####jami\n}'],
  ['::a::a{=b -> c =d -> e = -> f}', '::a::a{\n\t=b -> c\n\t=d -> e\n\t= -> f\n}'],
  ['::a::a{}', '::a::a{}'],
  ['::a::a', '::a::a'],
])('%j is written as %j', (source, written) => {
  expect(gift.write([one(source)])).toEqual({ body: `${written}\n`, losses: [] });
});
