// What learners do for themselves after an attempt, and before: nothing of it is a grade.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openAsTeacher, openQuiz, takeQuiz } from '../support/people.ts';
import { openResults } from '../support/grades.ts';
import { post } from '../support/post.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';
import { fieldsFor, type Given } from '../support/sheet.ts';
import { allRows } from '../support/tables.ts';

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

/** Dilnoza reads somebody's first attempt. */
async function openReview(activity: string, student: string): Promise<Robot> {
  const dilnoza = await openResults(mustaqil, activity);
  const links = dilnoza.page.$('a[href*="/learners/"]').toArray();
  const link = links.find((one) => dilnoza.page.$(one).text() === nameOf(mustaqil, student));
  await dilnoza.open(`${link?.attribs.href}/1`);
  return dilnoza;
}

/** Tries the question of a practice that is open. */
const tryWith = (ada: Robot, given: Record<string, Given>) =>
  ada.submit('form[action$="/answers"]', fieldsFor(ada.page, given));

test('Practising changes no grade, no credit and no count of attempts, and goes on until all is right', async () => {
  const { ada, activity, student } = await beforeHandingIn({ capital: 'Osh', sum: '4' });
  await handIn(ada);
  const result = ada.page.url;
  await mustaqil.deliver();
  const before = await allRows(mustaqil.db, ['practices', 'practice_answers']);

  await ada.submit('form[action$="/practices"]');
  const practice = ada.page.url;
  await tryWith(ada, { Kyrgyzstan: 'Naryn' });
  expect(textOf(ada, '.check-result')).toContain('Wrong');
  // A second click at what was begun begins no second one.
  await ada.open(result);
  await ada.submit('form[action$="/practices"]');
  expect(ada.page.url).toBe(practice);
  await tryWith(ada, { Kyrgyzstan: 'Bishkek' });
  expect(textOf(ada, '.question-state')).toContain('Right');
  await ada.click('#next a.primary');
  await tryWith(ada, { '2 + 3': '' });
  expect(textOf(ada, '[role=status]')).toContain('There is no answer to check yet.');
  await tryWith(ada, { '2 + 3': '5' });
  expect(textOf(ada, '#next')).toContain('Every question is right now.');
  await ada.click('#next a');
  expect(textOf(ada, '#next')).toContain('Practised 1 time.');

  await mustaqil.deliver();
  expect(await allRows(mustaqil.db, ['practices', 'practice_answers'])).toEqual(before);
  const dilnoza = await openReview(activity, student);
  expect(textOf(dilnoza, '.result')).toContain('Practised 1 time.');
});

test('A practice asks what Ada missed and nothing else, and all that goes wrong in it leaves her grade as it is', async () => {
  const { ada, activity, student } = await beforeHandingIn({ capital: 'Osh', sum: '5' });
  await handIn(ada);
  await mustaqil.deliver();
  await ada.submit('form[action$="/practices"]');
  await tryWith(ada, { Kyrgyzstan: 'Naryn' });
  expect(textOf(ada, 'main')).not.toContain('2 + 3');
  await tryWith(ada, { Kyrgyzstan: 'Bishkek' });
  expect(textOf(ada, '#next')).toContain('Every question is right now.');
  expect(await mustaqil.deliver()).toBe(0);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
});

test('Who may not see the key yet gets no practice, and who missed nothing is told so', async () => {
  const { ada } = await beforeHandingIn({ capital: 'Osh' }, { reviewPreset: 'homework' });
  await handIn(ada);
  expect(ada.page.$('form[action$="/practices"]')).toHaveLength(0);
  await post(ada, `${new URL(ada.page.url).pathname}/practices`, []).expect(409);
  const { ada: able } = await beforeHandingIn({ capital: 'Bishkek', sum: '5' });
  await handIn(able);
  expect(textOf(able, '#next')).toContain('You missed nothing here.');
  const refused = await post(able, `${new URL(able.page.url).pathname}/practices`, []);
  expect(refused.text).toContain('content="nothing-missed"');
});

test('What comes next is one thing: practising what was missed, or else another attempt', async () => {
  const { ada } = await beforeHandingIn({ capital: 'Osh', sum: '5' });
  await handIn(ada);
  expect(textOf(ada, '#next .primary')).toBe('Practise now');
  expect(textOf(ada, '#next form[action$="/attempts"] .button')).toBe('Try again');
  const { ada: able } = await beforeHandingIn({ capital: 'Bishkek', sum: '5' });
  await handIn(able);
  expect(textOf(able, '#next .primary')).toBe('Try again');
});

test('Only what a student shares is read by the teacher, and it is taken back at any time', async () => {
  const { ada, activity, student } = await beforeHandingIn({ capital: 'Osh' });
  await handIn(ada);
  const result = ada.page.url;
  const dilnoza = await openReview(activity, student);
  const review = dilnoza.page.url;
  const readBy = async (robot: Robot, page: string) => {
    await robot.open(page);
    return robot.page.html.includes('Capitals are hard');
  };
  const write = (fields: Record<string, string>) => ada.submit('form[action$="/reflection"]', fields);

  await write({ reflection: 'Capitals are hard' });
  expect([await readBy(ada, result), await readBy(dilnoza, review)]).toEqual([true, false]);
  await write({ reflection: 'Capitals are hard', share: 'yes' });
  expect([await readBy(ada, result), await readBy(dilnoza, review)]).toEqual([true, true]);
  await write({ reflection: 'a'.repeat(2001), share: 'yes' });
  expect(textOf(ada, '#reflection-problem')).toContain('2 001');
  expect(ada.page.$('textarea').val()).toHaveLength(2001);
  await write({ reflection: '' });
  expect([await readBy(ada, result), await readBy(dilnoza, review)]).toEqual([false, false]);
});
