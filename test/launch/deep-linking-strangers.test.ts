// Dilnoza's request is hers: nobody else sees what may be chosen, and nobody else answers in her name.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { quizzes } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { lti, withClaims } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { expectRefusal } from '../support/refusals.ts';
import { openChooser } from './deep-linking-requests.ts';

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';

let mustaqil: TestMustaqil;
/** Where Dilnoza chooses. */
let path: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  path = new URL((await openChooser(mustaqil)).page.url).pathname;
});
afterAll(() => mustaqil.stop());

/** Somebody new in the physics course, with the roles of one launch. */
async function newcomer(roles: string[]): Promise<Robot> {
  const { id } = mustaqil.lms.addPerson({
    givenName: 'Mallory',
    familyName: `No. ${mustaqil.lms.state.people.length}`,
  });
  mustaqil.lms.enrol(id, sample.physics.course, 'teacher');
  mustaqil.lms.nextToken = withClaims({ [lti('roles')]: roles });
  return openAsTeacher(mustaqil, { teacher: id });
}

const strangers: [string, () => Promise<Robot>][] = [
  ['Aziz, a student of the course,', () => openQuiz(mustaqil)],
  ['an assistant', () => newcomer([`${membership}#Instructor`, `${membership}/Instructor#TeachingAssistant`])],
  ['another teacher of the same course', () => newcomer([`${membership}#Instructor`])],
  ['an author of the same course', () => newcomer([`${membership}#ContentDeveloper`])],
  [
    'Grace, who teaches another course,',
    () => openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace }),
  ],
];

describe.each(strangers)('%s', (_who, signIn) => {
  test('cannot open Dilnoza’s request (lti.md 73)', async () => {
    const mallory = await signIn();
    await mallory.open(path);
    expectRefusal(mallory.page, [404, 'not-found'], ['Umumiy fizika', 'return.lms.example']);
  });

  test('cannot answer it or make a quiz in it', async () => {
    const mallory = await signIn();
    const before = await mustaqil.db.$count(quizzes);
    for (const [page, fields] of [
      ['response', [['chosen', 'progress']]],
      ['response', [['cancel', 'yes']]],
      ['quizzes', [['title', 'Taken over']]],
    ] satisfies [string, [string, string][]][]) {
      const refused = await post(mallory, `${path}/${page}`, fields);
      expect(refused.status).toBe(404);
      expect(refused.text).not.toContain('JWT');
    }
    expect(await mustaqil.db.$count(quizzes)).toBe(before);
  });
});

test('whoever is not signed in is asked to come from the course', async () => {
  const answer = await fetch(`${mustaqil.url}${path}`);
  expect(answer.status).toBe(401);
});

test.each(['0', 'x', '999999', '%00'])('the address of no request, %s, is not found', async (key) => {
  const dilnoza = await openAsTeacher(mustaqil);
  await dilnoza.open(`/content-requests/${key}`);
  expect(dilnoza.page.status).toBe(404);
});

test('a form without its token does nothing', async () => {
  const dilnoza = await openChooser(mustaqil);
  await dilnoza.submit('#choice .primary', { chosen: 'progress', _csrf: 'guessed' });
  expectRefusal(dilnoza.page, [403, 'form-expired']);
});

test('Dilnoza herself, once the LMS has her as a student, chooses nothing any more (lti.md 73)', async () => {
  const dilnoza = await openChooser(mustaqil);
  const { pathname } = new URL(dilnoza.page.url);
  mustaqil.lms.nextToken = withClaims({ [lti('roles')]: [`${membership}#Learner`] });
  await dilnoza.launch(mustaqil.lms.activityUrl(sample.physics.mechanics));
  await dilnoza.open(pathname);
  expectRefusal(dilnoza.page, [403, 'instructor-only'], ['return.lms.example']);
});
