// A course that the LMS has copied: its places keep their quizzes, and share no attempt and no grade with the old course.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { courses, memberships, people } from '../../src/database/tables/courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startAnotherLms } from '../support/another-lms.ts';
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
import { newActivity, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
/** The activity of this test in the physics course, and what its link calls the quiz. */
let origin: string;
let contentId: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
});
beforeEach(async () => {
  tellHistory(mustaqil);
  origin = await newNamedQuiz(mustaqil);
  contentId = await contentAt(mustaqil.db, origin);
});
afterAll(() => mustaqil.stop());

const mainOf = ({ page: { $ } }: Robot) => $('main').text();
const isReady = (robot: Robot) => robot.page.$('form[action$="/attempts"]').length > 0;

describe('the copied place keeps its quiz', () => {
  test('by the name in its link, even if a student is the first to come (lti.md 83, 84, §2.12)', async () => {
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    const student = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Yangi', courseId), activity });
    expect(isReady(student)).toBe(true);
    expect(await contentAt(mustaqil.db, activity)).toBe(contentId);
    const [course] = await mustaqil.db.select().from(courses).where(eq(courses.contextId, courseId));
    expect(course).toMatchObject({ copiedFrom: [sample.physics.course], title: 'Fizika 2027' });
  });

  test('by the history of its link alone, where the LMS knows that (lti.md 50, §2.12)', async () => {
    const other = await startAnotherLms(mustaqil, { quirks: 'spec' });
    tellHistory(other);
    await publish(other);
    const { courseId, activity } = copyCourseOf(other, sample.physics.mechanics);
    const student = newStudent(other, 'Yangi', courseId);
    expect(isReady(await openQuiz(other, { student, activity }))).toBe(false);
    await openAsTeacher(other, { activity });
    expect(isReady(await openQuiz(other, { student, activity }))).toBe(true);
    await mustaqil.roster.settled();
    await other.stop();
  });

  test('of a copy of a copy, also once the course between the two is gone from the LMS', async () => {
    const first = copyCourseOf(mustaqil, origin);
    await openAsTeacher(mustaqil, { activity: first.activity });
    const second = copyCourseOf(mustaqil, first.activity, 'Fizika 2028');
    const course = mustaqil.lms.state.courses.find(({ id }) => id === second.courseId);
    Object.assign(course ?? {}, { copiedFromIds: [first.courseId] });
    const student = newStudent(mustaqil, 'Yangi', second.courseId);
    expect(isReady(await openQuiz(mustaqil, { student, activity: second.activity }))).toBe(true);
    expect(await contentAt(mustaqil.db, second.activity)).toBe(contentId);
  });

  test('whatever its link is made to say later: there may be attempts', async () => {
    const other = newActivity(mustaqil);
    await publish(mustaqil, { activity: other });
    const { activity } = copyCourseOf(mustaqil, origin);
    await openAsTeacher(mustaqil, { activity });
    linkOf(mustaqil, activity).custom = { mustaqil_content: `quiz:${await contentAt(mustaqil.db, other)}` };
    await openAsTeacher(mustaqil, { activity });
    expect(await contentAt(mustaqil.db, activity)).toBe(contentId);
  });
});

describe('where the LMS tells no history, a name alone', () => {
  beforeEach(() => tellHistory(mustaqil, {}));

  test('opens the quiz for a teacher who may edit it where it belongs, and then for the students', async () => {
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    const student = newStudent(mustaqil, 'Yangi', courseId);
    expect(mainOf(await openQuiz(mustaqil, { student, activity }))).toContain('This quiz is not ready yet');
    const dilnoza = await openAsTeacher(mustaqil, { activity });
    expect(mainOf(dilnoza)).toContain('This quiz belongs to the course “Umumiy fizika”');
    expect(isReady(await openQuiz(mustaqil, { student, activity }))).toBe(true);
  });

  test('opens nothing for a teacher of another course, who reads why (lti.md §2.12)', async () => {
    const custom = { [lti('custom')]: { mustaqil_content: `quiz:${contentId}` } };
    const { id: activity } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Koʻchirma' });
    const grace = await launchWith(mustaqil, { person: sample.grace, activity, claims: custom });
    expect(grace.page.$('[role=status]').text()).toContain('a quiz that may not be used here');
    expect(grace.page.html).not.toMatch(/Naryn|Kinematika/);
    expect(await placeAt(mustaqil.db, activity)).toMatchObject({ quizId: null });
  });

  test('says the same of a quiz that there is not: nobody learns which names there are', async () => {
    const { id: activity } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Koʻchirma' });
    const custom = { [lti('custom')]: { mustaqil_content: 'quiz:00000000-0000-4000-8000-000000000000' } };
    const grace = await launchWith(mustaqil, { person: sample.grace, activity, claims: custom });
    expect(grace.page.$('[role=status]').text()).toContain('a quiz that may not be used here');
  });

  test.each([
    ['an assistant of the old course', { role: 'assistant' as const }],
    ['who no longer teaches it', { isActive: false }],
    ['whom only a list names as its teacher', { launchedAt: null }],
  ])('opens nothing for %s', async (_, standing) => {
    const sub = `teacher ${JSON.stringify(standing)}`;
    const person = newStudent(mustaqil, 'Oʻqituvchi');
    const teaches = { sub, [lti('roles')]: [roleUri.instructor] };
    await launchWith(mustaqil, { person, activity: origin, claims: teaches });
    const [known] = await mustaqil.db.select().from(people).where(eq(people.subject, sub));
    const place = await placeAt(mustaqil.db, origin);
    await mustaqil.db
      .update(memberships)
      .set(standing)
      .where(and(eq(memberships.personId, known?.id ?? 0), eq(memberships.courseId, place?.courseId ?? 0)));
    const elsewhere = {
      ...teaches,
      [lti('context')]: { id: 'elsewhere', title: 'Elsewhere' },
      [lti('resource_link')]: { id: `link of ${sub}` },
    };
    await launchWith(mustaqil, { person, activity: origin, claims: elsewhere });
    expect(await placeAt(mustaqil.db, `link of ${sub}`)).toMatchObject({ quizId: null });
  });

  test('of a course that is known by its one link is not the history of a course with the same number', async () => {
    const alone = { [lti('context')]: undefined, [lti('resource_link')]: { id: '4711', title: 'Yolgʻiz' } };
    const person = sample.dilnoza;
    const dilnoza = await launchWith(mustaqil, { person, activity: newActivity(mustaqil), claims: alone });
    await writeQuestions(dilnoza, twoQuestions);
    const custom = { mustaqil_content: `quiz:${await contentAt(mustaqil.db, '4711')}`, context_history: '4711' };
    const { id: activity } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Koʻchirma' });
    await launchWith(mustaqil, { person: sample.grace, activity, claims: { [lti('custom')]: custom } });
    expect(await placeAt(mustaqil.db, activity)).toMatchObject({ quizId: null });
  });
});

describe('a history that Grace has written into her link by hand', () => {
  test('opens no quiz of a course that she does not teach, and offers none (lti.md §2.12)', async () => {
    const { id: activity } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Kinematika' });
    const claims = { [lti('custom')]: { context_history: sample.physics.course, resource_link_history: origin } };
    const grace = await launchWith(mustaqil, { person: sample.grace, activity, claims });
    expect(await placeAt(mustaqil.db, activity)).toMatchObject({ quizId: null });
    expect(grace.page.html).not.toContain('Umumiy fizika');
    const place = await placeAt(mustaqil.db, activity);
    const quiz = await quizAt(mustaqil.db, origin);
    await post(grace, `/placements/${place?.id}/quiz/choice`, [['quiz', String(quiz?.id)]]);
    expect(await placeAt(mustaqil.db, activity)).toMatchObject({ quizId: null });
  });
});

describe('old and new course', () => {
  test('share no attempt and no grade (lti.md 92, §2.12)', async () => {
    const { lms } = mustaqil;
    const old = await openQuiz(mustaqil, { activity: origin });
    await takeQuiz(old, { capital: 'Bishkek', sum: '5' });
    await mustaqil.deliver();
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    lms.enrol(sample.aziz, courseId, 'student');
    const aziz = await openQuiz(mustaqil, { activity });
    expect(aziz.page.$('.rows .row')).toHaveLength(0);
    await takeQuiz(aziz, { sum: '5' });
    await mustaqil.deliver();
    expect(lms.gradeOf(origin, sample.aziz)).toMatchObject({ points: 100 });
    expect(lms.gradeOf(activity, sample.aziz)).toMatchObject({ points: 50 });

    const [before, after] = [await openResults(mustaqil, origin), await openResults(mustaqil, activity)];
    expect(rowOf(before, 'Aziz Rahimov').slice(0, 2)).toEqual(['1', '2 / 2']);
    expect(rowOf(after, 'Aziz Rahimov').slice(0, 2)).toEqual(['1', '1 / 2']);
    await after.open(new URL(old.page.url).pathname);
    expect(after.page.status).toBe(404);
  });

  test('count attempts apart: who has used all in one has all in the other', async () => {
    await publish(mustaqil, { activity: origin, settings: { attemptsAllowed: '1' } });
    const old = await openQuiz(mustaqil, { activity: origin });
    await takeQuiz(old, {});
    expect(mainOf(old)).toContain('No attempts left.');
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    mustaqil.lms.enrol(sample.aziz, courseId, 'student');
    expect(mainOf(await openQuiz(mustaqil, { activity }))).toContain('You have 1 attempt.');
  });

  test('have the same questions: what is published in the old one shows in the new one, not in what was begun', async () => {
    const { courseId, activity } = copyCourseOf(mustaqil, origin);
    const student = newStudent(mustaqil, 'Yangi', courseId);
    const robot = await openQuiz(mustaqil, { student, activity });
    await answer(robot, { capital: 'Bishkek', sum: '5' });
    await publishThird(mustaqil, origin);
    await handIn(robot);
    expect(robot.page.$('.score').text()).toContain('2 of 2 points');
    expect((await openQuiz(mustaqil, { student, activity })).page.$('.facts').first().text()).toBe(
      '3 questions, 3 points',
    );
  });
});
