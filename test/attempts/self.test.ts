// What learners do for themselves after an attempt, and before: nothing of it is a grade.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openAsTeacher, openQuiz, takeQuiz } from '../support/people.ts';
import { newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const textOf = ({ page }: Robot, selector: string) => page.$(selector).text().replace(/\s+/g, ' ').trim();

/** Ada, who is new, has answered a new quiz and stands before handing in. */
async function beforeHandingIn(
  answers: { capital?: string; sum?: string },
  settings: Record<string, string> = {},
): Promise<{ ada: Robot; activity: string; student: string }> {
  const activity = await newQuiz(mustaqil, { settings });
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  await answer(ada, answers);
  return { ada, activity, student };
}

test('Ada guesses two points, has one, and reads how far off she was; a word that is no number is not lost', async () => {
  const { ada } = await beforeHandingIn({ capital: 'Bishkek', sum: '4' });
  await ada.submit('#submission', { guess: 'both' });
  expect(ada.page.$('#guess').val()).toBe('both');
  expect(textOf(ada, '#guess-problem')).toContain('This is no number.');
  await ada.submit('#submission', { guess: '3' });
  expect(textOf(ada, '#guess-problem')).toContain('from 0 to 2');
  await ada.submit('#submission', { guess: '2,0' });
  expect(textOf(ada, '.guess-gap')).toContain('Points you expected: 2. Points you have: 1. The difference is 1');
});

test('A guess says nothing of points that may not be seen yet', async () => {
  const { ada } = await beforeHandingIn({ capital: 'Bishkek' }, { reviewPreset: 'exam' });
  await ada.submit('#submission', { guess: '2' });
  expect(ada.page.$('.guess-gap')).toHaveLength(0);
  const { ada: silent } = await beforeHandingIn({ capital: 'Bishkek' });
  await handIn(silent);
  expect(silent.page.$('.guess-gap')).toHaveLength(0);
});

test('Dilnoza says in the bank what a question teaches, and from the next version on learners read how they did in that', async () => {
  const activity = await newQuiz(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.click('main a[href$="/quiz/edit"]');
  const editor = dilnoza.page.url;
  await dilnoza.submit('form[action$="/bank/questions"]');
  await dilnoza.open(dilnoza.page.$('.card-bank a').attr('href') ?? '');
  const question = dilnoza.page.url;
  await dilnoza.open(question.replace(/questions\/.*/, 'outcomes'));
  await dilnoza.submit('#outcomes', { outcomes: 'LO1 Knows the capitals' });
  await dilnoza.open(question);
  const outcome = dilnoza.page.$('[name=outcome]').first().attr('value') ?? '';
  await dilnoza.submit('#facts form', { outcome });
  await dilnoza.open(editor);
  await dilnoza.submit('button[formaction]');
  await dilnoza.open(question);
  expect(textOf(dilnoza, 'main')).toContain('Published in version 1, 2');

  const ada = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Ada'), activity });
  await takeQuiz(ada, { capital: 'Osh', sum: '5' });
  expect(textOf(ada, '.outcome-shares')).toBe('LO1 Knows the capitals 0% This is worth practising next. 1 question.');
});
