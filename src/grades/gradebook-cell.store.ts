// Gradebook cells: what each should show, who has it in hand, and what came of every try.
import { and, asc, eq, gt, isNotNull, lt, notExists, or, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { courses, people, placements } from '../database/tables/courses.ts';
import { gradebookCells, gradebookColumns, gradeDeliveries } from '../database/tables/grades.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import { isDue, letGo } from './claims.ts';
import type { CountedScore } from './counting-attempt.ts';
import { scoreTimestamp } from './delivery-plan.ts';
import type { CellState } from './grade-status.ts';

/** What a try came to; `unavailable` alone is worth another. */
export type DeliveryOutcome = NonNullable<CellState['lastOutcome']>;

/** A cell in hand: everything needed to post its score, as of the moment it was claimed. */
export interface ClaimedCell {
  id: number;
  placementId: number;
  revision: number;
  tries: number;
  scoreGiven: number;
  scoreMaximum: number;
  scoredAt: Date;
  comment: string;
  timestamp: Date;
  /** Whether this revision may have reached the LMS before, without our learning of it. */
  isRetry: boolean;
  claimedUntil: Date;
  subject: string;
  lineItemUrl: string;
  gradebookScopes: string[];
  registrationId: number;
  deploymentId: string;
  family: string | null;
}

/**
 * Says what the gradebook should show for a learner, in the transaction that decided it. The revision rises only if the score
 * differs from the one wanted before, so handing in ten equal attempts asks for one delivery.
 */
export async function wantScore(
  tx: Transaction,
  { placementId, personId }: { placementId: number; personId: number },
  { points, maximumPoints, scoredAt, comment }: CountedScore & { comment: string },
  now: Date,
): Promise<void> {
  const score = {
    scoreGiven: points.round(5).toString(),
    scoreMaximum: maximumPoints.round(5).toString(),
    scoredAt,
    comment,
  };
  await tx
    .insert(gradebookCells)
    .values({ placementId, personId, ...score, revision: 1, nextTryAt: now })
    .onConflictDoUpdate({
      target: [gradebookCells.placementId, gradebookCells.personId],
      set: { ...score, revision: sql`${gradebookCells.revision} + 1` },
      setWhere: sql`${gradebookCells.scoreGiven} <> excluded.score_given or ${gradebookCells.scoreMaximum} <> excluded.score_maximum`,
    });
}

/** The state of one learner's cell; null if there is none. */
export async function findCell(db: Database, placementId: number, personId: number): Promise<CellState | null> {
  const [cell] = await db
    .select(cellState)
    .from(gradebookCells)
    .where(and(eq(gradebookCells.placementId, placementId), eq(gradebookCells.personId, personId)));
  return cell ?? null;
}

/** The cells of all learners of a placement, by person. */
export async function listCells(db: Database, placementId: number): Promise<Map<number, CellState>> {
  const rows = await db
    .select({ personId: gradebookCells.personId, ...cellState })
    .from(gradebookCells)
    .where(eq(gradebookCells.placementId, placementId));
  return new Map(rows.map(({ personId, ...cell }) => [personId, cell]));
}

const cellState = {
  revision: gradebookCells.revision,
  deliveredRevision: gradebookCells.deliveredRevision,
  lastOutcome: gradebookCells.lastOutcome,
  lastTriedAt: gradebookCells.lastTriedAt,
};

const isOwed = lt(gradebookCells.deliveredRevision, gradebookCells.revision);

/**
 * The column of a cell while it is about to be made or changed, or is in hand: scores go after it. One that the LMS did not
 * answer about holds up no score.
 */
function columnToSettle(tx: Transaction, now: Date) {
  return tx
    .select({ placementId: gradebookColumns.placementId })
    .from(gradebookColumns)
    .where(
      and(
        eq(gradebookColumns.placementId, gradebookCells.placementId),
        lt(gradebookColumns.settledRevision, gradebookColumns.revision),
        or(eq(gradebookColumns.tries, 0), gt(gradebookColumns.claimedUntil, now)),
      ),
    );
}

/**
 * Takes cells that are owed and due, for `leaseMs`; no other process gets them meanwhile, and if this one dies they come free by
 * themselves. The score is read here, just in time. Revision and timestamp are noted as sent before anything is: whatever happens
 * afterwards, the next timestamp is later than any the LMS may have seen.
 */
export async function claimDueCells(
  db: Database,
  { now, limit, leaseMs }: { now: Date; limit: number; leaseMs: number },
): Promise<ClaimedCell[]> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({
        cell: gradebookCells,
        subject: people.subject,
        lineItemUrl: placements.lineItemUrl,
        gradebookScopes: placements.gradebookScopes,
        registrationId: deployments.registrationId,
        deploymentId: deployments.deploymentId,
        family: registrations.family,
      })
      .from(gradebookCells)
      .innerJoin(placements, eq(placements.id, gradebookCells.placementId))
      .innerJoin(courses, eq(courses.id, placements.courseId))
      .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
      .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
      .innerJoin(people, eq(people.id, gradebookCells.personId))
      .where(
        and(
          isOwed,
          isDue(gradebookCells, now),
          notExists(columnToSettle(tx, now)),
          isNotNull(placements.lineItemUrl),
          isNotNull(people.subject),
          eq(deployments.state, 'active'),
          eq(registrations.state, 'active'),
        ),
      )
      .orderBy(asc(gradebookCells.nextTryAt))
      .limit(limit)
      .for('update', { of: gradebookCells, skipLocked: true });
    const claimed: ClaimedCell[] = [];
    for (const { cell, lineItemUrl, subject, ...target } of rows) {
      const timestamp = scoreTimestamp(cell);
      const claimedUntil = new Date(now.getTime() + leaseMs);
      // Never ahead of time: Moodle would keep such a timestamp and refuse every score until then (lti.md §0.7).
      const isTooEarly = timestamp > now;
      await tx
        .update(gradebookCells)
        .set(
          isTooEarly
            ? { nextTryAt: timestamp }
            : {
                claimedUntil,
                sentRevision: cell.revision,
                sentTimestamp: timestamp,
                tries: cell.tries + 1,
              },
        )
        .where(eq(gradebookCells.id, cell.id));
      if (isTooEarly || lineItemUrl === null || subject === null) continue;
      claimed.push({
        ...target,
        subject,
        lineItemUrl,
        timestamp,
        claimedUntil,
        isRetry: cell.sentRevision === cell.revision,
        id: cell.id,
        placementId: cell.placementId,
        revision: cell.revision,
        tries: cell.tries + 1,
        scoreGiven: Number(cell.scoreGiven),
        scoreMaximum: Number(cell.scoreMaximum),
        scoredAt: cell.scoredAt,
        comment: cell.comment,
      });
    }
    return claimed;
  });
}

/**
 * Notes what came of a try, and lets the cell go. Any outcome but `unavailable` settles the revision that was read, and only
 * that one: if the score changed meanwhile, the cell is still owed. Who comes late, after another process has taken the cell over
 * and settled that revision or a later one, changes nothing.
 */
export async function recordDelivery(
  db: Database,
  cell: ClaimedCell,
  result: { outcome: DeliveryOutcome; status: number | null; detail: string },
  { now, nextTryAt }: { now: Date; nextTryAt: Date },
): Promise<void> {
  const isSettled = result.outcome !== 'unavailable';
  await db.transaction(async (tx) => {
    await tx.insert(gradeDeliveries).values({
      ...result,
      cellId: cell.id,
      revision: cell.revision,
      scoreGiven: String(cell.scoreGiven),
      scoreMaximum: String(cell.scoreMaximum),
      triedAt: now,
    });
    await tx
      .update(gradebookCells)
      .set({
        claimedUntil: letGo(gradebookCells, cell.claimedUntil),
        lastOutcome: result.outcome,
        lastTriedAt: now,
        ...(isSettled ? { deliveredRevision: cell.revision, tries: 0, nextTryAt: now } : { nextTryAt }),
      })
      .where(and(eq(gradebookCells.id, cell.id), lt(gradebookCells.deliveredRevision, cell.revision)));
  });
}

/** Frees every claim. Right only where no other process can have one: at the start on an embedded database. */
export async function releaseClaims(db: Database): Promise<void> {
  for (const work of [gradebookCells, gradebookColumns]) {
    await db.update(work).set({ claimedUntil: null }).where(isNotNull(work.claimedUntil));
  }
}
