// A quiz that stands in a copied course and belongs to the old one: its teachers know, change nothing of it by accident, and make it
// the new course's own when they want that.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { courses } from '../../src/database/tables/courses.ts';
import { quizzes, quizVersions } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import {
  contentAt,
  copyCourseOf,
  linkOf,
  newNamedQuiz,
  placeAt,
  publishThird,
  quizAt,
  tellHistory,
} from '../support/course-copies.ts';
import { openResults, rowOf } from '../support/grades.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import {
  answer,
  handIn,
  openAsTeacher,
  openQuiz,
  publish,
  takeQuiz,
  twoQuestions,
  writeQuestions,
} from '../support/people.ts';
import { post } from '../support/post.ts';
import { refusalOf } from '../support/refusals.ts';
import { nameOf, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
/** The activity of this test in the physics course. */
let origin: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
});
beforeEach(async () => {
  tellHistory(mustaqil);
  origin = await newNamedQuiz(mustaqil);
});
afterAll(() => mustaqil.stop());

const mainOf = ({ page: { $ } }: Robot) => $('main').text();
const detach = (robot: Robot) => robot.submit('form[action$="/quiz/detachment"]');

describe('while a quiz is shared', () => {
  test('its teachers read where it comes from, and those of the old course where else it stands', async () => {
    const { activity } = copyCourseOf(mustaqil, origin);
    const dilnoza = await openAsTeacher(mustaqil, { activity });
    expect(mainOf(dilnoza)).toContain(
      'This quiz belongs to the course “Umumiy fizika”, from which this one was copied.',
    );
    expect(dilnoza.page.$('main a[href$="/quiz/edit"]')).toHaveLength(0);
    const home = await openAsTeacher(mustaqil, { activity: origin });
    expect(mainOf(home)).toContain('This quiz also stands in: Fizika 2027.');
    expect(mainOf(home)).not.toContain('belongs to the course');
  });

  test.each(['quiz', 'quiz/versions', 'quiz/text', 'quiz/imports'])(
    'it cannot be changed from the copy (%s), and what was typed is kept',
    async (path) => {
      const { activity } = copyCourseOf(mustaqil, origin);
      const dilnoza = await openAsTeacher(mustaqil, { activity });
      const place = await placeAt(mustaqil.db, activity);
      const before = await quizAt(mustaqil.db, origin);
      const typed = '::New::What did I type for an hour? {T}\n';
      const refused = await post(dilnoza, `/placements/${place?.id}/${path}`, [
        ['title', 'Oʻzimniki'],
        ['source', typed],
      ]);
      expect(refused.status).toBe(409);
      expect(refused.text).toContain('content="quiz-shared"');
      expect(refused.text).toContain('What did I type for an hour?');
      expect(await quizAt(mustaqil.db, origin)).toEqual(before);
      expect(await mustaqil.db.$count(quizVersions, eq(quizVersions.quizId, before?.id ?? 0))).toBe(1);
    },
  );

  test('a teacher with the empty editor still open cannot write over it either', async () => {
    tellHistory(mustaqil, {});
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    const other = newStudent(mustaqil, 'Ikkinchi');
    mustaqil.lms.enrol(other, courseId, 'teacher');
    const editor = await openAsTeacher(mustaqil, { activity, teacher: other });
    await openAsTeacher(mustaqil, { activity });
    await editor.submit('#import', { source: '::Mine::Mine now? {T}\n' });
    expect({ status: editor.page.status, refusal: refusalOf(editor.page) }).toEqual({
      status: 409,
      refusal: 'quiz-shared',
    });
    expect(await quizAt(mustaqil.db, origin)).toMatchObject({ source: twoQuestions });
  });

  test('the address of its editor leads to the quiz', async () => {
    const { activity } = copyCourseOf(mustaqil, origin);
    const dilnoza = await openAsTeacher(mustaqil, { activity });
    await dilnoza.open(`${dilnoza.page.url}/edit`);
    expect(dilnoza.page.url).toMatch(/\/quiz$/);
    expect(dilnoza.page.status).toBe(200);
  });

  test('an unpublished one shows its teachers so much, and its questions to nobody', async () => {
    const draft = await newNamedQuiz(mustaqil, { title: 'Qoralama', isPublished: false });
    const { courseId, activity } = copyCourseOf(mustaqil, draft);
    const dilnoza = await openAsTeacher(mustaqil, { activity });
    expect(mainOf(dilnoza)).toContain('This quiz is not published yet.');
    expect(dilnoza.page.html).not.toContain('Kyrgyzstan');

    const assistant = await launchWith(mustaqil, {
      person: newStudent(mustaqil, 'Yordamchi', courseId),
      activity,
      claims: { [lti('roles')]: [roleUri.assistant] },
    });
    expect(mainOf(assistant)).toContain('This quiz belongs to the course');
    expect(assistant.page.$('main form')).toHaveLength(0);

    await detach(dilnoza);
    expect(dilnoza.page.url).toMatch(/\/quiz\/edit$/);
    expect(dilnoza.page.$('[data-key]')).toHaveLength(2);
    await dilnoza.click('main a[href$="/quiz/text"]');
    expect(dilnoza.page.$('#source').text()).toBe(twoQuestions);
  });
});

describe('a quiz that its teacher makes the course’s own', () => {
  test('is a copy that can be edited, says where it began, and leaves the old one alone', async () => {
    const { activity } = copyCourseOf(mustaqil, origin);
    const dilnoza = await openAsTeacher(mustaqil, { activity });
    await detach(dilnoza);
    expect(mainOf(dilnoza)).toContain('Began as a copy of a quiz from “Umumiy fizika”.');
    expect(mainOf(dilnoza)).not.toContain('belongs to the course');
    await publishThird(mustaqil, activity);
    expect(mainOf(await openAsTeacher(mustaqil, { activity }))).toContain('3 questions, 3 points · Version 2');
    const home = await openAsTeacher(mustaqil, { activity: origin });
    expect(mainOf(home)).toContain('2 questions, 2 points · Version 1');
    expect(mainOf(home)).not.toContain('also stands in');
  });

  test('keeps how long there is, and what comes after that', async () => {
    const settings = { timeLimitMinutes: '45', overdue: 'overtime', overtimeMinutes: '7', networkGraceSeconds: '900' };
    const timed = await newNamedQuiz(mustaqil, { settings });
    const { activity } = copyCourseOf(mustaqil, timed);
    await detach(await openAsTeacher(mustaqil, { activity }));
    const copy = await quizAt(mustaqil.db, activity);
    const [version] = await mustaqil.db
      .select()
      .from(quizVersions)
      .where(eq(quizVersions.quizId, copy?.id ?? 0));
    const kept = { timeLimitMinutes: 45, overdue: 'overtime', overtimeMinutes: 7, networkGraceSeconds: 900 };
    expect(copy).toMatchObject({ copiedFromId: (await quizAt(mustaqil.db, timed))?.id, ...kept });
    expect(version).toMatchObject(kept);
  });

  test('no longer follows the old one', async () => {
    const { activity } = copyCourseOf(mustaqil, origin);
    await detach(await openAsTeacher(mustaqil, { activity }));
    await publishThird(mustaqil, origin);
    expect(mainOf(await openAsTeacher(mustaqil, { activity }))).toContain('2 questions, 2 points · Version 1');
  });

  test('is made once, however often the button is pressed', async () => {
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    const dilnoza = await openAsTeacher(mustaqil, { activity });
    const path = new URL(dilnoza.page.url).pathname;
    const pressed = await Promise.all([1, 2, 3].map(() => post(dilnoza, `${path}/detachment`, [])));
    expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303]);
    const own = await quizAt(mustaqil.db, activity);
    expect((await post(dilnoza, `${path}/detachment`, [])).status).toBe(303);
    expect(await quizAt(mustaqil.db, activity)).toEqual(own);
    const [course] = await mustaqil.db.select().from(courses).where(eq(courses.contextId, courseId));
    expect(await mustaqil.db.$count(quizzes, eq(quizzes.courseId, course?.id ?? 0))).toBe(1);
  });

  test('keeps the attempts and grades that there were, and they go on', async () => {
    const { lms } = mustaqil;
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    const student = newStudent(mustaqil, 'Yangi', courseId);
    const robot = await openQuiz(mustaqil, { student, activity });
    await takeQuiz(robot, { sum: '5' });
    await answer(robot, { capital: 'Bishkek' });
    await mustaqil.deliver();
    expect(lms.gradeOf(activity, student)).toMatchObject({ points: 50 });

    await detach(await openAsTeacher(mustaqil, { activity }));
    const later = await openQuiz(mustaqil, { student, activity });
    await answer(later, { capital: 'Bishkek', sum: '5' });
    await handIn(later);
    mustaqil.clock.advance(1000);
    await mustaqil.deliver();
    expect(lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
    const again = await openQuiz(mustaqil, { student, activity });
    expect(again.page.$('.rows .row')).toHaveLength(2);
    await takeQuiz(again, {});
    expect(again.page.$('.score').text()).toContain('0 of 2 points');
    const row = rowOf(await openResults(mustaqil, activity), nameOf(mustaqil, student));
    expect(row.slice(0, 2)).toEqual(['3', '2 / 2']);
  });
});

describe('at a place whose link says nothing of its content', () => {
  const offersOn = ({ page: { $ } }: Robot) =>
    $('#offered option')
      .toArray()
      .map((option) => $(option).text());

  test('the teacher of a copy is offered the quizzes of the old course, one of the same name first', async () => {
    linkOf(mustaqil, origin).custom = {};
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    const dilnoza = await openAsTeacher(mustaqil, { activity });
    expect(offersOn(dilnoza)[0]).toBe('Kinematika — Umumiy fizika');
    await dilnoza.submit('form.offered');
    expect(mainOf(dilnoza)).toContain('This quiz belongs to the course “Umumiy fizika”');
    const student = newStudent(mustaqil, 'Yangi', courseId);
    const robot = await openQuiz(mustaqil, { student, activity });
    expect(robot.page.$('form[action$="/attempts"]')).toHaveLength(1);
  });

  test('what stands there already is not put out by a late click', async () => {
    linkOf(mustaqil, origin).custom = {};
    const { activity } = copyCourseOf(mustaqil, origin);
    const [one, other] = [await openAsTeacher(mustaqil, { activity }), await openAsTeacher(mustaqil, { activity })];
    await writeQuestions(one, twoQuestions);
    const own = await contentAt(mustaqil.db, activity);
    await other.submit('form.offered');
    expect(await contentAt(mustaqil.db, activity)).toBe(own);
  });

  test('a course that is no copy is offered its own quizzes alone', async () => {
    const grace = { activity: sample.history.silkRoad, teacher: sample.grace };
    await publish(mustaqil, grace);
    const { id: activity } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Boʻsh' });
    const robot = await openAsTeacher(mustaqil, { ...grace, activity });
    expect(offersOn(robot)).toEqual(['Ipak yoʻli: oʻzini tekshirish — Buyuk ipak yoʻli tarixi']);
  });

  test.each([
    ['of a course that is none of hers', async () => String((await quizAt(mustaqil.db, origin))?.id)],
    ['that there is not', () => Promise.resolve('999999')],
    ['with a name that is no number', () => Promise.resolve("1' or '1'='1")],
  ])('Grace cannot take a quiz %s by hand', async (_, quiz) => {
    const { id: activity } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Boʻsh' });
    const grace = await openAsTeacher(mustaqil, { activity, teacher: sample.grace });
    const place = await placeAt(mustaqil.db, activity);
    const taken = await post(grace, `/placements/${place?.id}/quiz/choice`, [['quiz', await quiz()]]);
    expect(taken.status).toBe(303);
    expect(await placeAt(mustaqil.db, activity)).toMatchObject({ quizId: null });
  });
});
