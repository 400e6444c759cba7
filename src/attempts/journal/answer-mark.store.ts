// Which entry last set each question of an attempt. Whoever asks has found whose attempt it is.
import { and, eq, max, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { answerMarks } from '../../database/tables/journal.ts';
import type { EntryPlace } from './entry-order.ts';

/** An answer as it was said: to which question, by which entry, and when. */
export interface AnswerMark extends EntryPlace {
  attemptId: number;
  position: number;
  saidAt: Date;
}

/** Where the answer that stands was said, by position; a question of which nothing was said has none. */
export async function listMarks(db: Database, attemptId: number): Promise<Map<number, EntryPlace>> {
  const { position, clientNumber, sequence } = answerMarks;
  const rows = await db
    .select({ position, number: clientNumber, sequence })
    .from(answerMarks)
    .where(eq(answerMarks.attemptId, attemptId));
  return new Map(rows.map(({ position: at, ...place }) => [at, place]));
}

/** Moves the marks of questions to entries that are newer. @returns of which of them it did */
export async function moveMarks(
  tx: Transaction,
  marks: readonly AnswerMark[],
  now: Date,
): Promise<(mark: Pick<AnswerMark, 'attemptId' | 'position'>) => boolean> {
  if (marks.length === 0) return () => false;
  const { clientNumber, sequence } = answerMarks;
  const rows = marks.map(({ attemptId, position, number, sequence: said, saidAt }) => ({
    ...{ attempt_id: attemptId, position, client_number: number, sequence: said, said_at: saidAt },
    arrived_at: now,
  }));
  const moved = await tx
    .insert(answerMarks)
    .select(
      sql`select attempt_id, position, client_number, sequence, said_at, arrived_at
        from jsonb_populate_recordset(null::${answerMarks}, ${JSON.stringify(rows)}::jsonb)`,
    )
    .onConflictDoUpdate({
      target: [answerMarks.attemptId, answerMarks.position],
      set: {
        clientNumber: sql`excluded.client_number`,
        sequence: sql`excluded.sequence`,
        saidAt: sql`excluded.said_at`,
        arrivedAt: sql`excluded.arrived_at`,
      },
      // As `comparePlaces` has it.
      setWhere: sql`(${clientNumber}, ${sequence}) < (excluded.client_number, excluded.sequence)`,
    })
    .returning({ attemptId: answerMarks.attemptId, position: answerMarks.position });
  const places = new Set(moved.map(placeOf));
  return (mark) => places.has(placeOf(mark));
}

function placeOf({ attemptId, position }: Pick<AnswerMark, 'attemptId' | 'position'>): string {
  return `${attemptId} ${position}`;
}

/** How much a client is known to have said in answers that stand; 0 for nothing. */
export async function lastSequence(db: Database, attemptId: number, number: number): Promise<number> {
  const [row] = await db
    .select({ last: max(answerMarks.sequence) })
    .from(answerMarks)
    .where(and(eq(answerMarks.attemptId, attemptId), eq(answerMarks.clientNumber, number)));
  return row?.last ?? 0;
}

/** When the last answer that stands was said; null: none was. */
export async function lastSaidAt(db: Database, attemptId: number): Promise<Date | null> {
  const [row] = await db
    .select({ last: max(answerMarks.saidAt) })
    .from(answerMarks)
    .where(eq(answerMarks.attemptId, attemptId));
  return row?.last ?? null;
}
