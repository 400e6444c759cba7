// The quizzes of a person's plans as that person meets them: until when, and whether points may be seen yet. What an attempt gave counts in
// credits at once; before the quiz shows it, nothing here may give it away.
import { and, inArray, eq, isNotNull, or, sql } from 'drizzle-orm';
import { dueFor, noAccommodation, type Accommodation } from '../../courses/accommodation.ts';
import type { Database } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { placements } from '../../database/tables/courses.ts';
import { quizzes, quizVersions } from '../../database/tables/quizzes.ts';
import { heldColumn, heldScore } from '../../quizzes/held-score.store.ts';
import { isCountedShown, withPointsShown } from '../../quizzes/own-review.ts';
import { newReview, parseReview } from '../../quizzes/quiz-review.ts';
import { groupBy } from '../group-by.ts';

/** A quiz of a plan, for one person. */
export interface QuizPlace {
  /** The person's own; null: nothing is due. */
  dueAt: Date | null;
  /** Whether the person would have less time without what their teacher gave them. */
  isOwnDue: boolean;
  /** Whether what counts of their attempts may be said now. */
  arePointsShown: boolean;
}

/** By our key of the placement; two queries. @param accommodations the person's, by course */
export async function listQuizPlaces(
  db: Database,
  { personId, placementIds }: { personId: number; placementIds: readonly number[] },
  accommodations: ReadonlyMap<number, Accommodation>,
  now: Date,
): Promise<Map<number, QuizPlace>> {
  if (placementIds.length === 0) return new Map();
  const places = await listPlaces(db, placementIds);
  const made = groupBy(await listThatCount(db, personId, placementIds), ({ placementId }) => placementId);
  return new Map(
    places.map(({ placementId, courseId, dueAt, timeLimitMinutes, review }) => {
      const accommodation = accommodations.get(courseId) ?? noAccommodation;
      const own = dueFor(dueAt, timeLimitMinutes, accommodation);
      const attempts = withPointsShown(made.get(placementId) ?? [], review, { dueAt, accommodation, now });
      const isOwnDue = own?.getTime() !== dueAt?.getTime();
      return [placementId, { dueAt: own, isOwnDue, arePointsShown: isCountedShown(attempts) }];
    }),
  );
}

async function listPlaces(db: Database, placementIds: readonly number[]) {
  const rows = await db
    .select({
      placementId: placements.id,
      courseId: placements.courseId,
      dueAt: placements.dueAt,
      quizId: quizzes.id,
      review: quizzes.review,
      overallFeedback: quizzes.overallFeedback,
      timeLimitMinutes: sql<number | null>`(select ${quizVersions.timeLimitMinutes} from ${quizVersions}
        where ${quizVersions.quizId} = ${placements.quizId} order by ${quizVersions.number} desc limit 1)`,
    })
    .from(placements)
    .leftJoin(quizzes, eq(quizzes.id, placements.quizId))
    .where(inArray(placements.id, [...placementIds]));
  return rows.map(({ quizId, review, overallFeedback, ...place }) => ({
    ...place,
    review: (quizId === null ? newReview : parseReview({ review, overallFeedback })).review,
  }));
}

async function listThatCount(db: Database, personId: number, placementIds: readonly number[]) {
  const held = heldScore(db);
  return db
    .select({
      placementId: attempts.placementId,
      submittedAt: attempts.submittedAt,
      abandonedAt: attempts.abandonedAt,
      held: heldColumn(held),
      timeLimitMinutes: quizVersions.timeLimitMinutes,
    })
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .leftJoinLateral(held, sql`true`)
    .where(
      and(
        eq(attempts.personId, personId),
        inArray(attempts.placementId, [...placementIds]),
        or(isNotNull(attempts.submittedAt), isNotNull(held.points)),
      ),
    );
}
