// Everything that can keep a grade from its gradebook: the LMS does it, the cause is kept, the administrator reads the same, and the
// teacher reads in every language what happened and what to do.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { and, desc, eq } from 'drizzle-orm';
import { people } from '../../src/database/tables/courses.ts';
import { gradebookCells } from '../../src/database/tables/grades.ts';
import { registrationSigns } from '../../src/database/tables/platforms.ts';
import { deliveryCauses, healsByItself } from '../../src/grades/delivery-cause.ts';
import { languages, translator } from '../../src/i18n/i18n.ts';
import { remedyFor } from '../../src/platforms/admin-health.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { noFaults } from '../../src/practice/state.ts';
import { troubleOf } from '../support/grades.ts';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';
import { breakages, breakTool, forgetTokens, type Meddle } from './breakages.ts';

const minutes = 60 * 1000;

let meddle: Meddle = () => null;

let moodle: TestMustaqil;
let spec: TestMustaqil;
beforeAll(async () => {
  [moodle, spec] = await Promise.all([
    startMustaqil({
      fetch: async (input, init) =>
        meddle(input instanceof Request ? input.url : input.toString()) ?? fetch(input, init),
    }),
    startMustaqil({ quirks: 'spec' }),
  ]);
});
afterAll(() => Promise.all([moodle.stop(), spec.stop()]));
afterEach(async () => {
  meddle = () => null;
  for (const mustaqil of [moodle, spec]) {
    Object.assign(mustaqil.lms.faults, noFaults);
    mustaqil.clock.advance(10 * minutes);
    await mustaqil.deliver();
  }
});

test('Every cause that there is with an LMS is among them', () => {
  const ofLms = deliveryCauses.filter((cause) => cause !== 'teacher-must-reconnect');
  expect([...new Set(breakages.map(({ cause }) => cause))].sort()).toEqual([...ofLms].sort());
});

test.each(breakages)(
  '$what is told from everything else, with its own remedy in every language (lti.md 105)',
  async ({ cause, shown, outcome, broken, code, tries = 1, hasOwnQuiz, quirks }) => {
    const mustaqil = quirks === 'spec' ? spec : moodle;
    const activity = hasOwnQuiz ? await newQuiz(mustaqil) : await sharedQuiz(mustaqil);
    const student = await handedIn(mustaqil, activity);
    const pages = await resultsInEveryLanguage(mustaqil, activity);
    broken({ lms: mustaqil.lms, student, activity, meddle: (how) => (meddle = how) });
    await deliverLater(mustaqil, tries);
    expect(await lastOf(mustaqil, student)).toMatchObject({ lastOutcome: outcome, lastCause: cause });
    if (code !== undefined) await expectSign(mustaqil, code);

    if (healsByItself(cause)) {
      for (const page of pages) expect((await troubleNow(mustaqil, page, student)).cause).toBe('');
      // Nobody is alarmed before the hour is over.
      mustaqil.clock.advance(61 * minutes);
      await mustaqil.deliver();
    }
    for (const page of pages) {
      const t = translator(page.language);
      expect(await troubleNow(mustaqil, page, student)).toMatchObject({
        cause: t(`grades.cause.${shown}`),
        remedy: t(`grades.remedy.${shown}`),
      });
    }
  },
);

test('No two causes are said in the same words, and none of them with the name of a key', () => {
  const shown = [...new Set(breakages.map((one) => one.shown))];
  for (const { code } of languages) {
    const words = shown.map((cause) => translator(code)(`grades.cause.${cause}`));
    expect(new Set(words).size).toBe(shown.length);
    expect(words.filter((word) => word.startsWith('grades.'))).toEqual([]);
  }
});

test('What heals when somebody has acted arrives without a teacher’s doing', async () => {
  for (const fault of ['tool-off', 'no-grades', 'keys-unreachable'] as const) {
    const activity = await sharedQuiz(moodle);
    const student = await handedIn(moodle, activity);
    breakTool(moodle.lms, fault);
    await moodle.deliver();
    expect(await lastOf(moodle, student)).toMatchObject({ lastOutcome: 'unavailable' });
    moodle.lms.faults.tool = 'off';
    moodle.clock.advance(20 * minutes);
    await moodle.deliver();
    expect(moodle.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  }
});

test('An LMS that grants no reading after all is sent its scores all the same (lti.md 68)', async () => {
  const activity = await sharedQuiz(moodle);
  const student = await handedIn(moodle, activity);
  const tools = moodle.lms.state.tools.filter(({ id }) => id === '1');
  const before = tools.map(({ scopes }) => scopes);
  for (const one of tools) one.scopes = one.scopes.filter((scope) => !scope.endsWith('/result.readonly'));
  forgetTokens(moodle.lms);
  await moodle.deliver();
  tools.forEach((one, index) => (one.scopes = before[index] ?? []));
  expect(scoresOf(moodle.lms, student).map(({ status }) => status)).toContain(200);
  expect(moodle.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

const quizzes = new Map<TestMustaqil, Promise<string>>();
const teachers = new Map<TestMustaqil, Promise<{ language: string; robot: Robot }[]>>();
/** Where the table of results of an activity is, by the address of the activity in its LMS. */
const tables = new Map<string, string>();

/** One for all that do not break it. */
function sharedQuiz(mustaqil: TestMustaqil): Promise<string> {
  const quiz = quizzes.get(mustaqil) ?? newQuiz(mustaqil);
  quizzes.set(mustaqil, quiz);
  return quiz;
}

/** A new student has handed in with all the points. */
async function handedIn(mustaqil: TestMustaqil, activity: string) {
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { capital: 'Bishkek', sum: '5' });
  return student;
}

/** The table of results as a teacher of each language has it open; they stay signed in. */
async function resultsInEveryLanguage(mustaqil: TestMustaqil, activity: string) {
  const known = teachers.get(mustaqil) ?? Promise.all(languages.map(({ code }) => teacherOf(mustaqil, code)));
  teachers.set(mustaqil, known);
  const activityUrl = mustaqil.lms.activityUrl(activity);
  const [first] = await known;
  const table = tables.get(activityUrl) ?? (first ? await tableOf(first.robot, activityUrl) : '');
  tables.set(activityUrl, table);
  return (await known).map((teacher) => ({ ...teacher, table }));
}

async function teacherOf(mustaqil: TestMustaqil, language: string) {
  const { id } = mustaqil.lms.addPerson({ givenName: 'Dilnoza', familyName: language, language });
  mustaqil.lms.enrol(id, sample.physics.course, 'teacher');
  const robot = await mustaqil.browserOf(id);
  await robot.launch(mustaqil.lms.activityUrl(await sharedQuiz(mustaqil)));
  return { language, robot };
}

async function tableOf(robot: Robot, activityUrl: string) {
  await robot.launch(activityUrl);
  await robot.click('a[href$="/results"]');
  return robot.page.url;
}

async function troubleNow(mustaqil: TestMustaqil, { robot, table }: { robot: Robot; table: string }, student: string) {
  await robot.open(table);
  return troubleOf(robot, nameOf(mustaqil, student));
}

/** So much later that a list of the course may be asked for again. */
async function deliverLater(mustaqil: TestMustaqil, times: number) {
  for (let done = 0; done < times; done += 1) {
    mustaqil.clock.advance(6 * minutes);
    await mustaqil.deliver();
  }
  await mustaqil.roster.settled();
}

async function lastOf({ db }: TestMustaqil, student: string) {
  const [cell] = await db
    .select({ lastOutcome: gradebookCells.lastOutcome, lastCause: gradebookCells.lastCause })
    .from(gradebookCells)
    .innerJoin(people, eq(people.id, gradebookCells.personId))
    .where(eq(people.subject, student))
    .orderBy(desc(gradebookCells.id));
  return cell;
}

/** The administrator finds the code, and it has words. */
async function expectSign({ db }: TestMustaqil, code: string) {
  const [sign] = await db
    .select()
    .from(registrationSigns)
    .where(and(eq(registrationSigns.kind, 'service-failure'), eq(registrationSigns.code, code)));
  expect(sign).toBeDefined();
  expect(remedyFor(code)).toBe(code);
}
