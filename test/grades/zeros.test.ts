// After the due date a teacher gives zeros to whom they choose: nobody gets one unseen, and every one can be undone.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { desc, eq } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { courses, people } from '../../src/database/tables/courses.ts';
import { gradebookCells, gradeDecisions, scoreChanges } from '../../src/database/tables/grades.ts';
import { wantScore } from '../../src/grades/gradebook-cell.store.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startAnotherLms, type AnotherLms } from '../support/another-lms.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openAsTeacher, openQuiz, publish, takeQuiz, type School } from '../support/people.ts';
import { post } from '../support/post.ts';
import { nameOf, newStudent } from '../support/school.ts';

const hourMs = 60 * 60 * 1000;
const giveForm = '#missing form';
const takeBackForm = '#given form';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

/** A quiz that is due in an hour, or without a date, and whoever is in the course by then known. */
async function newDatedQuiz(school: School, { isDated = true } = {}): Promise<string> {
  const due = new Date(mustaqil.clock.now().getTime() + hourMs).toISOString();
  const { id } = school.lms.addActivity({
    courseId: sample.physics.course,
    title: 'Nazorat ishi',
    maximumPoints: 100,
    ...(isDated && { custom: { mustaqil_due: due } }),
  });
  await publish(school, { activity: id });
  await mustaqil.roster.settled();
  return id;
}

/** The teacher's page for zeros, from the page of the quiz, or by its address. */
async function openZeros(school: School, activity: string): Promise<Robot> {
  const robot = await openAsTeacher(school, { activity });
  await robot.open(new URL(robot.page.url).pathname.replace('/quiz', '/zeros'));
  return robot;
}

/** The names under each heading of the page, and whether they are ticked. */
function listed({ page: { $ } }: Robot) {
  const names = (selector: string) =>
    $(selector)
      .toArray()
      .map((item) => {
        const box = $(item).find('input');
        const name = $(item).find('.choice-title, .row-title').text();
        return box.attr('checked') === undefined ? name : `${name} ✓`;
      });
  return {
    notBegun: names('.choice:has([name=notBegun])'),
    begun: names('.choice:has([name=begun])'),
    hasTime: names('#has-time .row'),
    given: names('#given .choice'),
  };
}

/** What the page says came of the button. */
const statusOf = ({ page: { $ } }: Robot) =>
  $('main [role=status]')
    .toArray()
    .map((notice) => $(notice).text());

const words = ({ page: { $ } }: Robot) => $('main').text().replace(/\s+/g, ' ').trim();

/** Our key of somebody, in the LMS that was used last. */
async function keyOf(subject: string): Promise<number> {
  const [person] = await mustaqil.db.select().from(people).where(eq(people.subject, subject)).orderBy(desc(people.id));
  return person?.id ?? 0;
}

async function decisionsOn(page: Robot): Promise<{ kind: string; changed: number }[]> {
  const placementId = Number(/\/placements\/(\d+)/.exec(page.page.url)?.[1]);
  const rows = await mustaqil.db.select().from(gradeDecisions).where(eq(gradeDecisions.placementId, placementId));
  const changes = await mustaqil.db.select().from(scoreChanges);
  return rows.map(({ id, kind }) => ({ kind, changed: changes.filter((one) => one.decisionId === id).length }));
}

describe('in one course', () => {
  let activity: string;
  let ada: string;
  let bob: string;
  let cem: string;
  beforeAll(async () => {
    for (const student of [sample.aziz, sample.aigul, sample.ivan, sample.omurbek]) {
      mustaqil.lms.unenrol(student, sample.physics.course);
    }
    [ada, bob, cem] = ['Ada', 'Bob', 'Cem'].map((name) => newStudent(mustaqil, name)) as [string, string, string];
    activity = await newDatedQuiz(mustaqil, { isDated: false });
  });

  const called = (...students: string[]) => students.map((student) => `${nameOf(mustaqil, student)} ✓`);

  test('a zero that was taken back before it was sent is never sent, and leaves nothing behind', async () => {
    const dilnoza = await openZeros(mustaqil, activity);
    expect(words(dilnoza)).toContain('This activity has no due date: you decide that the time is over.');
    await dilnoza.submit(giveForm);
    expect(listed(dilnoza)).toMatchObject({ notBegun: [], given: called(ada, bob, cem) });
    expect(statusOf(dilnoza)).toEqual(['3 zeros were given.']);
    const news = dilnoza.page.url;
    await dilnoza.submit(takeBackForm);
    expect(statusOf(dilnoza)).toEqual(['3 zeros were taken back.']);
    for (const address of [news, news.replace('=3', '=-1'), news.replace('=3', '=many')]) {
      await dilnoza.open(address);
      expect(statusOf(dilnoza)).toEqual([]);
    }
    expect(listed(dilnoza)).toMatchObject({ notBegun: called(ada, bob, cem), given: [] });
    expect(await mustaqil.deliver()).toBe(0);
    expect(await mustaqil.db.select().from(gradebookCells)).toEqual([]);
  });

  test('whoever is not ticked gets none, and only those ticked lose theirs again', async () => {
    const dilnoza = await openZeros(mustaqil, activity);
    const [first = '', second = ''] = dilnoza.page
      .$('[name=notBegun]')
      .toArray()
      .map((box) => dilnoza.page.$(box).attr('value') ?? '');
    await dilnoza.submit(giveForm, { notBegun: [first, second] });
    expect(listed(dilnoza)).toMatchObject({ notBegun: called(cem), given: called(ada, bob) });
    await dilnoza.submit(takeBackForm, { given: second });
    expect(listed(dilnoza)).toMatchObject({ notBegun: called(bob, cem), given: called(ada) });
    await dilnoza.submit(takeBackForm, { given: [] });
    expect(words(dilnoza)).toContain('Nobody was ticked, so nothing was changed.');
    expect(listed(dilnoza).given).toEqual(called(ada));
    await dilnoza.submit(takeBackForm);
  });

  test('who began, handed in or was given more time since the page was opened is left out, and the teacher reads that', async () => {
    const early = await openZeros(mustaqil, activity);
    await answer(await openQuiz(mustaqil, { student: ada, activity }), { sum: '5' });
    await takeQuiz(await openQuiz(mustaqil, { student: bob, activity }), { sum: '5' });
    await mustaqil.deliver();
    const other = await openZeros(mustaqil, activity);
    await other.open(
      other.page.url.replace(/placements.*/, `courses/${await courseKey()}/people/${await keyOf(cem)}/progress`),
    );
    await other.submit('#accommodation', { dueUntil: '2999-01-01T10:00' });
    await early.submit(giveForm);
    expect(words(early)).toContain('3 students whom you ticked were left out');
    expect(listed(early)).toEqual({
      notBegun: [],
      begun: [nameOf(mustaqil, ada)],
      hasTime: [nameOf(mustaqil, cem)],
      given: [],
    });
    expect(early.page.$('#has-time').text()).toContain('may hand in until 2999-01-01 10:00');
    expect(await mustaqil.deliver()).toBe(0);
    expect(mustaqil.lms.gradeOf(activity, bob)).toMatchObject({ points: 50 });
  });

  test('points for work that was handed in at the very moment of the zero stay', async () => {
    const [cell] = await mustaqil.db
      .select()
      .from(gradebookCells)
      .where(eq(gradebookCells.personId, await keyOf(bob)));
    const { placementId, personId } = cell ?? { placementId: 0, personId: 0 };
    const now = mustaqil.clock.now();
    const zero = { points: new Fraction(0), maximumPoints: new Fraction(2), scoredAt: now, comment: '' };
    const isGiven = await mustaqil.db.transaction((tx) =>
      wantScore(tx, { placementId, personId }, zero, { now, basis: 'zero' }),
    );
    expect(isGiven).toBe(false);
    expect(await mustaqil.deliver()).toBe(0);
    expect(mustaqil.lms.gradeOf(activity, bob)).toMatchObject({ points: 50 });
  });

  test('a grade that somebody entered in the gradebook stays, and the teacher is told of it', async () => {
    const dan = newStudent(mustaqil, 'Dan');
    mustaqil.clock.advance(hourMs);
    const oral = await newDatedQuiz(mustaqil, { isDated: false });
    mustaqil.lms.overrideGrade(oral, dan, 80, 'Ogʻzaki javob');
    mustaqil.clock.advance(1000);
    const dilnoza = await openZeros(mustaqil, oral);
    await dilnoza.submit(giveForm);
    await mustaqil.deliver();
    expect(mustaqil.lms.gradeOf(oral, dan)).toMatchObject({ points: 80, comment: 'Ogʻzaki javob' });
    await dilnoza.open(dilnoza.page.url);
    const row = dilnoza.page.$(`#given .choice:contains("${nameOf(mustaqil, dan)}")`);
    expect(row.text()).toContain('another grade is in the gradebook');
  });

  test('where nothing is worth a point there is no zero to give', async () => {
    const essay = mustaqil.lms.addActivity({ courseId: sample.physics.course, title: 'Insho', maximumPoints: 100 }).id;
    await publish(mustaqil, { activity: essay, source: '::E::Write an essay {}\n' });
    const dilnoza = await openZeros(mustaqil, essay);
    expect(words(dilnoza)).toContain('No quiz with points is published here');
    expect(dilnoza.page.$('main form')).toHaveLength(0);
    const address = new URL(dilnoza.page.url).pathname;
    const posted = await post(dilnoza, address, [['notBegun', String(await keyOf(ada))]]);
    expect(posted.headers.location).toBe(`${address}?left=1`);
    expect((await openZeros(mustaqil, essay)).page.$('#given')).toHaveLength(0);
  });

  test('assistants, students and teachers of other courses find no such page, and give and take nothing', async () => {
    const dilnoza = await openZeros(mustaqil, activity);
    const address = new URL(dilnoza.page.url).pathname;
    const roles = { [lti('roles')]: [roleUri.assistant] };
    const helper = await launchWith(mustaqil, { person: newStudent(mustaqil, 'Hilola'), activity, claims: roles });
    const student = await openQuiz(mustaqil, { student: bob, activity });
    const silkRoad = { activity: sample.history.silkRoad, teacher: sample.grace };
    const stranger = await openAsTeacher(mustaqil, silkRoad);
    for (const [robot, status] of [
      [helper, 403],
      [student, 403],
      [stranger, 404],
    ] as const) {
      const fields: [string, string][] = [['begun', String(await keyOf(ada))]];
      expect((await post(robot, address, fields)).status).toBe(status);
      expect((await post(robot, `${address}/withdrawal`, fields)).status).toBe(status);
      expect((await robot.open(`${mustaqil.url}${address}`)).status).toBe(status);
    }
    expect(await decisionsOn(dilnoza)).toEqual(await decisionsOn(await openZeros(mustaqil, activity)));
    expect(listed(dilnoza).given).toEqual([]);
  });
});

describe.each(['moodle', 'spec'] as const)('in an LMS like %s', (quirks) => {
  let school: AnotherLms;
  let activity: string;
  /** Has never come; has opened the quiz and begun nothing; has begun; has handed in. */
  let absent: string, looker: string, beginner: string, diligent: string;
  let begun: Robot;

  beforeAll(async () => {
    school = await startAnotherLms(mustaqil, { quirks });
    for (const student of [sample.aziz, sample.aigul, sample.ivan, sample.omurbek]) {
      school.lms.unenrol(student, sample.physics.course);
    }
    absent = newStudent(school, 'Absent');
    looker = newStudent(school, 'Looker');
    beginner = newStudent(school, 'Beginner');
    diligent = newStudent(school, 'Diligent');
    activity = await newDatedQuiz(school);
    await openQuiz(school, { student: looker, activity });
    begun = await openQuiz(school, { student: beginner, activity });
    await answer(begun, { sum: '5' });
    await takeQuiz(await openQuiz(school, { student: diligent, activity }), { sum: '5' });
    await mustaqil.deliver();
  });
  afterAll(() => school.stop());

  const grade = (student: string) => school.lms.gradeOf(activity, student)?.points ?? null;
  const names = (...students: string[]) => students.map((student) => nameOf(school, student));
  const ticked = (...students: string[]) => names(...students).map((name) => `${name} ✓`);

  test('before the due date nobody can be given a zero', async () => {
    const dilnoza = await openZeros(school, activity);
    expect(words(dilnoza)).toContain('The time to hand in is not over yet.');
    expect(dilnoza.page.$('main form')).toHaveLength(0);
    await post(dilnoza, new URL(dilnoza.page.url).pathname, [['notBegun', String(await keyOf(absent))]]);
    expect(await mustaqil.deliver()).toBe(0);
    expect(grade(absent)).toBeNull();
  });

  test('after it, who has begun nothing is ticked, who has begun is not, and nobody else is there', async () => {
    mustaqil.clock.advance(2 * hourMs);
    const dilnoza = await openZeros(school, activity);
    expect(listed(dilnoza)).toEqual({
      notBegun: ticked(absent, looker),
      begun: names(beginner),
      hasTime: [],
      given: [],
    });
    expect(words(dilnoza)).toContain('They get a zero only if you tick them.');
    expect(await mustaqil.deliver()).toBe(0);
  });

  test('the gradebook shows 0 for those ticked, with the reason, also of who never came; a second click sends nothing (lti.md 105)', async () => {
    const dilnoza = await openZeros(school, activity);
    const again = await openZeros(school, activity);
    await dilnoza.submit(giveForm);
    expect(await mustaqil.deliver()).toBe(2);
    const reason = '0, because nothing was handed in. Points for later work take its place.';
    for (const student of [absent, looker]) {
      expect(school.lms.gradeOf(activity, student)).toMatchObject({ points: 0, comment: reason });
    }
    expect([grade(beginner), grade(diligent)]).toEqual([null, 50]);
    await again.submit(giveForm);
    expect(words(again)).not.toContain('left out');
    expect(await mustaqil.deliver()).toBe(0);
    expect(listed(again).given).toEqual(ticked(absent, looker));
    expect(await decisionsOn(again)).toEqual([{ kind: 'zeros', changed: 2 }]);
  });

  test('who hands in later has their points in its place, by itself', async () => {
    mustaqil.clock.advance(1000);
    const robot = await openQuiz(school, { student: looker, activity });
    expect(words(robot)).toContain('Your teacher gave 0 because nothing was handed in.');
    await takeQuiz(robot, { capital: 'Bishkek', sum: '5' });
    expect(await mustaqil.deliver()).toBe(1);
    expect(school.lms.gradeOf(activity, looker)).toMatchObject({ points: 100, comment: 'Attempt 1' });
    expect(listed(await openZeros(school, activity)).given).toEqual(ticked(absent));
  });

  test('who has begun gets one where the teacher asks for just that, and with no points the words change all the same', async () => {
    const dilnoza = await openZeros(school, activity);
    await dilnoza.submit(giveForm, { begun: dilnoza.page.$('[name=begun]').attr('value') ?? '' });
    expect(await mustaqil.deliver()).toBe(1);
    expect(grade(beginner)).toBe(0);
    mustaqil.clock.advance(1000);
    await begun.open(new URL(begun.page.url).pathname.replace('/submission', ''));
    await begun.submit('#attempt button', { [begun.page.$('.question-numeric input').attr('name') ?? '']: '6' });
    await handIn(begun);
    expect(await mustaqil.deliver()).toBe(1);
    expect(school.lms.gradeOf(activity, beginner)).toMatchObject({ points: 0, comment: 'Attempt 1' });
  });

  test('taken back, a zero is gone from the gradebook, and points for later work stay (lti.md 99)', async () => {
    mustaqil.clock.advance(1000);
    const dilnoza = await openZeros(school, activity);
    expect(listed(dilnoza).given).toEqual(ticked(absent));
    await dilnoza.submit(takeBackForm);
    expect(await mustaqil.deliver()).toBe(1);
    expect([grade(absent), grade(looker), grade(diligent)]).toEqual([null, 100, 50]);
    expect(listed(await openZeros(school, activity))).toMatchObject({ notBegun: ticked(absent), given: [] });
    expect((await decisionsOn(dilnoza)).at(-1)).toEqual({ kind: 'zeros-taken-back', changed: 1 });
    expect(await mustaqil.deliver()).toBe(0);
  });
});

async function courseKey(): Promise<number> {
  const [course] = await mustaqil.db.select().from(courses).orderBy(desc(courses.id));
  return course?.id ?? 0;
}
