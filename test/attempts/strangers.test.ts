// Whose attempt it is: for everybody else there is none.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { answers, attempts } from '../../src/database/tables/attempts.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openAsTeacher, openQuiz, publish } from '../support/people.ts';
import { post } from '../support/post.ts';

let mustaqil: TestMustaqil;
/** Aziz's open attempt, `/attempts/1`, and what is kept of it. */
let attempt: string;
let kept: unknown;
const strangers: Record<string, () => Promise<Robot>> = {
  'Mallory, of another course,': () =>
    openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad }),
  'Ivan, of the same course,': () => openQuiz(mustaqil, { student: sample.ivan }),
  'Grace, a teacher of another course,': () =>
    openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad }),
  'Dilnoza, his own teacher,': () => openAsTeacher(mustaqil),
};

beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
  await publish(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
  const aziz = await openQuiz(mustaqil);
  await answer(aziz, { capital: 'Bishkek', sum: '5' });
  attempt = new URL(aziz.page.url).pathname.replace('/submission', '');
  kept = await everything();
});
afterAll(() => mustaqil.stop());
afterEach(async () => {
  expect(await everything()).toEqual(kept);
});

describe.each(Object.entries(strangers))('%s', (_who, signIn) => {
  test.each(['', '/submission'])('cannot read Aziz’s attempt%s', async (page) => {
    const stranger = await signIn();
    await stranger.open(`${attempt}${page}`);
    expect(stranger.page.status).toBe(404);
    expect(stranger.page.$('meta[name=refusal]').attr('content')).toBe('not-found');
    expect(stranger.page.$('body').text()).not.toContain('Kyrgyzstan');
  });

  test('cannot answer or take back anything in it', async () => {
    const stranger = await signIn();
    const changes: [string, string][][] = [
      [
        ['question', 'q1'],
        ['q1', '6'],
      ],
      [
        ['question', 'q0'],
        ['question', 'q1'],
      ],
    ];
    for (const change of changes) expect((await post(stranger, `${attempt}/answers`, change)).status).toBe(404);
  });

  test('cannot hand it in', async () => {
    const stranger = await signIn();
    expect((await post(stranger, `${attempt}/submission`, [])).status).toBe(404);
  });
});

test('Mallory cannot begin an attempt in a course that is not hers', async () => {
  const aziz = await openQuiz(mustaqil);
  const quiz = new URL(aziz.page.url).pathname;
  const mallory = await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
  expect((await mallory.open(quiz)).status).toBe(404);
  await mallory.launch(mustaqil.lms.activityUrl(sample.history.silkRoad));
  expect((await post(mallory, quiz, [])).status).toBe(404);
});

test('A form from another site, without the token of the session, changes nothing even for Aziz himself', async () => {
  const aziz = await openQuiz(mustaqil);
  const forged = await post(aziz, `${attempt}/submission`, []).set('X-CSRF-Token', 'guessed');
  expect(forged.status).toBe(403);
});

/** Every attempt and answer there is. */
async function everything() {
  return [
    await mustaqil.db.select().from(attempts),
    await mustaqil.db.select().from(answers).orderBy(answers.position),
  ];
}
