// Nobody holds a right in a course that no launch has let them into, whatever role is written beside their name.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { findCourseFor } from '../../src/courses/course.store.ts';
import { findPlacementFor } from '../../src/courses/placement.store.ts';
import { courses, memberships, people, placements } from '../../src/database/tables/courses.ts';
import type { CourseRole } from '../../src/lti/roles.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';

let mustaqil: TestMustaqil;
let courseId: number;
let placementId: number;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await openAsTeacher(mustaqil);
  await mustaqil.roster.settled();
  const [course] = await mustaqil.db.select().from(courses);
  const [placement] = await mustaqil.db.select().from(placements);
  courseId = course?.id ?? 0;
  placementId = placement?.id ?? 0;
});
afterAll(() => mustaqil.stop());

async function whatIsOpenTo(personId: number) {
  const { db } = mustaqil;
  return [await findCourseFor(db, personId, courseId), await findPlacementFor(db, personId, placementId)];
}

const everyRole: CourseRole[] = ['instructor', 'assistant', 'author', 'learner', 'mentor', 'guest'];

describe('Rashid, whom only a list names', () => {
  test.each(everyRole)('as %s, finds no course and no activity (lti.md 114)', async (role) => {
    const { db } = mustaqil;
    const { deploymentId } = (await db.select().from(courses))[0] ?? { deploymentId: 0 };
    const [rashid] = await db
      .insert(people)
      .values({ deploymentId, subject: `rashid-${role}`, language: 'uz' })
      .returning();
    await db.insert(memberships).values({ courseId, personId: rashid?.id ?? 0, role, launchedAt: null });
    expect(await whatIsOpenTo(rashid?.id ?? 0)).toEqual([null, null]);

    await db
      .update(memberships)
      .set({ launchedAt: mustaqil.clock.now() })
      .where(and(eq(memberships.courseId, courseId), eq(memberships.personId, rashid?.id ?? 0)));
    expect(await whatIsOpenTo(rashid?.id ?? 0)).toMatchObject([{ role }, { role }]);
  });
});

test('Mallory, who has launched another course of the same LMS, finds neither', async () => {
  await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
  const [mallory] = await mustaqil.db.select().from(people).where(eq(people.subject, sample.mallory));
  expect(await whatIsOpenTo(mallory?.id ?? 0)).toEqual([null, null]);
});
