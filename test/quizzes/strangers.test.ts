// Whose quiz it is: other teachers find nothing, students find the teachers' door closed.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { quizzes, quizVersions } from '../../src/database/tables/quizzes.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish, twoQuestions } from '../support/people.ts';
import { post } from '../support/post.ts';

let mustaqil: TestMustaqil;
/** `/placements/7/quiz`, where Dilnoza's stands. */
let path: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const dilnoza = await publish(mustaqil);
  path = new URL(dilnoza.page.url).pathname;
});
afterAll(() => mustaqil.stop());
afterEach(async () => {
  const { db } = mustaqil;
  expect(await db.select({ source: quizzes.source }).from(quizzes)).toEqual([{ source: twoQuestions }]);
  expect(await db.$count(quizVersions)).toBe(1);
});

const change: [string, string][] = [
  ['title', 'Taken over'],
  ['source', '::Mine::2 + 2 {#4}\n'],
];

test.each(['', '/edit'])(
  'Grace, who teaches another course, finds nothing at the address of the quiz%s',
  async (page) => {
    const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
    await grace.open(`${path}${page}`);
    expect(grace.page.status).toBe(404);
    expect(grace.page.$('meta[name=refusal]').attr('content')).toBe('not-found');
    expect(grace.page.$('body').text()).not.toContain('Kyrgyzstan');
  },
);

test.each(['', '/versions'])('Grace cannot change or publish the quiz of another course (%s)', async (page) => {
  const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
  const refused = await post(grace, `${path}${page}`, change);
  expect(refused.status).toBe(404);
});

test.each(['', '/edit'])(
  'Aziz, a student of the course, cannot open the teachers’ page of the quiz%s',
  async (page) => {
    const aziz = await openQuiz(mustaqil);
    await aziz.open(`${path}${page}`);
    expect(aziz.page.status).toBe(403);
    expect(aziz.page.$('meta[name=refusal]').attr('content')).toBe('instructor-only');
    expect(aziz.page.$('h1').text()).toBe('This page is for teachers of the course');
  },
);

test.each(['', '/versions'])('Aziz cannot change or publish the quiz (%s)', async (page) => {
  const aziz = await openQuiz(mustaqil);
  const refused = await post(aziz, `${path}${page}`, change);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('instructor-only');
});

test('Whoever is not signed in is asked to come from the course', async () => {
  const answer = await fetch(`${mustaqil.url}${path}/edit`);
  expect(answer.status).toBe(401);
  expect(await answer.text()).toContain('Open the activity from your course');
});

test.each(['0', '-1', '1.5', 'x', '99999999999999999999', '%00'])(
  'The address of no quiz, %s, is not found',
  async (key) => {
    const dilnoza = await openAsTeacher(mustaqil);
    await dilnoza.open(`/placements/${key}/quiz`);
    expect(dilnoza.page.status).toBe(404);
  },
);
