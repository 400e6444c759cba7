// A quiz shown as text and read back: what the text does not say is never lost, and what it leaves alone keeps its key.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readQuestions } from '../../src/questions/read-questions.ts';
import type { Question } from '../../src/questions/question.ts';
import type { DraftQuestion } from '../../src/quizzes/draft-question.ts';
import { contentOf } from '../../src/quizzes/draft-question.ts';
import { blankQuestion } from '../../src/questions/forms/question-in-form.ts';
import { marksIn, mergeText, withMarks, withoutMarks, writeDraft } from '../../src/quizzes/merge-text.ts';
import { anyQuestion } from '../questions/any-question.ts';

const keyOf = (place: number) => `${place.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

function draftOf(questions: readonly Question[]): DraftQuestion[] {
  return questions.map((question, place) => ({ key: keyOf(place), revision: 1, bank: null, question, typed: null }));
}

/** What saving a text makes of a draft that was shown as text. */
function saving(draft: readonly DraftQuestion[], source: string) {
  const { questions } = readQuestions(withoutMarks(source), 'gift');
  return mergeText(draft, { source, questions }, writeDraft(draft).outside);
}

test('A text that nobody changed leaves every question of every type as it is, with its key and in its place', () => {
  fc.assert(
    fc.property(fc.array(anyQuestion, { maxLength: 6 }), (questions) => {
      const draft = draftOf(questions);
      const merged = saving(draft, writeDraft(draft).source);
      expect(merged.map(({ key }) => key)).toEqual(draft.map(({ key }) => key));
      expect(merged.map(({ question }) => question)).toEqual(questions);
    }),
    { numRuns: 200 },
  );
});

const content = (source: string) => ({ format: 'auto' as const, source });
const sum: Question = {
  type: 'true-false',
  name: 'Sum',
  text: content('2 + 3 = 5'),
  generalFeedback: null,
  points: '5/2',
  hints: [{ text: content('Count on your fingers.') }],
  penalty: '1/4',
  details: { isTrue: true, feedbackToTrue: null, feedbackToFalse: null },
};
const order: Question = {
  type: 'ordering',
  name: 'Order',
  text: content('From small to large'),
  generalFeedback: null,
  points: '1',
  details: { items: [content('gram'), content('tonne')], grading: 'absolute-position' },
};
const draft = draftOf([order, sum]);
const [ordering, truth] = draft;

test('What GIFT cannot say stands as a mark with the question’s name', () => {
  expect(writeDraft(draft).source).toBe('// [keep:00000000] Order\n\n::Sum::2 + 3 \\= 5{TRUE}\n');
});

test('New words leave points, hints and penalty as they were', () => {
  const merged = saving(draft, writeDraft(draft).source.replace('TRUE', 'FALSE'));
  expect(merged[1]?.key).toBe(truth?.key);
  expect(merged[1]?.question).toEqual({ ...sum, details: { ...sum.details, isTrue: false } });
});

test('A mark that is moved moves its question', () => {
  const [first = '', second = ''] = writeDraft(draft).source.trim().split('\n\n');
  expect(saving(draft, `${second}\n\n${first}\n`).map(({ key }) => key)).toEqual([truth?.key, ordering?.key]);
});

test('A mark that is taken out, or written twice, loses and doubles nothing', () => {
  const { source, outside } = writeDraft(draft);
  const without = withoutMarks(source);
  expect(saving(draft, without).map(({ key }) => key)).toEqual([truth?.key, ordering?.key]);
  expect(marksIn(withMarks(without, draft, outside), draft)).toHaveLength(1);
  expect(saving(draft, `${source}\n// [keep:00000000] Order\n`)).toHaveLength(2);
});

test('A question that is taken out of the text goes, and an unfinished form stays', () => {
  const unfinished = { key: keyOf(2), revision: 1, bank: null, ...contentOf(blankQuestion('numeric')) };
  const all = [...draft, unfinished];
  const source = `${writeDraft(all).source.replace(/::Sum.*/, '')}\n::New::Water boils {T}\n`;
  expect(saving(all, source).map(({ key }) => key)).toEqual([ordering?.key, unfinished.key, null]);
});

test('A mark of another quiz means nothing here', () => {
  expect(saving(draft, '// [keep:ffffffff] Other\n\n::Sum::2 + 3 \\= 5 {T}\n').map(({ key }) => key)).toEqual([
    truth?.key,
    ordering?.key,
  ]);
});
