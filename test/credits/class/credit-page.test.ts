// The credit page in the front of a course: chosen like an activity, opened by everybody as what they are, and graded by the plan.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../../src/practice/sample-courses.ts';
import { copyCourseOf, placeAt, tellHistory } from '../../support/course-copies.ts';
import { columnsOf, gradeIn } from '../../support/grades.ts';
import { launchWith, lti, roleUri } from '../../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { openAsTeacher, openQuiz, takeQuiz } from '../../support/people.ts';
import { newStudent } from '../../support/school.ts';
import { mark, personKey, publishCredits, startCreditCourse, type CreditCourse } from './credit-course.ts';

let mustaqil: TestMustaqil;
let course: CreditCourse;
/** The LMS's id of the activity that the credit page is. */
let page: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  course = await startCreditCourse(mustaqil);
  const dilnoza = await mustaqil.browserOf(sample.dilnoza);
  await dilnoza.launch(mustaqil.lms.deepLinkUrl(sample.physics.course));
  await dilnoza.submit('#choice .primary', { chosen: 'credits', 'title.credits': 'Kreditlar' });
  await dilnoza.settle();
  page = mustaqil.lms.state.activities.at(-1)?.id ?? '';
});
afterAll(() => mustaqil.stop());

const pathOf = (url: string) => new URL(url).pathname;
const column = () => columnsOf(mustaqil, page)[0];

test('a teacher lands on the class, a student on their own credits, a mentor on their students', async () => {
  const dilnoza = await openAsTeacher(mustaqil, { activity: page });
  expect(pathOf(dilnoza.page.url)).toBe(`/courses/${course.courseId}/credits/students`);
  expect(dilnoza.page.$('h1').text()).toBe('Credits of the class');
  const aziz = await openQuiz(mustaqil, { activity: page });
  expect(pathOf(aziz.page.url)).toBe(`/courses/${course.courseId}/credits`);
  const claims = { [lti('roles')]: [roleUri.mentor], [lti('role_scope_mentor')]: [sample.aziz] };
  const mentor = await launchWith(mustaqil, { person: newStudent(mustaqil, 'Ota'), activity: page, claims });
  expect(pathOf(mentor.page.url)).toBe(`/courses/${course.courseId}/mentees`);
  expect(column()).toMatchObject({ label: 'Kreditlar', maximumPoints: 100, tag: 'credits', resourceId: 'credits' });
});

test('a copied course keeps it', async () => {
  tellHistory(mustaqil);
  const copy = copyCourseOf(mustaqil, page);
  const dilnoza = await openAsTeacher(mustaqil, { activity: copy.activity });
  expect(pathOf(dilnoza.page.url)).toMatch(/^\/courses\/\d+\/credits\/students$/);
  expect(dilnoza.page.$('main').text()).toContain('This course has no credit plan yet');
  expect(await placeAt(mustaqil.db, copy.activity)).toMatchObject({ content: 'credits', quizId: null });
  tellHistory(mustaqil, {});
});

test('a quiz and a mark by hand make the total in the gradebook; a correction changes it, and a new plan its scale', async () => {
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student }), { capital: 'Bishkek', sum: '5' });
  const ada = await personKey(mustaqil, student);
  await mark(mustaqil, course, ada, { essay: 7.5, exam: 40 });
  await mustaqil.deliver();
  expect(gradeIn(mustaqil, column(), student)?.points).toBe(57.5);

  mustaqil.clock.advance(2000);
  await mark(mustaqil, course, ada, { exam: 30 }, { seen: 1 });
  await mustaqil.deliver();
  expect(gradeIn(mustaqil, column(), student)?.points).toBe(47.5);

  mustaqil.clock.advance(2000);
  await publishCredits(mustaqil, course, { gradebookColumn: 'credits' });
  await mustaqil.deliver();
  mustaqil.clock.advance(2000);
  await mustaqil.deliver();
  expect(column()?.maximumPoints).toBe(6);
  expect(gradeIn(mustaqil, column(), student)?.points).toBe(0);
  mustaqil.clock.advance(2000);
  await publishCredits(mustaqil, course, {});
  await mustaqil.deliver();
  mustaqil.clock.advance(2000);
  await mustaqil.deliver();
  expect(column()?.maximumPoints).toBe(100);
  expect(gradeIn(mustaqil, column(), student)?.points).toBe(47.5);

  const dilnoza = await openAsTeacher(mustaqil, { activity: page });
  await dilnoza.click('#gradebook a');
  expect(dilnoza.page.$('h1').text()).toBe('Credit page in the gradebook');
  const row = dilnoza.page.$('tbody tr').filter((_index, tr) => dilnoza.page.$(tr).text().includes('Ada'));
  expect(row.find('.points').text()).toBe('47.5 / 100');
  expect(row.find('.state').text()).toContain('in the gradebook');
});

test('from the gradebook a grade of it leads to the credits of the student', async () => {
  const personId = await personKey(mustaqil, sample.aziz);
  for (const [person, path] of [
    [sample.dilnoza, `/courses/${course.courseId}/people/${personId}/credits`],
    [sample.aziz, `/courses/${course.courseId}/credits`],
  ] as const) {
    const robot = await mustaqil.browserOf(person);
    await robot.launch(mustaqil.lms.reviewUrl(page, sample.aziz));
    expect(pathOf(robot.page.url)).toBe(path);
  }
});

test('a credit page that comes after the results has them all at once', async () => {
  const student = newStudent(mustaqil, 'Bek');
  await takeQuiz(await openQuiz(mustaqil, { student }), { capital: 'Bishkek' });
  const activity = mustaqil.lms.addActivity({ courseId: sample.physics.course, title: 'Yana', maximumPoints: 100 }).id;
  const claims = { [lti('custom')]: { mustaqil_content: 'credits' } };
  await launchWith(mustaqil, { person: sample.dilnoza, activity, claims });
  await mustaqil.deliver();
  expect(gradeIn(mustaqil, columnsOf(mustaqil, activity)[0], student)?.points).toBe(5);
});
