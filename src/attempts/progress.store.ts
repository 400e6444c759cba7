// How one learner fares with everything that stands in a course.
import { and, asc, eq, inArray, max } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { placements } from '../database/tables/courses.ts';
import { gradebookCells } from '../database/tables/grades.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import { countedScore, countingRule, type CountedScore } from '../grades/counting-attempt.ts';
import { gradeStatus, type GradeStatus } from '../grades/grade-status.ts';
import { submitted, withRule } from './attempt.store.ts';

/** One quiz of a course, and how far a learner is with it. */
export interface QuizProgress {
  placementId: number;
  title: string | null;
  dueAt: Date | null;
  state: 'not-published' | 'not-begun' | 'open' | 'done';
  /** What counts so far; null while nothing was handed in that has points. */
  counted: CountedScore | null;
  grade: GradeStatus;
}

/** Every quiz of a course in the order in which they came, with the progress of one person. Four queries, however many there are. */
export async function listProgress(db: Database, courseId: number, personId: number): Promise<QuizProgress[]> {
  const places = await listPlaces(db, courseId);
  const placementIds = places.map(({ placementId }) => placementId);
  if (placementIds.length === 0) return [];
  const made = await db
    .select(withRule)
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .where(and(eq(attempts.personId, personId), inArray(attempts.placementId, placementIds)))
    .orderBy(asc(attempts.number));
  const cells = await db
    .select()
    .from(gradebookCells)
    .where(and(eq(gradebookCells.personId, personId), inArray(gradebookCells.placementId, placementIds)));
  return places.map(({ placementId, title, dueAt, lineItemUrl, isPublished }) => {
    const own = made.filter((attempt) => attempt.placementId === placementId);
    const done = own.flatMap(submitted);
    const cell = cells.find((one) => one.placementId === placementId) ?? null;
    return {
      placementId,
      title,
      dueAt,
      state: stateOf({ isPublished, made: own.length, done: done.length }),
      counted: countedScore(done, countingRule(done)),
      grade: gradeStatus(cell, lineItemUrl !== null),
    };
  });
}

function stateOf({ isPublished, made, done }: { isPublished: boolean; made: number; done: number }) {
  if (done > 0) return 'done';
  if (made > 0) return 'open';
  return isPublished ? 'not-begun' : 'not-published';
}

async function listPlaces(db: Database, courseId: number) {
  const rows = await db
    .select({
      placementId: placements.id,
      title: placements.title,
      quizTitle: quizzes.title,
      dueAt: placements.dueAt,
      lineItemUrl: placements.lineItemUrl,
      lastVersion: max(quizVersions.number),
    })
    .from(placements)
    .leftJoin(quizzes, eq(quizzes.id, placements.quizId))
    .leftJoin(quizVersions, eq(quizVersions.quizId, quizzes.id))
    .where(and(eq(placements.courseId, courseId), eq(placements.content, 'quiz')))
    .groupBy(placements.id, quizzes.id)
    .orderBy(asc(placements.id));
  return rows.map(({ title, quizTitle, lastVersion, ...place }) => ({
    ...place,
    title: title ?? quizTitle,
    isPublished: lastVersion !== null,
  }));
}
