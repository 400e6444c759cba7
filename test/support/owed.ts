// Grades that are owed all at once, for tests of queues: many students without a browser each.
import { and, eq } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { courses, people, placements } from '../../src/database/tables/courses.ts';
import { deployments, registrations } from '../../src/database/tables/platforms.ts';
import { wantScore } from '../../src/grades/gradebook-cell.store.ts';
import type { TestMustaqil } from './mustaqil.ts';
import type { School } from './people.ts';
import { newStudent } from './school.ts';

/**
 * As if so many new students of the physics course had each just handed in the quiz of an activity, with half the points.
 *
 * @returns the LMS's ids of them
 */
export async function oweGrades(
  { db, clock }: TestMustaqil,
  school: School,
  { activity, count }: { activity: string; count: number },
): Promise<string[]> {
  const [place] = await db
    .select({ placementId: placements.id, deploymentId: deployments.id })
    .from(placements)
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .where(and(eq(placements.resourceLinkId, activity), eq(registrations.issuer, school.lms.registration.issuer)));
  if (!place) throw new Error(`Nobody has opened ${activity} yet`);
  const { placementId, deploymentId } = place;
  const students = Array.from({ length: count }, () => newStudent(school, 'Ada'));
  const now = clock.now();
  const score = { points: new Fraction(1), maximumPoints: new Fraction(2), scoredAt: now, comment: 'Attempt 1' };
  await db.transaction(async (tx) => {
    for (const subject of students) {
      const [person] = await tx
        .insert(people)
        .values({ deploymentId, subject, name: 'Ada', language: 'en' })
        .returning({ id: people.id });
      await wantScore(tx, { placementId, personId: person?.id ?? 0 }, score, { now, basis: 'attempts' });
    }
  });
  return students;
}
