// Beginning an attempt: as often as allowed, and never twice at once.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { attempts } from '../../src/database/tables/attempts.ts';
import { people } from '../../src/database/tables/courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish, takeQuiz, writeQuestions } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newActivity, newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const start = 'form[action$="/attempts"]';

test('Ada starts twice and is in the same attempt', async () => {
  const { ada } = await beforeQuiz();
  const quiz = ada.page.url;
  await ada.submit(start);
  const attempt = ada.page.url;
  await ada.open(quiz);
  expect(ada.page.$(`${start} button`).text()).toBe('Continue');
  await ada.submit(start);
  expect(ada.page.url).toBe(attempt);
});

test('Five students who click five times at once, in two browsers each, have one attempt each', async () => {
  const activity = await newQuiz(mustaqil);
  const students = Array.from({ length: 5 }, () => newStudent(mustaqil, 'Ada'));
  const browsers = await Promise.all(
    students.map(async (student) => [
      await openQuiz(mustaqil, { student, activity }),
      await openQuiz(mustaqil, { student, activity }),
    ]),
  );
  const opened = await Promise.all(
    browsers.map((own) => Promise.all([...own, ...own, ...own.slice(1)].map((robot) => robot.submit(start)))),
  );
  for (const pages of opened) {
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(pages.map(({ url }) => url)).size).toBe(1);
  }
  for (const student of students) expect(await attemptsOf(student)).toEqual([1]);
});

test('With one attempt allowed there is no second', async () => {
  const { ada } = await beforeQuiz({ attemptsAllowed: '1' });
  expect(ada.page.$('main').text()).toContain('You have 1 attempt.');
  const quiz = new URL(ada.page.url).pathname;
  await takeQuiz(ada, { capital: 'Osh' });
  expect(ada.page.$('#next').text()).toContain('No attempts left.');
  expect(ada.page.$(start)).toHaveLength(0);
  await ada.open(quiz);
  expect(ada.page.$(start)).toHaveLength(0);

  const refused = await post(ada, quiz, []);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('<meta name="refusal" content="no-attempts-left">');
});

test('With two attempts allowed, Ada who clicks wildly in two browsers has two in the end', async () => {
  const { ada, student, activity } = await beforeQuiz({ attemptsAllowed: '2' });
  const phone = await openQuiz(mustaqil, { student, activity });
  const quiz = new URL(ada.page.url).pathname;
  for (const sum of ['1', '5']) {
    await Promise.all([post(ada, quiz, []), post(phone, quiz, []), post(ada, quiz, [])]);
    await ada.open(quiz);
    await takeQuiz(ada, { sum });
  }
  const late = await Promise.all([post(ada, quiz, []), post(phone, quiz, [])]);
  expect(late.map(({ status }) => status)).toEqual([409, 409]);
  expect(await attemptsOf(student)).toEqual([1, 2]);
});

test('A teacher who allows one more attempt lets Ada in again, and one who allows fewer takes none away', async () => {
  const { ada, activity } = await beforeQuiz({ attemptsAllowed: '1' });
  const quiz = ada.page.url;
  await takeQuiz(ada, { sum: '5' });
  await publish(mustaqil, { activity, settings: { attemptsAllowed: '2' } });
  await ada.open(quiz);
  await ada.submit(start);
  const second = ada.page.url;

  await publish(mustaqil, { activity, settings: { attemptsAllowed: '1' } });
  await ada.open(quiz);
  await ada.submit(start);
  expect(ada.page.url).toBe(second);
});

test('Nobody starts what was never published', async () => {
  const activity = newActivity(mustaqil);
  const ada = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Ada'), activity });
  const placement = new URL(ada.page.url).pathname;
  const sources = ['', '::Capital::The capital of Kyrgyzstan is {=Bishkek ~Osh}'];
  for (const source of sources) {
    const dilnoza = await openAsTeacher(mustaqil, { activity });
    if (source !== '') await writeQuestions(dilnoza, source);
    await ada.launch(mustaqil.lms.activityUrl(activity));
    const refused = await post(ada, placement, []);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('quiz-not-published');
  }
});

test('A teacher of the course does not take its quizzes', async () => {
  const { ada, activity } = await beforeQuiz();
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  const refused = await post(dilnoza, new URL(ada.page.url).pathname, []);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('learner-only');
});

/** A new quiz, and Ada, who is new too, on the page where its attempts begin. */
async function beforeQuiz(settings: Record<string, string> = {}) {
  const activity = await newQuiz(mustaqil, { settings });
  const student = newStudent(mustaqil, 'Ada');
  return { activity, student, ada: await openQuiz(mustaqil, { student, activity }) };
}

/** Numbers of the attempts in the database. */
async function attemptsOf(subject: string) {
  const rows = await mustaqil.db
    .select({ number: attempts.number })
    .from(attempts)
    .innerJoin(people, and(eq(people.id, attempts.personId), eq(people.subject, subject)))
    .orderBy(attempts.number);
  return rows.map(({ number }) => number);
}
