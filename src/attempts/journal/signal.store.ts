// What happened around an attempt. Rows are only ever added; the same entry is told once.
import { and, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attemptSignals } from '../../database/tables/journal.ts';
import type { Signal } from './signal.ts';

/** What a flapping network says again and again: so many of them tell a teacher enough of one attempt, and more are dropped. */
const repeated: readonly Signal['kind'][] = ['gap', 'came-late'];
const mostRepeated = 500;

/** Keeps signals of an attempt that the transaction holds. */
export async function insertSignals(
  tx: Transaction,
  attemptId: number,
  signals: readonly Signal[],
  now: Date,
): Promise<void> {
  if (signals.length === 0) return;
  const isRepeated = and(eq(attemptSignals.attemptId, attemptId), inArray(attemptSignals.kind, [...repeated]));
  const again = signals.filter(({ kind }) => repeated.includes(kind));
  const kept = again.length > 0 ? await tx.$count(attemptSignals, isRepeated) : 0;
  const dropped = new Set(again.slice(Math.max(0, mostRepeated - kept)));
  const added = signals.filter((signal) => !dropped.has(signal));
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
