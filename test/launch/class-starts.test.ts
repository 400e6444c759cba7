// A class that starts together: what one student's launch has in hand keeps no other one waiting, and nothing is there twice.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import type { Transaction } from '../../src/database/database.ts';
import { courses, memberships, people, placements } from '../../src/database/tables/courses.ts';
import { registrations } from '../../src/database/tables/platforms.ts';
import { autoSubmit, holdLaunch } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish } from '../support/people.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const browserAt = async (person: string, activity: string): Promise<Robot> => {
  const robot = await mustaqil.browserOf(person);
  await holdLaunch(robot, mustaqil.lms.activityUrl(activity));
  return robot;
};

describe('A class that starts together', () => {
  test('makes one course and one place of it, whoever comes first', async () => {
    const { lms, db } = mustaqil;
    const { id: courseId } = lms.addCourse({ shortName: 'NEW', title: 'Yangi fan' });
    const { id: activity } = lms.addActivity({ courseId, title: 'Birinchi' });
    const students = Array.from({ length: 8 }, (_, index) => {
      const { id } = lms.addPerson({ givenName: `Talaba ${index}`, familyName: 'Yangi' });
      lms.enrol(id, courseId, 'student');
      return id;
    });
    const robots = await Promise.all(students.map((student) => browserAt(student, activity)));
    await Promise.all(robots.map((robot) => robot.submit(autoSubmit)));
    expect(robots.map(({ page }) => page.status)).toEqual(robots.map(() => 200));
    const [course, ...others] = await db.select().from(courses).where(eq(courses.title, 'Yangi fan'));
    expect(others).toEqual([]);
    expect(await db.$count(placements, eq(placements.courseId, course?.id ?? 0))).toBe(1);
    expect(await db.$count(memberships, eq(memberships.courseId, course?.id ?? 0))).toBe(8);
  });

  // The embedded engine lets in one after another anyway.
  const onServer = globalThis.engine === 'postgres' ? test : test.skip;

  onServer('does not wait for one another: not for the course, nor the place, nor the LMS', async () => {
    await publish(mustaqil);
    await openQuiz(mustaqil, { student: sample.aziz });
    const robots = await Promise.all(
      [sample.aziz, sample.aigul].map((student) => browserAt(student, sample.physics.mechanics)),
    );
    await mustaqil.db.transaction(async (tx) => {
      await holdAll(tx);
      for (const robot of robots) {
        await robot.submit(autoSubmit);
        expect(robot.page.status).toBe(200);
        expect(new URL(robot.page.url).pathname).toMatch(/^\/placements\/\d+\/attempts$/);
      }
    });
    const aigul = await mustaqil.db.select().from(people).where(eq(people.subject, sample.aigul));
    expect(aigul).toHaveLength(1);
  });
});

/** As a launch that writes them would, until the transaction ends. */
async function holdAll(tx: Transaction) {
  for (const table of [courses, placements, registrations]) await tx.select().from(table).for('no key update');
}
