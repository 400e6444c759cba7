// Every type's view in both modes, on the type's own examples.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import ejs from 'ejs';
import { translator } from '../../src/i18n/i18n.ts';
import { renderContent } from '../../src/questions/content.ts';
import type { Content } from '../../src/questions/content.ts';
import { presentQuestion, reviewQuestion } from '../../src/questions/question-view.ts';
import type { PresentedQuestion, ReviewedQuestion } from '../../src/questions/question-view.ts';
import { questionSchema } from '../../src/questions/question.ts';
import type { Question } from '../../src/questions/question.ts';
import type { QuestionType } from '../../src/questions/question-type.ts';
import { fieldsOf, parseResponse } from '../../src/questions/response.ts';
import { asWritten, shuffled } from '../../src/questions/shuffle.ts';
import { questionTypes } from '../../src/questions/types/registry.ts';

const template = join(import.meta.dirname, '../../views/questions/question.ejs');
const t = translator('en');
const types: readonly QuestionType[] = questionTypes;

const render = (question: PresentedQuestion | ReviewedQuestion, more: object = {}): Promise<string> =>
  ejs.renderFile(template, { t, html: renderContent, field: 'q7', question, ...more });

const questionOf = (
  type: string,
  details: unknown,
  text: Content = { format: 'plain', source: 'What is it?' },
): Question =>
  questionSchema.parse({
    type,
    name: 'Example',
    text,
    generalFeedback: { format: 'plain', source: 'In general.' },
    points: '1',
    details,
  });

/** The fields a browser would send if the student changed nothing. */
function submitted(markup: string): Record<string, string[]> {
  const $ = load(markup);
  const body: Record<string, string[]> = {};
  for (const { name, value } of $('fieldset').wrap('<form>').parent().serializeArray()) {
    body[name] = [...(body[name] ?? []), value];
  }
  return body;
}

describe.each(types.map((type) => [type.name, type] as const))('The view of %s', (name, type) => {
  const examples = type.examples.map(({ about, text, details, otherKey, answers }) => ({
    question: questionOf(name, details, text),
    otherKey: questionOf(name, otherKey, text),
    responses: answers.map(({ response }) => response),
    about,
  }));

  test('gives nothing of the key away before submission', async () => {
    for (const { question, otherKey, responses } of examples) {
      for (const response of responses) {
        const markup = await render(presentQuestion(question, shuffled('seed'), response));
        expect(markup).toBe(await render(presentQuestion(otherKey, shuffled('seed'), response)));
        expect(markup).not.toContain('In general.');
      }
    }
  });

  test('sends a saved answer back unchanged, in whatever order it is shown', async () => {
    for (const { question, responses } of examples) {
      for (const [index, response] of responses.entries()) {
        const order = shuffled(`attempt ${index}`);
        const markup = await render(presentQuestion(question, order, response));
        expect(parseResponse(question, fieldsOf(submitted(markup), 'q7'), order)).toEqual(response);
      }
    }
  });

  test('has a name for the question and a label for every control, and no style or script of its own', async () => {
    for (const { question, responses } of examples) {
      for (const response of responses) {
        const answering = load(await render(presentQuestion(question, asWritten, response), { label: 'Question 7' }));
        const controls = answering('input, select, textarea').toArray();
        expect(controls.length > 0).toBe(type.marking !== 'none');
        expect(answering('fieldset[aria-labelledby="q7-text"]').length).toBe(type.marking === 'none' ? 0 : 1);
        expect(answering('#q7-text').text()).toMatch(/Question 7\s+What is it\?/);
        for (const element of answering('[aria-describedby]').toArray()) {
          expect(answering(`#${answering(element).attr('aria-describedby')}`).text()).not.toBe('');
        }
        for (const control of controls) {
          const id = answering(control).attr('id') ?? '';
          expect(answering(control).closest('label').length + answering(`label[for="${id}"]`).length).toBe(1);
        }
        expect(answering('[style], style, script, [onclick]').length).toBe(0);
      }
    }
  });

  test('shows the result without controls, with the general feedback, in words of every language', async () => {
    for (const { question, responses } of examples) {
      for (const response of responses) {
        const markup = await render(reviewQuestion(question, shuffled('seed'), response));
        expect(load(markup)('input, select, textarea, [style]').length).toBe(0);
        expect(markup).toContain('In general.');
        expect(markup).not.toMatch(/questions\.|undefined|\[object/);
      }
    }
  });

  test('lets no script through, whoever wrote it', async () => {
    const attack = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><svg onload=alert(1)>';
    const poison = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, inner: unknown) =>
          typeof inner !== 'string' || !['source', 'right', 'format'].includes(key)
            ? inner
            : key === 'format'
              ? 'html'
              : `${inner}${attack}`,
        ),
      );
    for (const { question, responses } of examples) {
      const poisoned = questionSchema.parse(poison(question));
      for (const response of responses) {
        const typed = response && 'text' in response ? { ...response, text: attack } : response;
        for (const view of [presentQuestion(poisoned, asWritten, typed), reviewQuestion(poisoned, asWritten, typed)]) {
          const $ = load(await render(view));
          expect($('script, svg:not(.hotspot-picture), img, [onerror], [onload]').length).toBe(0);
        }
      }
    }
  });
});

test.each([
  ['single-choice', '0', 'Choose one answer.'],
  ['multiple-choice', '1', 'Choose every right answer; there may be more than one.'],
])('Whoever cannot see a question of type %s hears how to answer it', async (type, weight, words) => {
  const plain = (source: string) => ({ format: 'plain', source });
  const options = ['1', weight].map((each) => ({ text: plain('mass'), weight: each, feedback: null }));
  const question = questionOf(type, { options });
  const $ = load(await render(presentQuestion(question, asWritten, null)));
  expect($(`#${$('fieldset').attr('aria-describedby')}`).text()).toBe(words);
  expect(load(await render(reviewQuestion(question, asWritten, null)))('[aria-describedby]').length).toBe(0);
});

test('A question may hold a list and a table, where HTML allows them', async () => {
  const question: Question = {
    ...questionOf('true-false', { isTrue: true, feedbackToTrue: null, feedbackToFalse: null }),
    text: { format: 'html', source: '<ul><li>a</li></ul><table><tr><td>b</td></tr></table>' },
  };
  for (const view of [presentQuestion(question, asWritten, null), reviewQuestion(question, asWritten, null)]) {
    const $ = load(await render(view));
    expect($('fieldset > div.question-head > div.question-text').find('ul, table').length).toBe(2);
    expect($('legend, p :is(ul, table), span :is(ul, table)').length).toBe(0);
  }
});

test.each([
  [['*Bishkek*', 'Bishkek', ' bishkek'], 'Bishkek'],
  [['*Bishkek*', 'Bish*'], '…Bishkek…; Bish…'],
  [['50\\*2', '100'], '50*2; 100'],
  [['*', 'a*'], 'any answer'],
])('The right answer to a question that accepts %j reads “%s”', async (patterns, words) => {
  const answers = patterns.map((pattern) => ({ pattern, weight: '1', feedback: null }));
  const $ = load(await render(reviewQuestion(questionOf('short-text', { answers }), asWritten, { text: 'x' })));
  expect($('.right-answer').text()).toBe(`Right answer ${words}`);
});

test('A result says in words which option was chosen and which is right', async () => {
  const plain = (source: string) => ({ format: 'plain', source });
  const question = questionOf('single-choice', {
    options: [
      { text: plain('mass'), weight: '1', feedback: plain('Yes, mass.') },
      { text: plain('speed'), weight: '0', feedback: plain('No: speed is relative.') },
    ],
  });
  const $ = load(await render(reviewQuestion(question, asWritten, { choice: 1 })));
  const words = $('li')
    .toArray()
    .map((item) => $(item).text().replace(/\s+/g, ' ').trim());
  expect(words).toEqual(['mass ✓ Right answer', 'speed ✗ Your choice · Wrong Explanation No: speed is relative.']);
});

test('A result says in words how the question went, and what it earned if the page knows', async () => {
  const question = questionOf('true-false', { isTrue: true, feedbackToTrue: null, feedbackToFalse: null });
  const state = async (stored: unknown, points?: string) =>
    load(await render(reviewQuestion(question, asWritten, stored), { points }))('.question-state')
      .text()
      .replace(/\s+/g, ' ')
      .trim();
  expect(await state({ saidTrue: true }, '1 of 1')).toBe('✓ Right · 1 of 1');
  expect(await state({ saidTrue: false })).toBe('✗ Wrong');
  expect(await state(null)).toBe('– Not answered');
});

test('A number that could not be read is shown as it was typed, and said to be unreadable', async () => {
  const question = questionOf('numeric', {
    answers: [{ accepted: { kind: 'near', value: '5', tolerance: '0.01' }, weight: '1', feedback: null }],
  });
  const text = load(await render(reviewQuestion(question, asWritten, { text: '5 m/s' })))('body').text();
  expect(text).toContain('5 m/s');
  expect(text).toContain('could not be read as a number');
  expect(text).toContain('5 ± 0.01');
});

describe('A formula in a label', () => {
  const tex = (source: string): Content => ({ format: 'plain', source });
  const [half, both] = [tex('\\(\\frac{1}{2}\\)'), tex('more than \\(a<"b"\\)')];
  const option = (text: Content, weight = '0') => ({ text, weight, feedback: null });
  const rule = 'per-item';

  test.each([
    ['single-choice', { options: [option(half, '1'), option(both)] }, 'input'],
    ['multiple-choice', { options: [option(half, '1'), option(both)] }, 'input'],
    [
      'matrix',
      { columns: [half, both], rows: [{ text: both, right: 0 }], grading: 'per-row' },
      'input, [role=radiogroup]',
    ],
    [
      'matching',
      { pairs: [half, both].map((left, index) => ({ left, right: `${index}` })), distractors: [] },
      'select',
    ],
    ['ordering', { items: [half, both], grading: 'absolute-position' }, 'select'],
    [
      'categorise',
      { categories: [tex('a'), tex('b')], items: [half, both].map((text) => ({ text, category: 0 })), grading: rule },
      'select',
    ],
    [
      'cloze',
      {
        gaps: [
          {
            kind: 'choice',
            points: '1',
            layout: 'vertical',
            details: { options: [option(half, '1'), option(both)] },
          },
        ],
      },
      'input',
    ],
  ])('is what the control of %s is called, for who does not see it', async (type, details, controls) => {
    const question = questionOf(type, details, tex(type === 'cloze' ? 'It is [[1]]' : 'What is it?'));
    const $ = load(await render(presentQuestion(question, asWritten, null)));
    const names = $(controls)
      .toArray()
      .map((control) => $(control).attr('aria-label'));
    expect(names).toContain('\\frac{1}{2}');
    expect(names).toContain('more than a<"b"');
    expect(names).not.toContain(undefined);
  });

  test('needs no name where there is none, or where a picture has words that it would hide', async () => {
    const picture = { format: 'html', source: `\\(x\\) <img src="asset:${'c0'.repeat(32)}" alt="a graph">` };
    const question = questionOf('single-choice', {
      options: [option(tex('mass'), '1'), { ...option(tex('')), text: picture }],
    });
    expect(load(await render(presentQuestion(question, asWritten, null)))('[aria-label]').length).toBe(0);
  });
});
