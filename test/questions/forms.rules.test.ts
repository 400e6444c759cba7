// The forms in which teachers write questions: every type that has one goes through the same examination.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ejs from 'ejs';
import Fraction from 'fraction.js';
import { translator } from '../../src/i18n/i18n.ts';
import {
  blankQuestion,
  questionFromForm,
  questionToForm,
  readPoints,
} from '../../src/questions/forms/question-in-form.ts';
import { formOf, questionForms } from '../../src/questions/forms/registry.ts';
import { readFormStep, readTypedForm, stepForm } from '../../src/questions/forms/typed-form.ts';
import { presentQuestion } from '../../src/questions/question-view.ts';
import { questionSchema, typeOf, type Question } from '../../src/questions/question.ts';
import { asWritten } from '../../src/questions/shuffle.ts';

const views = join(import.meta.dirname, '../../views');

/** Every example of a type as a whole question. */
function examplesOf(type: Question['type']): [string, Question][] {
  return typeOf({ type }).examples.flatMap(({ about, details, otherKey }) =>
    [details, otherKey].map((own, index): [string, Question] => [
      index === 0 ? about : `${about}, with its other key`,
      questionSchema.parse({
        type,
        name: 'A name',
        text: { format: 'html', source: `<p>What?${gapsOf(type, own)}</p>` },
        generalFeedback: { format: 'plain', source: 'Because.' },
        points: type === 'description' ? '0' : '5/2',
        tags: ['one', 'two'],
        details: own,
      }),
    ]),
  );
}

/** What a text has to name, for a type whose controls stand in it. */
function gapsOf(type: Question['type'], details: unknown): string {
  const count = typeOf({ type }).gaps?.(details) ?? 0;
  return Array.from({ length: count }, (_, place) => ` [[${place + 1}]]`).join('');
}

/** Weights in one way of writing them. */
function normalised(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, inner: unknown) =>
      ['weight', 'unitPenalty'].includes(name) && typeof inner === 'string' ? new Fraction(inner).toFraction() : inner,
    ),
  );
}

function rendered(type: Question['type'], typed: ReturnType<typeof blankQuestion>): Promise<string> {
  const fields = {
    value: (name: string) => {
      const [list = '', row = '', field = ''] = name.split('.');
      return (field === '' ? typed.values[name] : typed.rows[list]?.[Number(row)]?.[field]) ?? '';
    },
    problem: () => null,
    isFocus: () => false,
  };
  const locals = { t: translator('en'), fields, typed, asset: (name: string) => `/assets/${name}` };
  return ejs.renderFile(join(views, `questions/forms/${type}.ejs`), locals, { root: views });
}

/** The values that a browser would send for the fields of a page, as far as they are written in it. */
function namesIn(html: string): Set<string> {
  return new Set([...html.matchAll(/ name="([^"]+)"/g)].map(([, name = '']) => name).filter((name) => name !== 'step'));
}

describe.each(questionForms.map(({ type }) => [type.name] as const))('The form of %s', (type) => {
  test('is found by its type', () => {
    expect(formOf(type)?.type.name).toBe(type);
  });

  test.each(examplesOf(type))('gives back the question that was filled into it: %s', (_about, question) => {
    const { question: made, problems } = questionFromForm(questionToForm(question));
    expect(problems).toEqual([]);
    expect(normalised(made)).toEqual(normalised(question));
  });

  test.each(examplesOf(type))('has a field for everything that is filled in: %s', async (_about, question) => {
    const typed = questionToForm(question);
    const own = formOf(type)?.toForm(question.details) ?? { values: {}, rows: {} };
    const wanted = [
      ...Object.keys(own.values),
      ...Object.entries(own.rows).flatMap(([list, rows]) =>
        rows.flatMap((row, place) => Object.keys(row).map((field) => `${list}.${place}.${field}`)),
      ),
    ];
    const names = namesIn(await rendered(type, typed));
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  test('can be opened empty, shows its student something, and says at a field what is missing', async () => {
    const blank = blankQuestion(type);
    await rendered(type, blank);
    const { question, problems } = questionFromForm(blank);
    expect(() => presentQuestion(question, asWritten, null)).not.toThrow();
    expect(problems).toContainEqual({ field: 'text', code: 'empty', params: {} });
    expect(problems.every(({ field }) => field !== '')).toBe(true);
  });

  test('follows a student’s view even without a single row, or with nonsense in every field', () => {
    const blank = blankQuestion(type);
    const nonsense = (row: Record<string, string>) =>
      Object.fromEntries(Object.keys(row).map((name) => [name, '\u0001 {{=}} -1/0 %']));
    const forms = [
      { ...blank, rows: {} },
      { ...blank, values: {} },
      {
        ...blank,
        values: nonsense(blank.values),
        rows: Object.fromEntries(Object.entries(blank.rows).map(([list, rows]) => [list, rows.map(nonsense)])),
      },
    ];
    for (const form of forms) {
      const { question, problems } = questionFromForm(form);
      expect(() => presentQuestion(question, asWritten, null)).not.toThrow();
      if (problems.length === 0) expect(questionSchema.safeParse(question).success).toBe(true);
    }
  });
});

describe('What every question has', () => {
  const question = questionSchema.parse({
    type: 'numeric',
    name: 'Double',
    text: { format: 'auto', source: 'Twice {x} is' },
    generalFeedback: null,
    points: '1',
    hints: [{ text: { format: 'plain', source: 'Add it to itself.' } }],
    penalty: '1/4',
    variables: [
      { name: 'x', from: '2', to: '9', step: '1' },
      { name: 'y', expression: '2*x' },
    ],
    details: { answers: [{ accepted: { kind: 'near', value: '=y', tolerance: '0' }, weight: '1', feedback: null }] },
  });

  test('hints, the penalty and variables come back from their fields', () => {
    const typed = questionToForm(question);
    expect(typed.values.penalty).toBe('25');
    expect(typed.rows.parameters).toHaveLength(2);
    expect(questionFromForm(typed)).toEqual({ question, problems: [] });
  });

  test('variables that fit nothing yet are told, and the student’s view is there all the same', () => {
    const typed = questionToForm(question);
    const { question: made, problems } = questionFromForm({
      ...typed,
      rows: { ...typed.rows, parameters: [{ name: 'x', expression: 'z + 1' }] },
    });
    expect(problems.length).toBeGreaterThan(0);
    expect(() => presentQuestion(made, asWritten, null)).not.toThrow();
  });
});

describe('What is typed', () => {
  test('a question without a name is called after its text', () => {
    const form = blankQuestion('essay');
    const { question } = questionFromForm({ ...form, values: { ...form.values, text: 'Why does ice float?' } });
    expect(question.name).toBe('Why does ice float?');
    expect(questionToForm(question).values.name).toBe('');
  });

  test.each([
    ['2,5', '2.5'],
    [' 3 ', '3'],
    ['1/3', '1/3'],
    ['0', '0'],
    ['', null],
    ['-1', null],
    ['1001', null],
    ['two', null],
    ['1/0', null],
  ])('points “%s” are %s', (typed, points) => {
    expect(readPoints(typed)).toBe(points);
  });

  test.each([
    ['33,33333', '1/3'],
    ['-25 %', '-1/4'],
    ['1/7', '1/7'],
    ['14.28571', '1/7'],
  ])('a share “%s” of an option is exactly %s', (share, weight) => {
    const form = blankQuestion('single-choice');
    const rows = [
      { text: 'a', right: 'on' },
      { text: 'b', share },
    ];
    const { question, problems } = questionFromForm({
      ...form,
      values: { text: 'Q', points: '1' },
      rows: { options: rows },
    });
    expect(problems).toEqual([]);
    expect(question.details).toMatchObject({ options: [{ weight: '1' }, { weight }] });
  });

  test.each(['101', '-100.1', 'half', '1/0', '3/2'])('a share “%s” is told at its field', (share) => {
    const form = blankQuestion('single-choice');
    const rows = [
      { text: 'a', right: 'on' },
      { text: 'b', share },
    ];
    const { problems } = questionFromForm({ ...form, values: { text: 'Q', points: '1' }, rows: { options: rows } });
    expect(problems).toEqual([{ field: 'options.1.share', code: 'not-a-share', params: {} }]);
  });

  test('ticking every option of a question with several right ones pays nothing, unless its author says so', () => {
    const rows = ['a', 'b']
      .map((text) => ({ text, right: 'on' }))
      .concat([
        { text: 'c', right: '' },
        { text: 'd', right: '' },
      ]);
    const { question } = questionFromForm({
      ...blankQuestion('multiple-choice'),
      values: { text: 'Q', points: '1' },
      rows: { options: rows },
    });
    expect(question.details).toMatchObject({
      options: [{ weight: '1/2' }, { weight: '1/2' }, { weight: '-1/2' }, { weight: '-1/2' }],
    });
  });
});

describe('A form in a request', () => {
  test('is values and rows; what belongs to the page, and rows nobody could have, are left out', () => {
    const fields = new Map([
      ['_csrf', ['x']],
      ['revision', ['3']],
      ['text', ['a\r\nb\u0000']],
      ['options.10.text', ['second']],
      ['options.2.text', ['first']],
      ['options.2.right', ['on']],
      ['options.9999.text', ['no']],
      ['__proto__.0.x', ['no']],
    ]);
    expect(readTypedForm(fields)).toEqual({
      values: { text: 'a\nb' },
      rows: { options: [{ text: 'first', right: 'on' }, { text: 'second' }] },
    });
  });

  test.each([
    ['add options', { act: 'add', list: 'options', place: 0 }],
    ['remove options 2', { act: 'remove', list: 'options', place: 2 }],
    ['up options 1', { act: 'up', list: 'options', place: 1 }],
    ['explode options', null],
    ['add', null],
    [undefined, null],
  ])('a button says %j', (value, step) => {
    expect(readFormStep(value)).toEqual(step);
  });

  const form = { values: {}, rows: { options: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] } };

  test.each([
    ['add', 0, 'a b c ', 'options.3.text'],
    ['remove', 1, 'a c', 'options.1.text'],
    ['remove', 2, 'a b', 'options.1.text'],
    ['up', 2, 'a c b', 'options.1.text'],
    ['up', 0, 'a b c', 'options.0.text'],
    ['down', 0, 'b a c', 'options.1.text'],
    ['down', 2, 'a b c', 'options.2.text'],
  ] as const)('%s at %d makes “%s” of a b c, and one goes on at %s', (act, place, texts, focus) => {
    const stepped = stepForm(form, { act, list: 'options', place }, { text: '' });
    expect(stepped.form.rows.options?.map(({ text }) => text).join(' ')).toBe(texts);
    expect(stepped.focus).toBe(focus);
  });
});

describe('An essay’s form', () => {
  const filled = (rows: Record<string, string>[], values: Record<string, string> = {}) => {
    const blank = blankQuestion('essay');
    const form = { ...blank, values: { ...blank.values, text: 'Why?', ...values }, rows: { rubric: rows } };
    const { question, problems } = questionFromForm(form);
    return { details: question.details, problems: problems.map(({ field, code }) => `${field}: ${code}`) };
  };

  test('makes a rubric of rows: one with a criterion begins it, those below are its other levels', () => {
    const rows = [
      { criterion: 'Law', level: 'no', share: '' },
      { criterion: '', level: 'yes', share: '75' },
      { criterion: 'Example', level: 'none', share: '0' },
      { criterion: '', level: 'one', share: '1/4' },
    ].map((row) => ({ criterionFormat: 'plain', levelFormat: 'plain', ...row }));
    const { details, problems } = filled(rows, { files: '2', kinds: 'picture', least: '50' });
    expect(problems).toEqual([]);
    expect(details).toEqual({
      expectedWords: { least: 50, most: null },
      files: { most: 2, kinds: ['picture'] },
      rubric: [
        {
          criterion: 'Law',
          levels: [
            { text: 'no', share: '0' },
            { text: 'yes', share: '3/4' },
          ],
        },
        {
          criterion: 'Example',
          levels: [
            { text: 'none', share: '0' },
            { text: 'one', share: '1/4' },
          ],
        },
      ],
    });
  });

  test('says what is wrong with a rubric, with words and with a question that takes nothing', () => {
    expect(filled([{ level: 'yes', share: '100' }]).problems).toContain('rubric.0.criterion: empty');
    expect(filled([{ criterion: 'Law', level: 'yes', share: '50' }]).problems).toEqual([
      'rubric: too-few-rows',
      'rubric: best-levels',
    ]);
    expect(filled([], { least: '9', most: '3' }).problems).toEqual(['most: range-reversed']);
    const blank = blankQuestion('essay');
    // A box that is not ticked is no field.
    const values = Object.fromEntries(Object.entries(blank.values).filter(([name]) => name !== 'takesText'));
    const { problems } = questionFromForm({ ...blank, values: { ...values, text: 'Why?' } });
    expect(problems.map(({ field }) => field)).toEqual(['files']);
  });
});

describe('A form for areas of a picture', () => {
  const key = 'c0'.repeat(32);
  const pictured = { picture: `asset:${key}`, alt: 'A heart', width: '400', height: '300' };
  const square = { shape: 'rectangle', left: '10', top: '20', right: '90', bottom: '100,5', isRight: 'on' };
  const filled = (values: Record<string, string>, regions: Record<string, string>[]) => {
    const blank = blankQuestion('hotspot');
    const form = { ...blank, values: { ...blank.values, text: 'Where?', ...values }, rows: { regions } };
    const { question, problems } = questionFromForm(form);
    return { details: question.details, problems: problems.map(({ field, code }) => `${field}: ${code}`) };
  };

  const fromLine = { alt: 'A "heart"', width: 640, height: 480 };

  test.each([
    ['its key', key, {}],
    ['its address', `/assets/${key}`, {}],
    [
      'the line that an upload gives',
      `<img src="asset:${key}" alt="A &quot;heart&quot;" width="640" height="480">`,
      fromLine,
    ],
  ])('takes a picture by %s', (_what, picture, expected) => {
    const values = picture.startsWith('<') ? { picture } : { ...pictured, picture };
    const { details, problems } = filled(values, [square]);
    expect(problems).toEqual([]);
    expect(details).toMatchObject({ picture: { asset: key, alt: 'A heart', width: 400, height: 300, ...expected } });
  });

  test('reads the numbers of each shape, with commas or points, and leaves empty rows out', () => {
    const round = { shape: 'circle', x: '100', y: '250', radius: '30', label: 'right ventricle' };
    const three = { shape: 'polygon', corners: '(250 200), 350;200 300 290.5' };
    const { details, problems } = filled({ ...pictured, choose: 'any' }, [square, { shape: 'circle' }, round, three]);
    expect(problems).toEqual([]);
    expect(details).toMatchObject({
      choose: 'any',
      regions: [
        { shape: 'rectangle', coordinates: [10, 20, 90, 100.5], label: '', isRight: true },
        { shape: 'circle', coordinates: [100, 250, 30], label: 'right ventricle', isRight: false },
        { shape: 'polygon', coordinates: [250, 200, 350, 200, 300, 290.5], label: '', isRight: false },
      ],
    });
  });

  test.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    ['no picture', { picture: '' }, {}, ['picture: empty']],
    ['no picture of ours', { picture: 'heart.png' }, {}, ['picture: not-a-picture']],
    ['a picture without a size', { width: '', height: '0' }, {}, ['width: empty', 'height: not-pixels']],
    ['half a pixel', { width: '400.5' }, {}, ['width: not-pixels']],
    ['nothing right', {}, { isRight: '' }, ['regions: no-right-area']],
    ['a side that is missing', {}, { top: '' }, ['regions.0.top: empty']],
    ['a side in words', {}, { top: 'high', left: '-1' }, ['regions.0.left: not-pixels', 'regions.0.top: not-pixels']],
    [
      'sides the wrong way round',
      {},
      { right: '10', bottom: '3' },
      ['regions.0.right: not-greater', 'regions.0.bottom: not-greater'],
    ],
    ['no radius', {}, { shape: 'circle', x: '1', y: '1', radius: '0' }, ['regions.0.radius: not-greater']],
    ['two corners', {}, { shape: 'polygon', corners: '1 1, 2 2' }, ['regions.0.corners: not-corners']],
    ['a corner by half', {}, { shape: 'polygon', corners: '1 1 2 2 3 3 4' }, ['regions.0.corners: not-corners']],
    ['a middle outside', {}, { left: '500', right: '600' }, ['regions.0.left: outside']],
  ])('tells %s at its field', (_what, values, row, expected) => {
    // A box that is not ticked is no field.
    const region = Object.fromEntries(
      Object.entries({ ...square, ...row }).filter(([name, typed]) => name !== 'isRight' || typed),
    );
    expect(filled({ ...pictured, ...values }, [region]).problems).toEqual(expected);
  });

  test('wants an area, and not more than there are letters', () => {
    expect(filled(pictured, []).problems).toEqual(['regions: too-few-rows']);
    const many = Array.from({ length: 27 }, () => square);
    expect(filled(pictured, many).problems).toEqual(['regions: too-many-rows']);
  });
});
