// The teacher's page of a course: its activities, and who has been there.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish, twoQuestions, writeQuestions } from '../support/people.ts';
import { newActivity } from '../support/school.ts';

let mustaqil: TestMustaqil;
/** `/courses/1`, of Dilnoza. */
let path: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const dilnoza = await publish(mustaqil);
  path = dilnoza.page.$('.crumb a').attr('href') ?? '';
  await publish(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
});
afterAll(() => mustaqil.stop());

test('Dilnoza sees every activity that was opened, and how far its quiz is', async () => {
  const [draft, untouched] = ['Qoralama', 'Hali boʻsh'].map((title) => newActivity(mustaqil, { title }));
  const dilnoza = await openAsTeacher(mustaqil, { activity: draft ?? '' });
  await writeQuestions(dilnoza, twoQuestions);
  await dilnoza.launch(mustaqil.lms.activityUrl(untouched ?? ''));
  await publish(mustaqil, { activity: sample.physics.newton });
  await publish(mustaqil, { activity: sample.physics.newton, settings: { attemptsAllowed: '2' } });

  await dilnoza.open(path);
  expect(dilnoza.page.$('h1').text()).toBe('Umumiy fizika');
  expect(rowsOf(dilnoza)).toEqual([
    ['Mexanika: oʻzini tekshirish', 'published, version 1'],
    ['Qoralama', 'draft, not published'],
    ['Hali boʻsh', 'no quiz yet'],
    ['Nyuton qonunlari (HEMIS)', 'published, version 2'],
  ]);
  await dilnoza.click('.row:nth-child(4) a');
  expect(dilnoza.page.$('main').text()).toContain('Version 2');
});

test('Dilnoza sees who is there, by name, with role and day of the last visit, and nobody of another course', async () => {
  await openQuiz(mustaqil, { student: sample.omurbek });
  await openQuiz(mustaqil, { student: sample.aziz });
  await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
  const dilnoza = await openAsTeacher(mustaqil);
  await mustaqil.roster.settled();
  await dilnoza.open(path);
  const { $ } = dilnoza.page;
  const people = $('tbody tr')
    .toArray()
    .map((row) => [$(row).find('th').text(), $(row).find('td').first().text()]);
  expect(people).toEqual([
    ['Dilnoza Karimova', 'teacher'],
    ['Aigul Toktogulova', 'student'],
    ['Aziz Rahimov', 'student'],
    ['Ivan Petrov', 'student'],
    ['Өмүрбек Төлөгөнович Жаңыбай-Үсөн уулу Gʻaybullayev', 'student'],
  ]);
  expect($('tbody time').last().attr('datetime')).toBe(mustaqil.clock.now().toISOString());
});

test('An activity that was renamed in the LMS has its new name after the next visit', async () => {
  const { id } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Old name' });
  const grace = await openAsTeacher(mustaqil, { activity: id, teacher: sample.grace });
  const course = grace.page.$('.crumb a').attr('href') ?? '';
  Object.assign(mustaqil.lms.state.activities.find((activity) => activity.id === id) ?? {}, { title: 'New name' });
  await grace.launch(mustaqil.lms.activityUrl(id));
  await grace.open(course);
  expect(rowsOf(grace).map(([title]) => title)).toContain('New name');
});

test.each([
  ['Grace, who teaches another course,', sample.grace, sample.history.silkRoad, 404, 'not-found'],
  ['Mallory, a student of another course,', sample.mallory, sample.history.silkRoad, 404, 'not-found'],
  ['Aziz, a student of the course,', sample.aziz, sample.physics.mechanics, 403, 'instructor-only'],
])('%s sees nothing of it', async (_who, student, activity, status, refusal) => {
  const robot = await openQuiz(mustaqil, { student, activity });
  await robot.open(path);
  expect(robot.page.status).toBe(status);
  expect(robot.page.$('meta[name=refusal]').attr('content')).toBe(refusal);
  expect(robot.page.$('body').text()).not.toContain('Umumiy fizika');
});

test('A teacher who is a student now no longer sees the course page', async () => {
  const { id } = mustaqil.lms.addPerson({ givenName: 'Bek', familyName: 'Aliyev' });
  mustaqil.lms.enrol(id, sample.physics.course, 'teacher');
  const bek = await openAsTeacher(mustaqil, { teacher: id });
  expect((await bek.open(path)).status).toBe(200);
  mustaqil.lms.enrol(id, sample.physics.course, 'student');
  await bek.launch(mustaqil.lms.activityUrl(sample.physics.mechanics));
  expect((await bek.open(path)).status).toBe(403);
});

/** Title and state of every activity on the page. */
function rowsOf({ page: { $ } }: Robot) {
  const words = (element: ReturnType<typeof $>) => element.text().trim();
  return $('.rows .row')
    .toArray()
    .map((row) => [words($(row).find('.row-title')), words($(row).find('.row-state'))]);
}
