// Scores that go out once more although the same revision was settled: because somebody asks, or because their column changes.
import { and, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { gradebookCells } from '../database/tables/grades.ts';
import { isCellOwed } from './claims.ts';
import { resumeLanes } from './delivery-lane.store.ts';
import { recheckColumn } from './gradebook-column.store.ts';
import { lockCellsAt } from './lock-cells.store.ts';

/** Whose grade at which placement. */
export interface CellOf {
  placementId: number;
  personId: number;
}

const { revision, owedSince, lastOutcome, lastTriedAt, scoreGiven } = gradebookCells;
const isRefused = eq(lastOutcome, 'refused');

/** Due now, and owed once more where the LMS had the final word. */
function dueAt(now: Date) {
  return {
    nextTryAt: now,
    revision: sql`case when ${isCellOwed} then ${revision} else ${revision} + 1 end`,
    owedSince: sql`coalesce(${owedSince}, ${now.toISOString()}::timestamptz)`,
  };
}

/**
 * A teacher wants ours in the place of whatever the gradebook shows; once. Nothing changes where the gradebook shows ours, and
 * where we have no score to put there.
 *
 * @returns whether it goes out
 */
export async function sendOurs(tx: Transaction, cell: CellOf, now: Date): Promise<boolean> {
  const { thereGiven, thereReadAt, registrationId } = gradebookCells;
  const isMissing = and(isNotNull(thereReadAt), isNull(thereGiven));
  const sent = await tx
    .update(gradebookCells)
    // A revision of its own: a try under way knows nothing of this yet.
    .set({ ...dueAt(now), revision: sql`${revision} + 1`, mayOverwrite: true })
    .where(and(isCell(cell), isNotNull(scoreGiven), or(isCellOwed, ne(lastOutcome, 'delivered'), isMissing)))
    .returning({ registrationId });
  await resumeLanes(
    tx,
    sent.map((one) => one.registrationId),
  );
  return sent.length > 0;
}

/** `asked-just-now`: it was tried a moment ago. `nothing-to-send`: there is none, or it is settled. */
export type AskedAgain = { ok: true } | { ok: false; code: 'asked-just-now' | 'nothing-to-send' };

/** A learner's patience may be shorter than this. */
const betweenAskingsMs = 60 * 1000;

/**
 * A learner asks for another try of their own grade, which waits or was refused; at most once a minute, and it overwrites nothing.
 * A column that may have been deleted is looked at again, as when a teacher asks.
 */
export async function askAgain(db: Database, cell: CellOf, now: Date): Promise<AskedAgain> {
  return db.transaction(async (tx) => {
    const [asked] = await tx
      .select({ lastTriedAt, lastOutcome, nextTryAt: gradebookCells.nextTryAt })
      .from(gradebookCells)
      .where(and(isCell(cell), or(isCellOwed, isRefused)))
      .for('update');
    if (!asked) return { ok: false, code: 'nothing-to-send' };
    const sinceMs = now.getTime() - (asked.lastTriedAt?.getTime() ?? 0);
    // What is due already goes out as soon as it can.
    const isDue = asked.lastOutcome !== 'refused' && asked.nextTryAt <= now;
    if (sinceMs < betweenAskingsMs || isDue) return { ok: false, code: 'asked-just-now' };
    if (asked.lastOutcome === 'refused') await recheckColumn(tx, cell.placementId, now);
    await tx.update(gradebookCells).set(dueAt(now)).where(isCell(cell));
    return { ok: true };
  });
}

/** A learner whom the platform could not tell from others there has become known: what waited for that, or was refused for it, is due now. */
export async function sendToKnown(tx: Transaction, cell: CellOf, now: Date): Promise<void> {
  await tx
    .update(gradebookCells)
    .set(dueAt(now))
    .where(and(isCell(cell), or(isCellOwed, isRefused)));
}

/**
 * Has every score of a placement sent once more, also one that is on its way just now: its column is about to be worth other
 * points, and not every LMS scales what it has. The points that stand there may then be so many of the new maximum, and are ours.
 *
 * @param maximum points of the column, before and after
 */
export async function resendScores(
  db: Database,
  placementId: number,
  maximum: { from: number; to: number },
  now: Date,
): Promise<void> {
  const { confirmedGiven, confirmedMaximum, unconfirmed } = gradebookCells;
  const unscaled = sql`jsonb_build_array(jsonb_build_object(
    'points', round(${confirmedGiven} / ${confirmedMaximum} * ${maximum.from}::numeric, 5), 'maximumPoints', ${maximum.to}::numeric))`;
  await db.transaction(async (tx) => {
    await lockCellsAt(tx, placementId);
    await tx
      .update(gradebookCells)
      .set({
        ...dueAt(now),
        revision: sql`${revision} + 1`,
        unconfirmed: sql`case when ${confirmedGiven} is null then ${unconfirmed} else ${unconfirmed} || ${unscaled} end`,
      })
      .where(eq(gradebookCells.placementId, placementId));
  });
}

function isCell({ placementId, personId }: CellOf) {
  return and(eq(gradebookCells.placementId, placementId), eq(gradebookCells.personId, personId));
}
