// When the LMS is asked for its list, and by whom.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { withClaims } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newStudent } from '../support/school.ts';
import { newCourse, openCourse, refreshButton, standing } from './course-page.ts';

const rosterClaim = 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice';

let mustaqil: TestMustaqil;
/** Wherever the tool sent a token. */
const told: string[] = [];

beforeAll(async () => {
  mustaqil = await startMustaqil({
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (request.headers.has('authorization')) told.push(request.url);
      return fetch(input, init);
    },
  });
});
afterAll(() => mustaqil.stop());
beforeEach(() => {
  told.length = 0;
});

const listsAskedFor = () => told.filter((url) => url.includes('memberships')).length;

describe('Asking for the list', () => {
  test('happens once in five minutes by itself, and by the button after ten seconds (lti.md 115)', async () => {
    const course = newCourse(mustaqil);
    await openCourse(mustaqil, course);
    mustaqil.clock.advance(5 * 60_000 - 1);
    const teacher = await openCourse(mustaqil, course);
    expect(listsAskedFor()).toBe(1);
    mustaqil.clock.advance(1);
    await openCourse(mustaqil, course);
    expect(listsAskedFor()).toBe(2);
    mustaqil.clock.advance(9_999);
    await teacher.submit(refreshButton);
    expect(standing(teacher)).toContain('Wait ten seconds');
    expect(listsAskedFor()).toBe(2);
    mustaqil.clock.advance(1);
    await teacher.submit(refreshButton);
    expect(standing(teacher)).toMatch(/^As your LMS had it at/);
    expect(listsAskedFor()).toBe(3);
  });

  test('is for those who run the course, not for its students, other teachers or another site', async () => {
    const course = newCourse(mustaqil);
    const bek = newStudent(mustaqil, 'Bek', course.id);
    const teacher = await openCourse(mustaqil, course);
    const address = `${new URL(teacher.page.url).pathname}/roster`;
    const student = await openQuiz(mustaqil, { student: bek, activity: course.activity });
    const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
    await mustaqil.roster.settled();
    mustaqil.clock.advance(10_000);
    told.length = 0;
    expect((await post(student, address, [])).status).toBe(403);
    expect((await post(grace, address, [])).status).toBe(404);
    expect((await post(teacher, address, []).set('X-CSRF-Token', 'guessed')).status).toBe(403);
    expect(listsAskedFor()).toBe(0);
  });

  test('a student’s launch asks for nothing', async () => {
    const course = newCourse(mustaqil);
    const bek = newStudent(mustaqil, 'Bek', course.id);
    await openQuiz(mustaqil, { student: bek, activity: course.activity });
    await mustaqil.roster.settled();
    expect(listsAskedFor()).toBe(0);
  });

  test('where the LMS has no list, the page says so and has no button', async () => {
    const course = newCourse(mustaqil);
    mustaqil.lms.nextToken = withClaims({ [rosterClaim]: undefined });
    const teacher = await openCourse(mustaqil, course);
    expect(standing(teacher)).toContain('does not tell us who is in the course');
    expect(teacher.page.$(refreshButton)).toHaveLength(0);
    expect((await post(teacher, `${new URL(teacher.page.url).pathname}/roster`, [])).status).toBe(303);
    expect(listsAskedFor()).toBe(0);
  });
});
