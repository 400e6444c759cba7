// From the course to the chooser and back: what Dilnoza chose stands in her course, and students find it there.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { copyCourseOf, newNamedQuiz, tellHistory } from '../support/course-copies.ts';
import { lti, withClaims } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz, twoQuestions } from '../support/people.ts';
import { newStudent } from '../support/school.ts';
import { contentIdOf, dl } from './deep-linking-requests.ts';

let mustaqil: TestMustaqil;
let energy: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil, { settings: { title: 'Energiya' } });
  energy = await contentIdOf(mustaqil, 'Energiya');
});
afterAll(() => mustaqil.stop());

/** A teacher, Dilnoza unless told, clicks “add an activity” in the course. */
async function addActivity({
  teacher = sample.dilnoza,
  course = sample.physics.course,
}: { teacher?: string; course?: string } = {}): Promise<Robot> {
  const robot = await mustaqil.browserOf(teacher);
  await robot.launch(mustaqil.lms.deepLinkUrl(course));
  return robot;
}

const activities = () => mustaqil.lms.state.activities;

test('the activity that she chose launches into the quiz, and its grade arrives (lti.md 72, 83)', async () => {
  const dilnoza = await addActivity();
  expect(dilnoza.page.url).toMatch(/\/content-requests\/\d+$/);
  await dilnoza.submit('#choice .primary', {
    chosen: energy,
    [`title.${energy}`]: '1-nazorat',
    [`points.${energy}`]: '20',
  });
  await dilnoza.settle();
  const activity = activities().at(-1);
  expect(activity).toMatchObject({ title: '1-nazorat', custom: { mustaqil_content: `quiz:${energy}` } });

  const aziz = await openQuiz(mustaqil, { activity: activity?.id ?? '' });
  expect(aziz.page.$('h1').text()).toBe('Energiya');
  await takeQuiz(aziz, { capital: 'Bishkek' });
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity?.id ?? '', sample.aziz)?.points).toBe(10);
});

test('several at once become as many activities, the page of progress without a column', async () => {
  const before = activities().length;
  const dilnoza = await addActivity();
  await dilnoza.submit('#choice .primary', { chosen: ['progress', energy] });
  await dilnoza.settle();
  const added = activities().slice(before);
  expect(added.map(({ title }) => title)).toEqual(['My progress', 'Energiya']);
  expect(added.map(({ custom }) => custom['mustaqil_content'])).toEqual(['progress', `quiz:${energy}`]);
});

test('a quiz made on the spot waits for students in the course', async () => {
  const dilnoza = await addActivity();
  await dilnoza.submit('button[formaction$="/quizzes"]', { title: 'Impuls', source: twoQuestions });
  await dilnoza.submit('#choice .primary');
  await dilnoza.settle();
  const activity = activities().at(-1);
  const aziz = await openQuiz(mustaqil, { activity: activity?.id ?? '' });
  expect(aziz.page.$('.facts').text()).toBe('2 questions, 2 points');
});

test('a quiz that a copied course shares may stand there twice, though its new teacher may not edit it (lti.md §2.12)', async () => {
  tellHistory(mustaqil);
  const { courseId: course, activity: copied } = copyCourseOf(mustaqil, await newNamedQuiz(mustaqil));
  const student = newStudent(mustaqil, 'Yangi', course);
  await openQuiz(mustaqil, { student, activity: copied });
  // From here on, that the quiz stands in the course is all that is known of where it came from.
  tellHistory(mustaqil, {});
  mustaqil.lms.enrol(sample.grace, course, 'teacher');
  const grace = await addActivity({ teacher: sample.grace, course });
  await grace.submit('#choice .primary', { chosen: await contentIdOf(mustaqil, 'Kinematika') });
  await grace.settle();
  const again = await openQuiz(mustaqil, { student, activity: activities().at(-1)?.id ?? '' });
  expect(again.page.$('form[action$="/attempts"]')).toHaveLength(1);
});

test('cancelling brings her back to the course, with nothing added (lti.md 75)', async () => {
  const before = activities().length;
  const dilnoza = await addActivity();
  await dilnoza.submit('button[name=cancel]');
  await dilnoza.settle();
  expect(new URL(dilnoza.page.url).origin).toBe(mustaqil.lmsUrl);
  expect(dilnoza.page.status).toBe(200);
  expect(activities()).toHaveLength(before);
});

test.each([
  ['a student', ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner']],
  ['an assistant', ['http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant']],
  ['nobody in particular', []],
])('a request for %s opens no chooser (lti.md 73)', async (_who, roles) => {
  mustaqil.lms.nextToken = withClaims({ [lti('roles')]: roles });
  const robot = await addActivity();
  expect(robot.page.status).toBe(403);
  expect(robot.page.$('meta[name=refusal]').attr('content')).toBe('not-an-author');
});

test('a request without a return address is refused before anything is shown (lti.md 72)', async () => {
  mustaqil.lms.nextToken = withClaims({ [dl('deep_linking_settings')]: { accept_types: ['ltiResourceLink'] } });
  const robot = await addActivity();
  expect(robot.page.status).toBe(400);
  expect(robot.page.$('meta[name=refusal]').attr('content')).toBe('deep-linking-settings-missing');
});
