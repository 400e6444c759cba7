// What arrived too late to count by itself, kept for the teacher.
import { and, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { lateEntries } from '../../database/tables/journal.ts';
import type { JournalEntry } from './entry.ts';
import type { LateReason } from './punctual.ts';

/** An entry that does not count by itself. */
export interface LateEntry {
  entry: JournalEntry;
  reason: LateReason;
  saidAt: Date;
}

/** Keeps late entries of an attempt that the transaction holds; the same a second time changes nothing. */
export async function insertLateEntries(
  tx: Transaction,
  attemptId: number,
  entries: readonly LateEntry[],
  { broughtBy, now }: { broughtBy: number | null; now: Date },
): Promise<void> {
  if (entries.length === 0) return;
  await tx
    .insert(lateEntries)
    .values(
      entries.map(({ entry, reason, saidAt }) => ({
        ...{ attemptId, clientId: entry.client, sequence: entry.sequence },
        ...{ entry, reason, saidAt, arrivedAt: now, broughtBy },
      })),
    )
    .onConflictDoNothing();
}

/** Of the entries of a client those that are kept as late. */
export async function listLate(
  db: Database,
  attemptId: number,
  { clientId, sequences }: { clientId: string; sequences: readonly number[] },
): Promise<Set<number>> {
  const rows = await db
    .select({ sequence: lateEntries.sequence })
    .from(lateEntries)
    .where(
      and(
        eq(lateEntries.attemptId, attemptId),
        eq(lateEntries.clientId, clientId),
        inArray(lateEntries.sequence, [...sequences]),
      ),
    );
  return new Set(rows.map(({ sequence }) => sequence));
}
