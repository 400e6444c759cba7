// What happened around an attempt. Rows are only ever added; the same entry is told once.
import { and, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attemptSignals } from '../../database/tables/journal.ts';
import type { Signal } from './signal.ts';

/** So many tell a teacher enough of one attempt; what a page says beyond that is dropped. */
const mostSignals = 500;

/** Keeps signals of an attempt that the transaction holds. */
export async function insertSignals(
  tx: Transaction,
  attemptId: number,
  signals: readonly Signal[],
  now: Date,
): Promise<void> {
  if (signals.length === 0) return;
  const kept = await tx.$count(attemptSignals, eq(attemptSignals.attemptId, attemptId));
  const added = signals.slice(0, Math.max(0, mostSignals - kept));
  if (added.length === 0) return;
  await tx
    .insert(attemptSignals)
    .values(added.map((signal) => ({ attemptId, ...signal, arrivedAt: now })))
    .onConflictDoNothing();
}

/** Of the entries of a client those that a signal stands for. */
export async function listSignalled(
  db: Database,
  attemptId: number,
  { number, sequences }: { number: number; sequences: readonly number[] },
): Promise<Set<number>> {
  const { clientNumber, sequence } = attemptSignals;
  const rows = await db
    .select({ sequence })
    .from(attemptSignals)
    .where(and(eq(attemptSignals.attemptId, attemptId), eq(clientNumber, number), inArray(sequence, [...sequences])));
  return new Set(rows.flatMap((row) => row.sequence ?? []));
}
