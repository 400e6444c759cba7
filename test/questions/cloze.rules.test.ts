// Texts with gaps: which gaps a text must name, how each is shown and read, and what they earn together.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import ejs from 'ejs';
import fc from 'fast-check';
import { translator } from '../../src/i18n/i18n.ts';
import { renderContent } from '../../src/questions/content.ts';
import { markQuestion } from '../../src/questions/mark-question.ts';
import { presentQuestion, reviewQuestion } from '../../src/questions/question-view.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { fieldsOf, parseResponse } from '../../src/questions/response.ts';
import { asWritten, shuffled } from '../../src/questions/shuffle.ts';

const plain = (source: string) => ({ format: 'plain' as const, source });
const word = (pattern: string, points = '1') => ({
  kind: 'text',
  points,
  details: { answers: [{ pattern, weight: '1', feedback: plain(`It is ${pattern}.`) }] },
});
const number = (value: string, points = '1') => ({
  kind: 'number',
  points,
  details: { answers: [{ accepted: { kind: 'near', value, tolerance: '0' }, weight: '1', feedback: null }] },
});
const choice = (weights: readonly string[], points = '1', layout = 'menu') => ({
  kind: 'choice',
  points,
  layout,
  details: { options: weights.map((weight, index) => ({ text: plain(`option ${index}`), weight, feedback: null })) },
});
const stored = (source: string, gaps: object[], format = 'plain') => ({
  type: 'cloze',
  name: 'Water',
  text: { format, source },
  generalFeedback: null,
  points: '5',
  details: { gaps },
});
const question = (source: string, gaps: object[], format = 'plain') =>
  questionSchema.parse(stored(source, gaps, format));
const view = async (question: ReturnType<typeof presentQuestion> | ReturnType<typeof reviewQuestion>) =>
  load(
    await ejs.renderFile(join(import.meta.dirname, '../../views/questions/question.ejs'), {
      t: translator('en'),
      html: renderContent,
      field: 'q7',
      question,
    }),
  );

describe('A text with two gaps', () => {
  const gaps = [word('a'), word('b')];
  test.each([
    ['[[1]] and [[2]]', 'plain', true],
    ['[[2]] before [[1]]', 'plain', true],
    ['<p>[[1]]</p><code>[[2]]</code>', 'html', true],
    ['[[1]]', 'plain', false],
    ['[[1]] [[2]] [[3]]', 'plain', false],
    ['[[1]] [[2]] [[2]]', 'plain', false],
    ['[[0]] [[1]]', 'plain', false],
    ['[[1]] \\([[2]]\\)', 'plain', false],
    ['[[1]] <img src="https://x.uz/x.png" alt="[[2]]">', 'html', false],
    ['[[1]] <script>[[2]]</script>', 'html', false],
  ])('may say %j as %s: %s', (source, format, isGood) => {
    const parsed = questionSchema.safeParse(stored(source, gaps, format));
    expect(parsed.success).toBe(isGood);
    if (!isGood) expect(parsed.error?.issues[0]?.path).toEqual(['text']);
  });

  test('has them filled where they stand, and nothing else', async () => {
    const $ = await view(presentQuestion(question('One [[2]] two [[1]] [3]', gaps), asWritten, { 0: '"<b>' }));
    expect($('.question-text').text().replace(/\s+/g, ' ').trim()).toBe('One Gap 2 two Gap 1 [3]');
    expect($('.question-text input[name="q7.0"]').val()).toBe('"<b>');
    expect($('.question-text b').length).toBe(0);
  });

  test('cannot be worth nothing in either', () => {
    expect(questionSchema.safeParse(stored('[[1]] [[2]]', [word('a', '0'), word('b')])).success).toBe(false);
  });
});

describe('Gaps earn their points as in Moodle', () => {
  const mixed = question('[[1]] [[2]] [[3]]', [
    word('suv', '1'),
    number('0,5', '2'),
    choice(['1', '1/2', '-1/3'], '2', 'horizontal'),
  ]);
  // Out of 5: the sum of weight × points over the sum of points (qtype_multianswer, grade_response).
  test.each([
    [{ 0: 'suv', 1: '0.5', 2: 0 }, '5', 'correct'],
    [{ 0: 'SUV' }, '1', 'partial'],
    [{ 1: '1/2' }, '0', 'incorrect'],
    [{ 1: ',5' }, '2', 'partial'],
    [{ 0: 'suv', 2: 1 }, '2', 'partial'],
    [{ 0: 'suv', 2: 2 }, '1/3', 'partial'],
    [{ 0: 'muz', 2: 2 }, '0', 'incorrect'],
    [{ 2: 9 }, '0', 'incorrect'],
    [null, '0', 'unanswered'],
  ])('%j earns %s of 5', (response, points, state) => {
    const marked = markQuestion(mixed, response);
    expect([marked.points.toFraction(), marked.state]).toEqual([points, state]);
  });

  test('and say what their author says to each answer', () => {
    expect(markQuestion(mixed, { 0: 'suv', 1: '0.5' }).feedback).toEqual([plain('It is suv.')]);
  });
});

const layouts = fc.constantFrom('menu', 'vertical', 'horizontal');
const anyChoice = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.nat(5), layouts, fc.integer({ min: 1, max: 9 }))
  .map(([count, right, layout, points]) => ({
    gap: choice(
      Array.from({ length: count }, (_, index) => (index === right % count ? '1' : '-1/4')),
      `${points}`,
      layout,
    ),
    right: right % count,
  }));
const anyGap = fc.oneof(
  fc.stringMatching(/^[a-z]{1,9}$/).map((right) => ({ gap: word(right), right: right })),
  fc.integer().map((right) => ({ gap: number(`${right}`, '1/3'), right: `${right}` })),
  anyChoice,
);
const anyGaps = fc.array(anyGap, { minLength: 1, maxLength: 8 }).map((made) => ({
  question: question(
    made.map((_, index) => `[[${index + 1}]]`).join(' '),
    made.map(({ gap }) => gap),
  ),
  key: Object.fromEntries(made.map(({ right }, index) => [String(index), right])),
}));

test('Whoever fills every gap rightly gets all the points, in whatever order the options stand', async () => {
  await fc.assert(
    fc.asyncProperty(anyGaps, fc.string(), async ({ question, key }, seed) => {
      const order = shuffled(seed);
      const $ = await view(presentQuestion(question, order, key));
      const body: Record<string, string> = {};
      for (const { name, value } of $('fieldset').wrap('<form>').parent().serializeArray()) body[name] = value;
      const response = parseResponse(question, fieldsOf(body, 'q7'), order);
      expect(response).toEqual(key);
      expect(markQuestion(question, response).points.toFraction()).toBe('5');
    }),
    { numRuns: 30 },
  );
});

test('Nobody gets more than everything or less than nothing, whatever a form holds', () => {
  const values = fc.constantFrom('0', '1', '5', 'a', '', '-1');
  fc.assert(
    fc.property(anyGaps, fc.array(values, { minLength: 8, maxLength: 8 }), ({ question }, typed) => {
      const body = Object.fromEntries(typed.map((value, index) => [`q7.${index}`, value]));
      const { points } = markQuestion(question, parseResponse(question, fieldsOf(body, 'q7'), asWritten));
      expect(points.gte(0) && points.lte(5)).toBe(true);
    }),
  );
});

test('Two gaps with the same options do not have the right one in the same place every time', async () => {
  const twins = question('[[1]] [[2]]', [choice(['1', '0', '0', '0']), choice(['1', '0', '0', '0'])]);
  const places = await Promise.all(
    Array.from({ length: 20 }, async (_, seed) => {
      const $ = await view(presentQuestion(twins, shuffled(`${seed}`), { 0: 0, 1: 0 }));
      return $('option[selected]')
        .map((__, option) => $(option).attr('value') ?? '')
        .get();
    }),
  );
  expect(places.some(([one, other]) => one !== other)).toBe(true);
});

test('Whoever cannot see the gaps hears the name of each, and how to write a number', async () => {
  const gaps = [word('a'), number('1'), choice(['1', '0']), choice(['1', '0'], '1', 'vertical')];
  const $ = await view(presentQuestion(question('[[1]] [[2]] [[3]] [[4]]', gaps), asWritten, null));
  expect(
    $('label.gap > .unseen')
      .map((_, label) => $(label).text())
      .get(),
  ).toEqual(['Gap 1', 'Gap 2', 'Gap 3']);
  expect($('[role=radiogroup]').attr('aria-label')).toBe('Gap 4');
  expect($(`#${$('[name="q7.1"]').attr('aria-describedby')}`).text()).toMatch(/^Gap 2: Write a number/);
});

test('Options that hold formulas are no menu, which could not show them', async () => {
  const gap = choice(['1', '0']);
  gap.details.options[1]!.text = plain('\\(x^2\\)');
  const $ = await view(presentQuestion(question('[[1]]', [gap]), asWritten, null));
  expect([$('select').length, $('[role=radiogroup] input').length, $('math').length]).toEqual([0, 2, 1]);
});

test('A result shows in the text what was given, and below it what is right', async () => {
  const gaps = [word('suv'), number('100'), choice(['1', '0'])];
  const $ = await view(reviewQuestion(question('[[1]], [[2]], [[3]]', gaps), asWritten, { 0: 'suv', 2: 1 }));
  const words = (selector: string) =>
    $(selector)
      .map((_, part) => $(part).text().replace(/\s+/g, ' ').trim())
      .get();
  expect(words('.question-text')).toEqual(['Gap 1: ✓ suv (Right), Gap 2: – Not answered, Gap 3: ✗ option 1 (Wrong)']);
  expect(words('.gap-result')).toEqual([
    'Gap 1 ✓ Right Your answer suv Right answer suv Explanation It is suv.',
    'Gap 2 No answer was given. Right answer 100',
    'Gap 3 option 0 ✓ Right answer option 1 ✗ Your choice · Wrong',
  ]);
});
