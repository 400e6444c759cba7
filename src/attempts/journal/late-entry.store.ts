// What arrived too late to count by itself, kept for the teacher.
import { and, eq, isNull, lt, max, or, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { lateEntries } from '../../database/tables/journal.ts';
import type { EntryOf } from './entry.ts';
import type { LateReason } from './punctual.ts';

/** An entry that does not count by itself. */
export interface LateEntry {
  entry: EntryOf<'answer'>;
  reason: LateReason;
  saidAt: Date;
}

/** Every question from dozens of pages: whoever has more to say no longer answers a quiz, and what is beyond it is dropped. */
const mostLate = 2000;

/**
 * Keeps late answers of an attempt that the transaction holds: of each client the last one to each question, for no other can count
 * any more. The same a second time changes nothing.
 */
export async function insertLateEntries(
  tx: Transaction,
  attemptId: number,
  entries: readonly LateEntry[],
  { broughtBy, now }: { broughtBy: number | null; now: Date },
): Promise<void> {
  if (entries.length === 0) return;
  const kept = await lastLate(tx, attemptId);
  const last = new Map<string, LateEntry>();
  for (const one of entries) {
    const { sequence } = one.entry;
    const known = last.get(placeOf(one.entry))?.entry.sequence ?? kept.get(placeOf(one.entry)) ?? 0;
    if (sequence > known) last.set(placeOf(one.entry), one);
  }
  const isNew = ({ entry }: LateEntry) => !kept.has(placeOf(entry));
  const [changed, added] = [[...last.values()].filter((one) => !isNew(one)), [...last.values()].filter(isNew)];
  const news = [...changed, ...added.slice(0, Math.max(0, mostLate - kept.size))];
  if (news.length === 0) return;
  await tx
    .insert(lateEntries)
    .values(
      news.map(({ entry, reason, saidAt }) => ({
        ...{ attemptId, clientId: entry.client, sequence: entry.sequence },
        ...{ entry, reason, saidAt, arrivedAt: now, broughtBy },
      })),
    )
    .onConflictDoNothing();
  const overtaken = changed.map(({ entry: { client, field, sequence } }) =>
    and(eq(lateEntries.clientId, client), eq(fieldOf, field), lt(lateEntries.sequence, sequence)),
  );
  if (overtaken.length === 0) return;
  // What a teacher has decided about stays on record.
  await tx
    .delete(lateEntries)
    .where(and(eq(lateEntries.attemptId, attemptId), isNull(lateEntries.countedBy), or(...overtaken)));
}

const fieldOf = sql<string>`${lateEntries.entry} ->> 'field'`;

function placeOf({ client, field }: Pick<EntryOf<'answer'>, 'client' | 'field'>): string {
  return `${client} ${field}`;
}

/** The last sequence of what is kept, by client and question. */
async function lastLate(db: Database, attemptId: number): Promise<Map<string, number>> {
  const rows = await db
    .select({ client: lateEntries.clientId, field: fieldOf, last: max(lateEntries.sequence) })
    .from(lateEntries)
    .where(eq(lateEntries.attemptId, attemptId))
    .groupBy(lateEntries.clientId, fieldOf);
  return new Map(rows.map(({ last, ...place }) => [placeOf(place), last ?? 0]));
}

/** The last sequence that is kept of what a client said late, by question: `q7`. */
export async function listLate(db: Database, attemptId: number, clientId: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ field: fieldOf, last: max(lateEntries.sequence) })
    .from(lateEntries)
    .where(and(eq(lateEntries.attemptId, attemptId), eq(lateEntries.clientId, clientId)))
    .groupBy(fieldOf);
  return new Map(rows.map(({ field, last }) => [field, last ?? 0]));
}
