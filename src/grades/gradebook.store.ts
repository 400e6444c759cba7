// What we know of the gradebook of a placement, for pages and for reading it back.
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { courses, people, placements } from '../database/tables/courses.ts';
import { gradebookColumns } from '../database/tables/grades.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import type { CourseTarget } from '../platforms/course-access.ts';
import type { ColumnFacts } from './column-status.ts';

/** The gradebook of a placement, and how its LMS is asked. */
export interface Gradebook extends ColumnFacts, CourseTarget {
  /** Our key of the deployment, in which a learner's `subject` is unique. */
  deploymentKey: number;
}

/** @throws if there is no such placement */
export async function getGradebook(db: Database, placementId: number): Promise<Gradebook> {
  const [row] = await db
    .select({
      lineItemUrl: placements.lineItemUrl,
      lineItemsUrl: placements.lineItemsUrl,
      gradebookScopes: placements.gradebookScopes,
      column: gradebookColumns,
      courseId: courses.id,
      protocol: registrations.protocol,
      registrationId: deployments.registrationId,
      deploymentId: deployments.deploymentId,
      deploymentKey: deployments.id,
    })
    .from(placements)
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .leftJoin(gradebookColumns, eq(gradebookColumns.placementId, placements.id))
    .where(eq(placements.id, placementId));
  if (!row) throw new Error(`There is no placement ${placementId}`);
  return row;
}

/** Our keys of the people whom the LMS calls so; who is not in it is nobody we know. */
export async function findPeople(
  db: Database,
  deploymentKey: number,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  if (subjects.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, subject: people.subject })
    .from(people)
    .where(and(eq(people.deploymentId, deploymentKey), inArray(people.subject, [...subjects])));
  return new Map(rows.flatMap(({ id, subject }) => (subject === null ? [] : [[subject, id]])));
}
