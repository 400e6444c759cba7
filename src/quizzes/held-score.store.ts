// What an attempt that a teacher opened again counts as until it is handed in again: what it had before, for gradebook and credits
// alike, so that nobody's grade goes down because they were given time.
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { gradeDecisions, scoreChanges } from '../database/tables/grades.ts';
import { isOpenRow } from './open-row.ts';

/** A lateral join to any query of attempts: no row but for those. */
export function heldScore(db: Database) {
  return db
    .select({
      points: scoreChanges.pointsBefore,
      maximumPoints: scoreChanges.maximumBefore,
      heldSince: gradeDecisions.decidedAt,
    })
    .from(scoreChanges)
    .innerJoin(gradeDecisions, eq(gradeDecisions.id, scoreChanges.decisionId))
    .where(
      and(
        isOpenRow,
        eq(scoreChanges.attemptId, attempts.id),
        eq(gradeDecisions.kind, 'reopened'),
        isNotNull(scoreChanges.pointsBefore),
      ),
    )
    .orderBy(desc(scoreChanges.id))
    .limit(1)
    .as('held_score');
}
