// kill -9 at whatever moment: no answer that was acknowledged is lost, and the gradebook gets exactly the final score.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { columnsOf, gradeIn, openResults } from '../support/grades.ts';
import { startKillable, type Holding, type Killable } from '../support/killable.ts';
import { scoresOf } from '../support/lms-log.ts';
import { answer, handIn, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { newStudent } from '../support/school.ts';
import { givenTo } from '../support/sheet.ts';
import { until } from '../support/until.ts';

const patienceMs = 60_000;

let killable: Killable;
beforeAll(async () => {
  killable = await startKillable();
  await publish(killable, { settings: { countingAttempt: 'last' } });
}, patienceMs);
afterAll(() => killable.stop());

test(
  'A grade survives a kill at every step of its way',
  async () => {
    const student = newStudent(killable, 'Ada');
    const ada = await openQuiz(killable, { student });
    await answer(ada, { capital: 'Bishkek', sum: '5' });
    await killable.killAndRestart();

    await reopen(ada, pathOf(ada).replace('/submission', ''));
    expect([givenTo(ada.page, 'The capital'), givenTo(ada.page, '2 + 3')]).toEqual(['Bishkek', '5']);
    await ada.submit('#attempt button');
    await heldWhile({ part: '/token.php', when: 'before' }, () => handIn(ada));
    await heldWhile({ part: '/scores', when: 'before' }, () => killable.killAndRestart());
    await heldWhile({ part: '/scores', when: 'after' }, () => killable.killAndRestart());
    await killable.killAndRestart();

    await reopen(ada, pathOf(ada));
    expect(ada.page.$('.score').text()).toContain('2 of 2 points');
    await expectSettled(ada, student, 100);
    // Of the score that was sent before the LMS looked it knows nothing; of the one it took it says so.
    expect(scoresOf(killable.lms, student).map(({ status }) => status)).toEqual([null, 409]);
  },
  patienceMs,
);

test(
  'A kill right after handing in, with the grade of the attempt before still on its way, loses neither',
  async () => {
    const student = newStudent(killable, 'Ada');
    const ada = await openQuiz(killable, { student });
    const isHeld = killable.hold({ part: '/scores', when: 'after' });
    await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
    await isHeld;
    await takeQuiz(ada, { sum: '5' });
    await killable.killAndRestart();
    await reopen(ada, pathOf(ada));
    expect(ada.page.$('.score').text()).toContain('1 of 2 points');
    await expectSettled(ada, student, 50);
    expect(scoresOf(killable.lms, student)).toMatchObject([{ scoreGiven: 2 }, { scoreGiven: 1, status: 200 }]);
  },
  patienceMs,
);

test(
  'A kill between the making of a column and our learning of it leaves one column, and the grades in it (lti.md 92)',
  async () => {
    const { id: activity } = killable.lms.addActivity({
      courseId: sample.physics.course,
      title: 'Yangi mashq',
      maximumPoints: null,
    });
    await publish(killable, { activity });
    const student = newStudent(killable, 'Ada');
    await takeQuiz(await openQuiz(killable, { student, activity }), { sum: '5' });
    const dilnoza = await openResults(killable, activity);
    const isHeld = killable.hold({ part: '/lineitems', when: 'after', method: 'POST' });
    await dilnoza.submit('form[action$="/gradebook-column"]');
    await isHeld;
    await killable.killAndRestart();
    await until(() => columnsOf(killable, activity).some((column) => gradeIn(killable, column, student) !== undefined));
    const [column, ...more] = columnsOf(killable, activity);
    expect(more).toEqual([]);
    expect(gradeIn(killable, column, student)).toMatchObject({ points: 1 });
  },
  patienceMs,
);

type Student = Awaited<ReturnType<typeof openQuiz>>;

/** Does something, and waits until the LMS has the request in hand that it leads to. */
async function heldWhile(holding: Holding, work: () => Promise<void>) {
  const isHeld = killable.hold(holding);
  await work();
  await isHeld;
}

/** Waits until the page says that the grade has arrived; then the gradebook must show it. */
async function expectSettled(ada: Student, student: string, points: number) {
  await until(async () => (await ada.open(ada.page.url)).$('.grade').text().includes('in the gradebook since'));
  expect(killable.lms.gradeOf(sample.physics.mechanics, student)).toMatchObject({ points });
}

/** The same page at the tool's new port. */
async function reopen(ada: Student, path: string) {
  await ada.open(`${killable.url}${path}`);
}

function pathOf({ page: { url } }: Student) {
  return new URL(url).pathname;
}
