// Gradebook cells: what each should show, and where it stands. Who has one in hand is claimed-cell.store.ts.
import { and, eq, sql } from 'drizzle-orm';
import Fraction from 'fraction.js';
import type { Database, Transaction } from '../database/database.ts';
import { courses, people, placements } from '../database/tables/courses.ts';
import { gradebookCells } from '../database/tables/grades.ts';
import { deployments } from '../database/tables/platforms.ts';
import type { PointsOf } from './compare-grade.ts';
import type { CountedScore } from '../quizzes/counting-attempt.ts';
import type { ExactScore } from './decision.store.ts';
import { causeKept } from './delivery-cause.ts';
import type { CellState } from './grade-status.ts';

/** What a gradebook should show for a learner: points of so many, since when, and what the learner reads beside them. */
export type WantedScore = Pick<CountedScore, 'points' | 'maximumPoints' | 'scoredAt'> & { comment: string };

/**
 * Says what the gradebook should show for a learner, in the transaction that decided it. The revision rises only if the score
 * differs from the one wanted before, or rests on something else, so handing in ten equal attempts asks for one delivery. Of who was
 * erased nothing is sent: their cell is settled as it is written.
 *
 * @param basis `zero` where there is no attempt that it rests on: it never takes the place of a score that rests on one
 * @returns whether anything changed
 */
export async function wantScore(
  tx: Transaction,
  { placementId, personId }: { placementId: number; personId: number },
  { points, maximumPoints, scoredAt, comment }: WantedScore,
  { now, basis }: { now: Date; basis: 'attempts' | 'zero' | 'credits' },
): Promise<boolean> {
  const score = {
    basis,
    scoreGiven: points.round(5).toString(),
    scoreMaximum: maximumPoints.round(5).toString(),
    scoredAt,
    comment,
  };
  const { basis: before, scoreGiven, scoreMaximum, revision, deliveredRevision, owedSince } = gradebookCells;
  const changed = await tx
    .insert(gradebookCells)
    .values({
      placementId,
      personId,
      registrationId: gradebookOf(placementId),
      ...score,
      revision: 1,
      deliveredRevision: sql`case when ${isOfErased(personId)} then 1 else 0 end`,
      nextTryAt: now,
      owedSince: sql`case when not ${isOfErased(personId)} then ${now.toISOString()}::timestamptz end`,
    })
    .onConflictDoUpdate({
      target: [gradebookCells.placementId, gradebookCells.personId],
      set: {
        ...score,
        revision: sql`${revision} + 1`,
        deliveredRevision: sql`case when ${isOfErased(personId)} then ${revision} + 1 else ${deliveredRevision} end`,
        // What the score before it ran into need not hold up this one.
        nextTryAt: now,
        owedSince: sql`coalesce(${owedSince}, excluded.owed_since)`,
      },
      setWhere: sql`(${scoreGiven} is distinct from excluded.score_given or ${scoreMaximum} <> excluded.score_maximum
        or ${before} <> excluded.basis) and (${before} <> 'attempts' or excluded.basis <> 'zero')`,
    })
    .returning({ id: gradebookCells.id });
  return changed.length > 0;
}

/**
 * Takes a score back that rests on nothing any more: a zero that was given for nothing handed in, or what a plan counted, in the
 * transaction that decided it. What was never sent is as if it had
 * never been; what may have reached the LMS is owed once more, as no score at all. A score that rests on attempts stays.
 *
 * @returns as much as could be had, and nothing of it; null if there was no such score
 */
export async function takeBackScore(
  tx: Transaction,
  { placementId, personId }: { placementId: number; personId: number },
  now: Date,
  of: 'zero' | 'credits' = 'zero',
): Promise<ExactScore | null> {
  const { basis, scoreMaximum, sentRevision, revision, deliveredRevision, owedSince } = gradebookCells;
  const erased = isOfErased(personId);
  const taken = and(eq(gradebookCells.placementId, placementId), eq(gradebookCells.personId, personId), eq(basis, of));
  const [unsent] = await tx
    .delete(gradebookCells)
    .where(and(taken, eq(sentRevision, 0)))
    .returning({ scoreMaximum });
  const [sent] = await tx
    .update(gradebookCells)
    .set({
      basis: 'taken-back',
      scoreGiven: null,
      scoredAt: now,
      comment: '',
      revision: sql`${revision} + 1`,
      deliveredRevision: sql`case when ${erased} then ${revision} + 1 else ${deliveredRevision} end`,
      owedSince: sql`case when not ${erased} then coalesce(${owedSince}, ${now.toISOString()}::timestamptz) end`,
    })
    .where(taken)
    .returning({ scoreMaximum });
  const gone = unsent ?? sent;
  return gone ? { points: new Fraction(0), maximumPoints: new Fraction(gone.scoreMaximum) } : null;
}

function isOfErased(personId: number) {
  return sql`exists (select from ${people} where ${people.id} = ${personId} and ${people.erasedAt} is not null)`;
}

/** Whose gradebook a placement is in. */
function gradebookOf(placementId: number) {
  return sql<number>`(select ${deployments.registrationId} from ${placements}
    inner join ${courses} on ${courses.id} = ${placements.courseId}
    inner join ${deployments} on ${deployments.id} = ${courses.deploymentId}
    where ${placements.id} = ${placementId})`;
}

/** The state of one learner's cell; null if there is none. */
export async function findCell(db: Database, placementId: number, personId: number): Promise<CellState | null> {
  const [cell] = await db
    .select(cellState)
    .from(gradebookCells)
    .where(and(eq(gradebookCells.placementId, placementId), eq(gradebookCells.personId, personId)));
  return cell ? cellStateOf(cell) : null;
}

/** The cells of all learners of a placement, by person. */
export async function listCells(db: Database, placementId: number): Promise<Map<number, CellState>> {
  const rows = await db
    .select({ personId: gradebookCells.personId, ...cellState })
    .from(gradebookCells)
    .where(eq(gradebookCells.placementId, placementId));
  return new Map(rows.map(({ personId, ...cell }) => [personId, cellStateOf(cell)]));
}

/** The columns that a cell's state follows from. */
export const cellState = {
  basis: gradebookCells.basis,
  revision: gradebookCells.revision,
  deliveredRevision: gradebookCells.deliveredRevision,
  owedSince: gradebookCells.owedSince,
  lastOutcome: gradebookCells.lastOutcome,
  lastCause: gradebookCells.lastCause,
  lastTriedAt: gradebookCells.lastTriedAt,
  scoreGiven: gradebookCells.scoreGiven,
  scoreMaximum: gradebookCells.scoreMaximum,
  confirmedGiven: gradebookCells.confirmedGiven,
  confirmedMaximum: gradebookCells.confirmedMaximum,
  thereGiven: gradebookCells.thereGiven,
  thereMaximum: gradebookCells.thereMaximum,
  thereReadAt: gradebookCells.thereReadAt,
};

type StateRow = Pick<typeof gradebookCells.$inferSelect, keyof typeof cellState>;

/** What was selected by `cellState`, as pages take it. */
export function cellStateOf(row: StateRow): CellState {
  const { basis, revision, deliveredRevision, owedSince, lastOutcome, lastCause, lastTriedAt, thereReadAt } = row;
  return {
    ...{ basis, revision, deliveredRevision, owedSince, lastOutcome, lastTriedAt, thereReadAt },
    lastCause: causeKept(lastCause),
    wanted: pointsOf(row.scoreGiven, row.scoreMaximum),
    confirmed: pointsOf(row.confirmedGiven, row.confirmedMaximum),
    there: pointsOf(row.thereGiven, row.thereMaximum),
  };
}

/** Two columns of a score; null where there is none. */
export function pointsOf(given: string | null, maximum: string | null): PointsOf | null {
  return given === null || maximum === null ? null : { points: Number(given), maximumPoints: Number(maximum) };
}
