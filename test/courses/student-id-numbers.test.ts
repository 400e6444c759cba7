// What the institution calls a student: as the LMS last said it, at a launch or in its list.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSchool } from './listing-lms.ts';

let school: Awaited<ReturnType<typeof openSchool>>;
beforeAll(async () => {
  school = await openSchool();
});
afterAll(() => school.close());

test('A student id number comes with a launch or a list, stays while nothing is said, and goes when the LMS says there is none', async () => {
  const courseId = await school.newCourse();
  const numberOf = async (subject: string) => (await school.membersOf(courseId)).get(subject)?.sourcedId;
  const listed = async (number?: string) => {
    school.advance(60_000);
    const members = ['teacher', 'aziz'].map((user_id) => ({
      user_id,
      roles: ['Learner'],
      lis_person_sourcedid: number,
    }));
    expect(
      await school
        .createLms(() => members)
        .refresher()
        .refreshNow(courseId),
    ).toEqual({ ok: true });
  };
  await school.launch(courseId, 'aziz', 'learner');
  expect(await numberOf('aziz')).toBeNull();
  await school.launch(courseId, 'aziz', 'learner', '391261100001');
  expect(await numberOf('aziz')).toBe('391261100001');
  await school.launch(courseId, 'aziz', 'learner');
  await listed();
  expect(await numberOf('aziz')).toBe('391261100001');
  await listed('391261100009');
  expect([await numberOf('aziz'), await numberOf('teacher')]).toEqual(['391261100009', '391261100009']);
  await listed('');
  expect(await numberOf('aziz')).toBe('');
  await listed('391261100001');
  await school.launch(courseId, 'aziz', 'learner', '');
  expect(await numberOf('aziz')).toBe('');
});
