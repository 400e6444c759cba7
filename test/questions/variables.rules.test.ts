// Variables: what an author may write, what is drawn, and where it is filled in.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { markQuestion } from '../../src/questions/mark-question.ts';
import { questionSchema, variantOf, type Question } from '../../src/questions/question.ts';
import { whatIsAsked, whatMarks } from '../../src/questions/same-question.ts';
import { drawValues, variablesSchema } from '../../src/questions/variables.ts';

const plain = (source: string) => ({ format: 'plain', source });
const range = (name: string, from: string, to: string, step = '1') => ({ name, from, to, step });
const numeric = (value: string, more: object = {}) => ({
  type: 'numeric',
  name: 'Area',
  text: plain('A room of {a} by {b} m: \\(A = {a} \\cdot {b}\\). What is {c}?'),
  generalFeedback: null,
  points: '1',
  variables: [range('a', '2', '9'), range('b', '0.5', '4.5', '0.5'), { name: 'area', expression: 'a·b' }],
  details: { answers: [{ accepted: { kind: 'near', value, tolerance: '0' }, weight: '1', feedback: null }] },
  ...more,
});
const parse = (stored: object): Question => questionSchema.parse(stored);

test('A variant is an ordinary question, the same whenever it is asked for', () => {
  const question = parse(numeric('=area'));
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const variant = variantOf(question, seed);
      expect(variant).toEqual(variantOf(question, seed));
      expect(variant.variables).toBeUndefined();
      expect(questionSchema.parse(variant)).toEqual(variant);
      expect(variantOf(variant, 'another seed')).toEqual(variant);
      const [, a, b] = /^A room of (\S+) by (\S+) m: \\\(A = \{\1\} \\cdot \{\2\}\\\)\. What is \{c\}\?$/.exec(
        variant.text.source,
      )!;
      expect(markQuestion(variant, { text: String(Number(a) * Number(b)) }).state).toBe('correct');
    }),
  );
});

test('Every number of a range is drawn, both ends too, and no other', () => {
  const variables = variablesSchema.parse([range('t', '-0,1', '0,15', '0,1')]);
  const drawn = Array.from({ length: 200 }, (_, seed) => drawValues(variables, `${seed}`)?.get('t'));
  expect([...new Set(drawn)].sort()).toEqual([-0.1, 0, 0.1]);
});

test('Numbers in a text have the comma that their author writes', () => {
  const variables = [range('t', '1,5', '1,5')];
  const text = plain('It takes {t} s.');
  expect(variantOf(parse(numeric('=2t', { variables, text })), '').text.source).toBe('It takes 1,5 s.');
});

test('A short text, a choice, a formula and a gap have them too', () => {
  const variables = [range('n', '7', '7')];
  const filled = (type: string, details: object, text = plain('?')) =>
    JSON.stringify(variantOf(parse(numeric('', { type, details, text, variables })), '').details);
  const weighed = { weight: '1', feedback: null };
  expect(filled('short-text', { answers: [{ pattern: 'C{n}H*', ...weighed }] })).toContain('"C7H*"');
  const options = ['{n} m', '{n} kg'].map((text) => ({ text: plain(text), ...weighed }));
  expect(filled('single-choice', { options })).toContain('"7 kg"');
  const formula = {
    variables: [{ name: 'x', from: '1', to: '2' }],
    answers: [{ expression: '{n}x^2', ...weighed }],
    tolerance: '0',
  };
  expect(filled('formula', formula)).toContain('"7x^2"');
  const answers = [{ accepted: { kind: 'between', from: '=n-1', to: '=n+1' }, ...weighed }];
  const gaps = [{ kind: 'number', points: '1', details: { answers } }];
  expect(filled('cloze', { gaps }, plain('[[1]]'))).toContain('"from":"6","to":"8"');
});

test('What has no value is drawn again', () => {
  const variables = variablesSchema.parse([range('a', '-9', '9'), { name: 'root', expression: 'sqrt(a)' }]);
  fc.assert(
    fc.property(fc.string(), (seed) => expect(drawValues(variables, seed)?.get('a')).toBeGreaterThanOrEqual(0)),
  );
});

describe('An author is told', () => {
  test.each([
    ['that a formula stands in a question without variables', numeric('=area', { variables: undefined })],
    ['that a formula cannot be read', numeric('=area+')],
    ['that a formula has an unknown letter', numeric('=z')],
    [
      'that a variable comes too late',
      numeric('=a', { variables: [{ name: 'b', expression: 'a' }, range('a', '1', '2')] }),
    ],
    ['that a name is there twice', numeric('=a', { variables: [range('a', '1', '2'), range('a', '1', '2')] })],
    ['that a range is reversed', numeric('=a', { variables: [range('a', '2', '1')] })],
    ['that a step is nothing', numeric('=a', { variables: [range('a', '1', '2', '0')] })],
    ['that there are too many steps', numeric('=a', { variables: [range('a', '1', '2', '0.0000001')] })],
    [
      'that a formula never has a value',
      numeric('=a', { variables: [range('a', '1', '2'), { name: 'b', expression: 'ln(-a)' }] }),
    ],
    ['that a name is a function', numeric('=1', { variables: [range('sin', '1', '2')] })],
  ])('%s', (_, stored) => {
    expect(questionSchema.safeParse(stored).success).toBe(false);
  });

  test('only that, where all is well', () => {
    expect(parse(numeric('=area'))).toMatchObject(numeric('=area'));
  });
});

test('Other ranges ask something else; another formula for the same number marks alike, one for another does not', () => {
  const question = parse(numeric('=area'));
  const wider = parse(
    numeric('=area', { variables: [range('a', '2', '99'), range('b', '1', '2'), { name: 'area', expression: 'a·b' }] }),
  );
  expect(whatIsAsked(wider)).not.toBe(whatIsAsked(question));
  expect(whatIsAsked(parse(numeric('=2a')))).toBe(whatIsAsked(question));
  expect(whatMarks(parse(numeric('=b·a')))).toBe(whatMarks(question));
  expect(whatMarks(parse(numeric('=a+b')))).not.toBe(whatMarks(question));
});
