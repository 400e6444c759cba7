// What people decided about grades at a placement, and what that did to whom: written once, never changed.
import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type Fraction from 'fraction.js';
import type { Database, Transaction } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { people } from '../database/tables/courses.ts';
import { gradeDecisions, scoreChanges } from '../database/tables/grades.ts';

export type DecisionKind = (typeof gradeDecisions.$inferSelect)['kind'];

/** Points of so many, exact. */
export interface ExactScore {
  points: Fraction;
  maximumPoints: Fraction;
}

/** One learner's score before and after; null: none. `attemptId` is null where it rests on no attempt. */
export interface ScoreChange {
  personId: number;
  attemptId: number | null;
  before: ExactScore | null;
  after: ExactScore | null;
}

/** Writes a decision down with everything it changes. Returns our key of it. */
export async function insertDecision(
  tx: Transaction,
  decision: Omit<typeof gradeDecisions.$inferInsert, 'id'>,
  changes: readonly ScoreChange[],
): Promise<number> {
  const [row] = await tx.insert(gradeDecisions).values(decision).returning({ id: gradeDecisions.id });
  if (!row) throw new Error('An insert gave no row');
  const decisionId = row.id;
  const rows = changes.map(({ personId, attemptId, before, after }) => ({
    ...{ decisionId, personId, attemptId },
    ...{ pointsBefore: before?.points, maximumBefore: before?.maximumPoints },
    ...{ pointsAfter: after?.points, maximumAfter: after?.maximumPoints },
  }));
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await tx.insert(scoreChanges).values(rows.slice(from, from + rowsAtOnce));
  }
  return decisionId;
}

/** PostgreSQL takes 65,535 parameters in one statement. */
const rowsAtOnce = 1000;

/** The decisions at a placement, the newest first, with who made them and how many scores each changed. */
export async function listDecisions(db: Database, placementId: number) {
  return db
    .select({
      id: gradeDecisions.id,
      kind: gradeDecisions.kind,
      reason: gradeDecisions.reason,
      mayLower: gradeDecisions.mayLower,
      decidedAt: gradeDecisions.decidedAt,
      decidedBy: people.name,
      changedCount:
        sql`(select count(*) from ${scoreChanges} where ${scoreChanges.decisionId} = ${gradeDecisions.id})`.mapWith(
          Number,
        ),
    })
    .from(gradeDecisions)
    .innerJoin(people, eq(people.id, gradeDecisions.decidedBy))
    .where(eq(gradeDecisions.placementId, placementId))
    .orderBy(desc(gradeDecisions.id));
}

/** One score that a decision changed. */
export interface RecordedChange {
  personId: number;
  name: string | null;
  /** The attempt's number at its placement; null where the score rests on none. */
  attemptNumber: number | null;
  before: ExactScore | null;
  after: ExactScore | null;
}

/** What each of some decisions did to whom, by our key of the decision; by name, then by attempt. */
export async function listScoreChanges(
  db: Database,
  decisionIds: readonly number[],
): Promise<Map<number, RecordedChange[]>> {
  if (decisionIds.length === 0) return new Map();
  const rows = await db
    .select({ change: scoreChanges, name: people.name, attemptNumber: attempts.number })
    .from(scoreChanges)
    .innerJoin(people, eq(people.id, scoreChanges.personId))
    .leftJoin(attempts, eq(attempts.id, scoreChanges.attemptId))
    .where(inArray(scoreChanges.decisionId, [...decisionIds]))
    .orderBy(asc(people.name), asc(people.id), asc(attempts.number), asc(scoreChanges.id));
  const byDecision = new Map<number, RecordedChange[]>();
  for (const { change, name, attemptNumber } of rows) {
    const recorded = { personId: change.personId, name, attemptNumber, ...scoresOf(change) };
    const changes = byDecision.get(change.decisionId);
    if (changes) changes.push(recorded);
    else byDecision.set(change.decisionId, [recorded]);
  }
  return byDecision;
}

/** How decisions changed the score of one attempt, the newest first. */
export async function listAttemptChanges(
  db: Database,
  attemptId: number,
): Promise<{ decidedAt: Date; before: ExactScore; after: ExactScore }[]> {
  const { pointsBefore, pointsAfter } = scoreChanges;
  const rows = await db
    .select({ change: scoreChanges, decidedAt: gradeDecisions.decidedAt })
    .from(scoreChanges)
    .innerJoin(gradeDecisions, eq(gradeDecisions.id, scoreChanges.decisionId))
    .where(and(eq(scoreChanges.attemptId, attemptId), isNotNull(pointsBefore), isNotNull(pointsAfter)))
    .orderBy(desc(scoreChanges.id));
  return rows.flatMap(({ change, decidedAt }) => {
    const { before, after } = scoresOf(change);
    return before && after ? [{ decidedAt, before, after }] : [];
  });
}

function scoresOf(change: typeof scoreChanges.$inferSelect) {
  const { pointsBefore, maximumBefore, pointsAfter, maximumAfter } = change;
  return { before: scoreIn(pointsBefore, maximumBefore), after: scoreIn(pointsAfter, maximumAfter) };
}

function scoreIn(points: Fraction | null, maximumPoints: Fraction | null): ExactScore | null {
  return points && maximumPoints && { points, maximumPoints };
}
