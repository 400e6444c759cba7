// What may be done in a course is said by launches alone, whatever a list of its people says.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { findCourseFor } from '../../src/courses/course.store.ts';
import { findPlacementFor } from '../../src/courses/placement.store.ts';
import { memberships, placements } from '../../src/database/tables/courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { post } from '../support/post.ts';
import { nameOf } from '../support/school.ts';
import { newCourse, openCourse, peopleOf, refresh } from './course-page.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

describe('A role in the list opens no door (lti.md 114)', () => {
  test('Rashid, listed as a teacher of a course he never launched, finds nothing there', async () => {
    const [course, own] = [newCourse(mustaqil), newCourse(mustaqil)];
    mustaqil.lms.enrol(own.teacher, course.id, 'teacher');
    const teacher = await openCourse(mustaqil, course);
    expect(peopleOf(teacher)[nameOf(mustaqil, own.teacher)]).toEqual(['teacher', 'not yet']);
    const page = new URL(teacher.page.url).pathname;
    const quiz = teacher.page.$('.row a').attr('href') ?? '';

    const rashid = await openCourse(mustaqil, own);
    const doors = [page, quiz, `${quiz}/edit`, quiz.replace('quiz', 'results'), quiz.replace('quiz', 'attempts')];
    for (const door of doors) expect([door, (await rashid.open(door)).status]).toEqual([door, 404]);
    expect((await post(await openCourse(mustaqil, own), `${page}/roster`, [])).status).toBe(404);
    expect((await post(await openCourse(mustaqil, own), quiz, [['source', 'x']])).status).toBe(404);
  });

  test('nor does any other role, in whatever words', async () => {
    const course = newCourse(mustaqil);
    const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
    const roles = ['Instructor', 'Administrator', 'ContentDeveloper', 'TeachingAssistant', 'Learner', 'Mentor', 'x'];
    const members = roles.flatMap((role) => [
      { user_id: `short ${role}`, roles: [role] },
      { user_id: `long ${role}`, roles: [`${membership}#${role}`, role] },
    ]);
    mustaqil.lms.nextRosterPage = (page) => ({ ...page, body: { members } });
    const teacher = await openCourse(mustaqil, course);
    const courseId = Number(new URL(teacher.page.url).pathname.split('/').at(-1));
    const listed = (await mustaqil.db.select().from(memberships)).filter((one) => one.courseId === courseId);
    expect(listed.filter(({ launchedAt }) => launchedAt === null)).toHaveLength(members.length);
    const [place] = (await mustaqil.db.select().from(placements)).filter((one) => one.courseId === courseId);
    for (const { personId, launchedAt } of listed) {
      const isIn = launchedAt !== null;
      expect((await findCourseFor(mustaqil.db, personId, courseId)) !== null).toBe(isIn);
      expect((await findPlacementFor(mustaqil.db, personId, place?.id ?? 0)) !== null).toBe(isIn);
    }
  });

  test('nor does it close one: who is launched as a teacher stays one, though the list says student (lti.md §2.8)', async () => {
    const course = newCourse(mustaqil);
    const malika = mustaqil.lms.addPerson({ givenName: 'Malika', familyName: 'Assistant' }).id;
    mustaqil.lms.enrol(malika, course.id, 'assistant');
    expect(peopleOf(await openCourse(mustaqil, course))['Malika Assistant']).toEqual(['student', 'not yet']);
    const robot = await openCourse(mustaqil, { ...course, teacher: malika });
    await refresh(mustaqil, robot);
    expect(robot.page.status).toBe(200);
    expect(peopleOf(robot)['Malika Assistant']).toEqual(['teacher', 'came']);
  });
});

describe('Whom the LMS no longer has in a course', () => {
  const launchedAgo = (subject: string, hours: number) =>
    mustaqil.db.execute(sql`update memberships set launched_at = now() - ${`${hours} hours`}::interval
      where person_id in (select id from people where subject = ${subject})`);

  test('a teacher who was taken out of it sees nothing of others there, however they came to be signed in', async () => {
    const [course, own] = [newCourse(mustaqil), newCourse(mustaqil)];
    const timur = mustaqil.lms.addPerson({ givenName: 'Timur', familyName: 'Former' }).id;
    mustaqil.lms.enrol(timur, course.id, 'teacher');
    mustaqil.lms.enrol(timur, own.id, 'teacher');
    const before = await openCourse(mustaqil, { ...course, teacher: timur });
    const page = new URL(before.page.url).pathname;
    const results = (before.page.$('.row a').attr('href') ?? '').replace('quiz', 'results');
    mustaqil.lms.unenrol(timur, course.id);
    mustaqil.clock.advance(10 * 60 * 1000);
    await openCourse(mustaqil, course);
    expect((await before.open(page)).status).toBe(200);

    await launchedAgo(timur, 13);
    const after = await openCourse(mustaqil, { ...own, teacher: timur });
    for (const door of [page, results]) expect([door, (await after.open(door)).status]).toEqual([door, 404]);
  });
});
