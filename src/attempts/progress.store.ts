// How one learner fares with everything that stands in a course.
import { and, asc, eq, inArray, max, sql } from 'drizzle-orm';
import { dueFor } from '../courses/accommodation.ts';
import { getAccommodation } from '../courses/accommodation.store.ts';
import type { Database } from '../database/database.ts';
import { placements } from '../database/tables/courses.ts';
import { gradebookCells } from '../database/tables/grades.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import { isOpen, type AttemptState } from '../quizzes/attempt-state.ts';
import { whatCounts, type CountedScore } from '../quizzes/counting-attempt.ts';
import { cellState, cellStateOf } from '../grades/gradebook-cell.store.ts';
import { gradeWithoutPoints, learnerGrade, type LearnerGrade } from '../grades/learner-grade.ts';
import { isCountedShown, withPointsShown } from '../quizzes/own-review.ts';
import { newReview } from '../quizzes/quiz-review.ts';
import { listReviews } from '../quizzes/quiz-review.store.ts';
import { listAttemptsAt } from './attempt.store.ts';
import { isCountedLate, withLateness } from './late.ts';

/** One quiz of a course, and how far a learner is with it. */
export interface QuizProgress {
  placementId: number;
  title: string | null;
  /** The learner's own. */
  dueAt: Date | null;
  state: 'not-published' | 'not-begun' | 'open' | 'abandoned' | 'done';
  /** Whether anything was handed in that has points. */
  hasCounted: boolean;
  /** What counts so far; null also where the reader may not see it yet. */
  counted: CountedScore | null;
  /** Whether that was handed in after the learner's own date. */
  isLate: boolean;
  grade: LearnerGrade;
}

/**
 * Every quiz of a course in the order in which they came, with the progress of one person. Six queries, however many there are.
 *
 * @param whose.reader a learner, or their mentor, sees of points what the quiz shows them now; a teacher sees all
 */
export async function listProgress(
  db: Database,
  { courseId, personId, reader }: { courseId: number; personId: number; reader: 'teacher' | 'learner' },
  now: Date,
): Promise<QuizProgress[]> {
  const places = await listPlaces(db, courseId);
  const placementIds = places.map(({ placementId }) => placementId);
  if (placementIds.length === 0) return [];
  const made = await listAttemptsAt(db, placementIds, personId);
  const cells = await db
    .select({ placementId: gradebookCells.placementId, ...cellState })
    .from(gradebookCells)
    .where(and(eq(gradebookCells.personId, personId), inArray(gradebookCells.placementId, placementIds)));
  const accommodation = await getAccommodation(db, courseId, personId);
  const reviews = await listReviews(
    db,
    places.flatMap(({ quizId }) => quizId ?? []),
  );
  return places.map(({ placementId, quizId, title, dueAt, timeLimitMinutes, lineItemUrl, isPublished }) => {
    const own = withLateness(
      made.filter((attempt) => attempt.placementId === placementId),
      dueAt,
      accommodation,
    );
    const { counted } = whatCounts(own);
    const cell = cells.find((one) => one.placementId === placementId) ?? null;
    const grade = learnerGrade(cell && cellStateOf(cell), lineItemUrl !== null, now);
    const { review } = (quizId !== null && reviews.get(quizId)) || newReview;
    const isShown = reader === 'teacher' || isCountedShown(withPointsShown(own, review, { dueAt, accommodation, now }));
    return {
      placementId,
      title,
      dueAt: dueFor(dueAt, timeLimitMinutes, accommodation),
      state: stateOf(own, isPublished),
      hasCounted: counted !== null,
      counted: isShown ? counted : null,
      isLate: isCountedLate(counted, own),
      grade: isShown ? grade : gradeWithoutPoints(grade),
    };
  });
}

function stateOf(made: readonly AttemptState[], isPublished: boolean) {
  if (made.some(({ submittedAt }) => submittedAt !== null)) return 'done';
  if (made.some(isOpen)) return 'open';
  if (made.length > 0) return 'abandoned';
  return isPublished ? 'not-begun' : 'not-published';
}

async function listPlaces(db: Database, courseId: number) {
  const rows = await db
    .select({
      placementId: placements.id,
      quizId: placements.quizId,
      title: placements.title,
      quizTitle: quizzes.title,
      dueAt: placements.dueAt,
      lineItemUrl: placements.lineItemUrl,
      lastVersion: max(quizVersions.number),
      timeLimitMinutes: sql<number | null>`(select ${quizVersions.timeLimitMinutes} from ${quizVersions}
        where ${quizVersions.quizId} = ${placements.quizId} order by ${quizVersions.number} desc limit 1)`,
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
