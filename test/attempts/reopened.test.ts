// An attempt that a teacher opened again goes on counting as what it was: the gradebook, the credits and every page say the same.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { creditEntries } from '../../src/database/tables/credits.ts';
import { quizzes } from '../../src/database/tables/quizzes.ts';
import type { CreditPolicy } from '../../src/credits/policy.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import { resultsChanged } from '../../src/grades/results-changed.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { reviewPresets } from '../../src/quizzes/review-settings.ts';
import { mark } from '../credits/class/credit-course.ts';
import { placementOf } from '../support/checks.ts';
import { planOf, publishPlan } from '../support/credits.ts';
import { openLearner, openResults, rowOf } from '../support/grades.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openQuiz, takeQuiz } from '../support/people.ts';
import { personOf } from '../support/regrade.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

const minuteMs = 60_000;

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const textIn = ({ page: { $ } }: Robot, selector: string) => $(selector).text().replace(/\s+/g, ' ').trim();
const pointsIn = (text: string) => /[\d.]+ \/ [\d.]+/.exec(text)?.[0] ?? null;

/** A quiz of 30 minutes that is the first of its course's credit plan: what it earns counts ten points there. */
async function newCreditQuiz(settings: Record<string, string> = {}, policy: CreditPolicy = presetPolicies.uz) {
  const activity = await newQuiz(mustaqil, { settings: { timeLimitMinutes: '30', ...settings } });
  const placement = await placementOf(mustaqil, activity);
  const { id: teacherId } = await personOf(mustaqil, sample.dilnoza);
  const plan = planOf({ placementIds: [placement.id] });
  await publishPlan(mustaqil.db, { courseId: placement.courseId, teacherId, plan, policy }, mustaqil.clock.now());
  return { activity, placement, course: { courseId: placement.courseId, placementId: placement.id, teacherId } };
}

type CreditQuiz = Awaited<ReturnType<typeof newCreditQuiz>>;

/** A new student who has answered one of two questions of their attempt. */
async function begun({ activity }: CreditQuiz) {
  const student = newStudent(mustaqil, 'Aigul');
  const aigul = await openQuiz(mustaqil, { student, activity });
  await answer(aigul, { capital: 'Bishkek' });
  return { student, aigul };
}

async function untilItIsOver() {
  mustaqil.clock.advance(90 * minuteMs);
  await mustaqil.handInOverdue();
}

async function reopen({ activity }: CreditQuiz, student: string, number = 1) {
  const dilnoza = await openResults(mustaqil, activity);
  await openLearner(dilnoza, nameOf(mustaqil, student));
  await dilnoza.click(`.rows a[href$="/attempts/${number}"]`);
  await dilnoza.submit('#time-grants form button', { minutes: '10', reason: 'Her phone died' });
  expect(textIn(dilnoza, '#time-grants [role=status]')).toBe('The attempt is open again.');
}

/** What counts of a student, wherever it is said. */
async function told({ activity, placement: { id, courseId } }: CreditQuiz, student: string) {
  await mustaqil.deliver();
  const grade = mustaqil.lms.gradeOf(activity, student);
  const dilnoza = await openResults(mustaqil, activity);
  const name = nameOf(mustaqil, student);
  const [attempts, inTable = ''] = rowOf(dilnoza, name);
  await openLearner(dilnoza, name);
  const ofLearner = textIn(dilnoza, '.rows .row:has(.tag:contains("counts"))');
  const aigul = await openQuiz(mustaqil, { student, activity });
  const own = textIn(aigul, '.rows .row:has(.tag:contains("counts"))');
  const placeOfGrade = textIn(aigul, '.grade');
  await aigul.open(`${mustaqil.url}/courses/${courseId}/progress`);
  const progress = textIn(aigul, `.rows .row:has([href="/placements/${id}/attempts"])`);
  await aigul.open(`${mustaqil.url}/courses/${courseId}/credits`);
  const credits = textIn(aigul, `#modules .row:has([href="/placements/${id}/attempts"])`);
  return {
    gradebook: grade?.points,
    table: [attempts, pointsIn(inTable)],
    teacher: pointsIn(ofLearner),
    learner: pointsIn(own),
    hasGrade: placeOfGrade.includes('gradebook'),
    progress: [pointsIn(progress), progress.includes('gradebook')],
    credits: pointsIn(credits),
  };
}

/** The same with this many points of two, everywhere. */
const everywhere = (points: number, attempts = 1) => ({
  gradebook: points * 50,
  table: [String(attempts), `${points} / 2`],
  ...{ teacher: `${points} / 2`, learner: `${points} / 2`, hasGrade: true },
  progress: [`${points} / 2`, true],
  credits: `${points * 5} / 10`,
});

test('Aigul’s only attempt is opened again: her point counts on every page, and then what she hands in', async () => {
  const quiz = await newCreditQuiz();
  const { student } = await begun(quiz);
  await untilItIsOver();
  expect(await told(quiz, student)).toEqual(everywhere(1));
  await reopen(quiz, student);
  expect(await told(quiz, student)).toEqual(everywhere(1));
  const aigul = await openQuiz(mustaqil, { student, activity: quiz.activity });
  await answer(aigul, { sum: '5' });
  await handIn(aigul);
  expect(await told(quiz, student)).toEqual(everywhere(2));
});

test('Where the last attempt counts, the better first one counts nowhere while the last is open again', async () => {
  const quiz = await newCreditQuiz({ countingAttempt: 'last', attemptsAllowed: '2' });
  const student = newStudent(mustaqil, 'Aigul');
  const aigul = await openQuiz(mustaqil, { student, activity: quiz.activity });
  await takeQuiz(aigul, { capital: 'Bishkek', sum: '5' });
  await answer(aigul, { capital: 'Bishkek' });
  await untilItIsOver();
  expect(await told(quiz, student)).toEqual(everywhere(1, 2));
  await reopen(quiz, student, 2);
  expect(await told(quiz, student)).toEqual(everywhere(1, 2));
});

test('Never handed in again, it counts as before, and nobody is offered a zero for her', async () => {
  const quiz = await newCreditQuiz({ overdue: 'refuse' });
  const { student, aigul } = await begun(quiz);
  // In the seconds that the network may take.
  mustaqil.clock.advance(30 * minuteMs + 5000);
  await aigul.submit('form[action$="/submission"]');
  await reopen(quiz, student);
  await untilItIsOver();
  expect(await told(quiz, student)).toEqual(everywhere(1));
  const dilnoza = await openResults(mustaqil, quiz.activity);
  await dilnoza.open(`${mustaqil.url}/placements/${quiz.placement.id}/zeros`);
  expect(dilnoza.page.status).toBe(200);
  expect(textIn(dilnoza, 'main')).not.toContain(nameOf(mustaqil, student));
});

test('Credits that rest on her point are not taken back while her attempt is open again', async () => {
  const quiz = await newCreditQuiz({}, { ...presetPolicies.uz, confirmation: 'automatic' });
  const { student } = await begun(quiz);
  await untilItIsOver();
  const { id: personId } = await personOf(mustaqil, student);
  // With the five of the quiz she may take the exam, and without them she may not.
  await mark(mustaqil, quiz.course, personId, { q3: 20, essay: 6, exam: 50 });
  const entries = async () =>
    (await mustaqil.db.select().from(creditEntries).where(eq(creditEntries.personId, personId))).map(
      ({ kind }) => kind,
    );
  expect(await entries()).toEqual(['award']);
  await reopen(quiz, student);
  const { courseId } = quiz.course;
  await mustaqil.db.transaction((tx) =>
    resultsChanged(tx, { courseId, personIds: [personId], actorId: null }, mustaqil.clock.now()),
  );
  expect(await entries()).toEqual(['award']);
});

test('What the quiz does not show yet, opening it again gives away nowhere', async () => {
  const quiz = await newCreditQuiz();
  const { student } = await begun(quiz);
  await untilItIsOver();
  await reopen(quiz, student);
  await mustaqil.db.update(quizzes).set({ review: reviewPresets.exam }).where(eq(quizzes.id, quiz.placement.quizId));
  const { gradebook, table, ...toHer } = await told(quiz, student);
  expect([gradebook, table]).toEqual([50, ['1', '1 / 2']]);
  expect(toHer).toMatchObject({ learner: null, progress: [null, true], credits: null });
});
