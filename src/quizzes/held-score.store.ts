// What an attempt that a teacher opened again counts as until it is handed in again, also where it never is: what it counted as before,
// for gradebook and credits alike, so that nobody's grade goes down because they were given time.
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { gradeDecisions, scoreChanges } from '../database/tables/grades.ts';

/** A lateral join to any query of attempts: no row but for those. */
export function heldScore(db: Database) {
  return db
    .select({
      points: scoreChanges.pointsBefore,
      maximumPoints: scoreChanges.maximumBefore,
      since: gradeDecisions.decidedAt,
    })
    .from(scoreChanges)
    .innerJoin(gradeDecisions, eq(gradeDecisions.id, scoreChanges.decisionId))
    .where(
      and(isNull(attempts.submittedAt), eq(scoreChanges.attemptId, attempts.id), eq(gradeDecisions.kind, 'reopened')),
    )
    .orderBy(desc(scoreChanges.id))
    .limit(1)
    .as('held_score');
}

/** The same as a column `held` of that query: `HeldScore`, or null. */
export function heldColumn({ points, maximumPoints, since }: ReturnType<typeof heldScore>) {
  return { points, maximumPoints, since };
}
