// Somebody has entered a grade in the gradebook: it is found before anything is sent, and stays until a teacher says otherwise.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { people } from '../../src/database/tables/courses.ts';
import { gradebookCells } from '../../src/database/tables/grades.ts';
import { noFaults } from '../../src/practice/state.ts';
import { gradeWords, openLearner, openResults, pointsOf, pressIn, rowOf } from '../support/grades.ts';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { createNetwork } from '../support/network.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

const network = createNetwork();
/** How the LMS answers to who reads its gradebook; null: as usual. */
let readingStatus: number | null = null;
let mustaqil: TestMustaqil;
let activity: string;
beforeAll(async () => {
  mustaqil = await startMustaqil({
    fetch: async (input, init) => {
      const address = input instanceof Request ? input.url : input.toString();
      if (readingStatus !== null && address.includes('/results')) return new Response('', { status: readingStatus });
      return network.fetch(input, init);
    },
  });
  activity = await newQuiz(mustaqil);
});
afterAll(() => mustaqil.stop());
afterEach(() => {
  readingStatus = null;
  Object.assign(mustaqil.lms.faults, noFaults);
  mustaqil.clock.advance(60_000);
});

describe.each(['overrideGrade', 'enterGrade'] as const)('A grade that a teacher put in with %s', (enter) => {
  test('is found and never put out, not by a better attempt either (lti.md 104)', async () => {
    const { ada, student } = await delivered();
    mustaqil.lms[enter](activity, student, 73);
    await betterAttempt(ada);
    expect(await mustaqil.deliver()).toBe(1);
    expect(scoresOf(mustaqil.lms, student)).toHaveLength(1);
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 73 });
    expect(await gradeWords(mustaqil, { student, activity })).toContain('shows another grade, entered there: 73 / 100');
    const dilnoza = await openResults(mustaqil, activity);
    expect(rowOf(dilnoza, nameOf(mustaqil, student))[2]).toBe('another grade is in the gradebook');
    expect(pointsOf(dilnoza, nameOf(mustaqil, student)).there).toBe('73 / 100');
    mustaqil.clock.advance(60 * 60 * 1000);
    expect(await mustaqil.deliver()).toBe(0);
  });

  test('before anything was ever sent stays, too', async () => {
    const { student } = await handedIn();
    mustaqil.lms[enter](activity, student, 73);
    expect(await mustaqil.deliver()).toBe(1);
    expect(scoresOf(mustaqil.lms, student)).toEqual([]);
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 73 });
  });
});

test.each([
  [401, 2],
  [500, 6],
])('An LMS whose gradebook can never be read (%i) gets the grade all the same', async (status, tries) => {
  const { student } = await handedIn();
  readingStatus = status;
  for (let made = 0; made < tries; made += 1) {
    await mustaqil.deliver();
    mustaqil.clock.advance(5 * 60 * 60 * 1000);
  }
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
});

test('Ours takes its place when a teacher says so', async () => {
  const { ada, student } = await delivered();
  await betterAttempt(ada);
  mustaqil.clock.advance(60_000);
  mustaqil.lms.enterGrade(activity, student, 73);
  await mustaqil.deliver();
  mustaqil.clock.advance(60_000);
  const dilnoza = await openResults(mustaqil, activity);
  await pressIn(dilnoza, nameOf(mustaqil, student));
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  expect(await gradeWords(mustaqil, { student, activity })).toContain('in the gradebook since');

  // She has said it of that grade, and not of every one that she will ever enter.
  mustaqil.clock.advance(60_000);
  mustaqil.lms.enterGrade(activity, student, 80);
  await resend(student);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 80 });
});

test('Ours that the LMS takes and does not show, because an override stands there, is not called delivered (lti.md 104)', async () => {
  const { ada, student } = await delivered();
  mustaqil.lms.overrideGrade(activity, student, 73);
  await betterAttempt(ada);
  await mustaqil.deliver();
  mustaqil.clock.advance(60_000);
  const dilnoza = await openResults(mustaqil, activity);
  await pressIn(dilnoza, nameOf(mustaqil, student));
  expect(await mustaqil.deliver()).toBe(1);
  expect(scoresOf(mustaqil.lms, student).map(({ status }) => status)).toEqual([200, 200]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ rawPoints: 100, points: 73 });
  await dilnoza.open(dilnoza.page.url);
  expect(rowOf(dilnoza, nameOf(mustaqil, student))[2]).toBe('another grade is in the gradebook');
  await openLearner(dilnoza, nameOf(mustaqil, student));
  const latest = dilnoza.page.$('#history .row').first().text();
  expect(latest).toContain('another grade was in the gradebook and stays');
  expect(latest).not.toContain('Answer of the LMS');
});

test('A teacher’s zero in the place of ours stays; one that the gradebook puts for missing work does not stand in the way', async () => {
  const { ada, student } = await delivered();
  mustaqil.lms.overrideGrade(activity, student, 0);
  await betterAttempt(ada);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 0 });

  const { student: bek } = await handedIn({ before: (person) => mustaqil.lms.enterGrade(activity, person, 0) });
  mustaqil.clock.advance(60_000);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, bek)).toMatchObject({ points: 50 });
});

test('Ours whose answers were lost, several in a row, are not taken for somebody else’s (lti.md 103)', async () => {
  const { ada, student } = await handedIn();
  network.loseAnswerTo('/scores');
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
  await betterAttempt(ada);
  mustaqil.clock.advance(60_000);
  network.loseAnswerTo('/scores');
  await mustaqil.deliver();
  mustaqil.clock.advance(60_000);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  expect(await gradeWords(mustaqil, { student, activity })).toContain('in the gradebook since');
});

test('Nothing is sent unseen: while the gradebook cannot be read, the grade waits', async () => {
  const { student } = await handedIn();
  readingStatus = 503;
  expect(await mustaqil.deliver()).toBe(1);
  expect(scoresOf(mustaqil.lms, student)).toEqual([]);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('does not answer just now');
  readingStatus = null;
  mustaqil.clock.advance(60_000);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
});

test('What the LMS took is delivered, although it could not be read back', async () => {
  const { student } = await handedIn();
  const { held, release } = network.hold('/scores');
  const delivering = mustaqil.deliver();
  await held;
  readingStatus = 503;
  release();
  expect(await delivering).toBe(1);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('in the gradebook since');
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
});

describe('A score that is taken back', () => {
  test('leaves nothing in the gradebook', async () => {
    const { student } = await delivered();
    await takeBack(student);
    expect(await mustaqil.deliver()).toBe(1);
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: null });
  });

  test('leaves what a teacher has entered meanwhile', async () => {
    const { student } = await delivered();
    mustaqil.lms.enterGrade(activity, student, 73);
    await takeBack(student);
    expect(await mustaqil.deliver()).toBe(1);
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 73 });
  });

  test('is not sent for where there is nothing any more', async () => {
    const { student } = await delivered();
    mustaqil.lms.enterGrade(activity, student, null);
    await takeBack(student);
    const asked = mustaqil.lms.received.filter(({ endpoint }) => endpoint === 'score').length;
    expect(await mustaqil.deliver()).toBe(1);
    expect(mustaqil.lms.received.filter(({ endpoint }) => endpoint === 'score')).toHaveLength(asked);
  });
});

/** A new student has handed in with half the points. */
async function handedIn({ before = () => {} }: { before?: (student: string) => void } = {}) {
  const student = newStudent(mustaqil, 'Ada');
  before(student);
  mustaqil.clock.advance(1000);
  const ada = await openQuiz(mustaqil, { student, activity });
  await takeQuiz(ada, { sum: '5' });
  return { ada, student };
}

/** And they are in the gradebook, since a minute. */
async function delivered() {
  const { ada, student } = await handedIn();
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
  mustaqil.clock.advance(60_000);
  return { ada, student };
}

async function betterAttempt(ada: Awaited<ReturnType<typeof openQuiz>>) {
  mustaqil.clock.advance(60_000);
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
}

/** As when a zero for missing work is taken back. */
async function takeBack(student: string) {
  await change(student, { basis: 'taken-back', scoreGiven: null });
}

async function resend(student: string) {
  await change(student, {});
}

/** Changes what the gradebook should show, and has it sent. */
async function change(student: string, changes: Partial<typeof gradebookCells.$inferInsert>) {
  const { db, clock } = mustaqil;
  const [cell] = await db
    .select({ id: gradebookCells.id, revision: gradebookCells.revision })
    .from(gradebookCells)
    .innerJoin(people, eq(people.id, gradebookCells.personId))
    .where(eq(people.subject, student));
  if (!cell) throw new Error('There is no cell');
  await db
    .update(gradebookCells)
    .set({ ...changes, revision: cell.revision + 1, scoredAt: clock.now(), nextTryAt: clock.now() })
    .where(eq(gradebookCells.id, cell.id));
}
