// Practices and the tries in them. Every query says whose: a practice of somebody else is as good as none.
import { and, asc, desc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { practiceAnswers, practices } from '../../database/tables/self-assessment.ts';
import type { Practice, PracticeTries, PracticeTry } from './practice.ts';

/** A person's own practice; null for any other. */
export async function findPractice(db: Database, practiceId: number, personId: number): Promise<Practice | null> {
  const [practice] = await db
    .select(getTableColumns(practices))
    .from(practices)
    .innerJoin(attempts, eq(attempts.id, practices.attemptId))
    .where(and(eq(practices.id, practiceId), eq(attempts.personId, personId)));
  return practice ?? null;
}

/** Holds a practice until the transaction ends: two tries at once get two numbers. Returns whether it still takes answers. */
export async function holdPractice(tx: Transaction, practiceId: number): Promise<boolean> {
  const [row] = await tx
    .select({ finishedAt: practices.finishedAt })
    .from(practices)
    .where(eq(practices.id, practiceId))
    .for('update');
  return row?.finishedAt === null;
}

/** The practice of an attempt that is not finished; null if there is none. */
export async function findOpenPractice(db: Database, attemptId: number): Promise<Practice | null> {
  const [practice] = await db
    .select()
    .from(practices)
    .where(and(eq(practices.attemptId, attemptId), isNull(practices.finishedAt)))
    .orderBy(desc(practices.id))
    .limit(1);
  return practice ?? null;
}

/** How often an attempt was practised: practices in which anything was tried. */
export async function countPractices(db: Database, attemptId: number): Promise<number> {
  const [row] = await db
    .select({ count: sql`count(distinct ${practices.id})`.mapWith(Number) })
    .from(practices)
    .innerJoin(practiceAnswers, eq(practiceAnswers.practiceId, practices.id))
    .where(eq(practices.attemptId, attemptId));
  return row?.count ?? 0;
}

/** Begins a practice. Returns our key of it. */
export async function insertPractice(
  tx: Transaction,
  practice: Pick<Practice, 'attemptId' | 'seed' | 'positions'> & { startedAt: Date },
): Promise<number> {
  const [row] = await tx.insert(practices).values(practice).returning({ id: practices.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}

/** Says that a practice is over; one that is over already stays as it is. */
export async function finishPractice(tx: Transaction, practiceId: number, now: Date): Promise<void> {
  await tx
    .update(practices)
    .set({ finishedAt: now })
    .where(and(eq(practices.id, practiceId), isNull(practices.finishedAt)));
}

/** All tries of a practice. */
export async function listTries(db: Database, practiceId: number): Promise<PracticeTries> {
  const { place, response, fraction } = practiceAnswers;
  const rows = await db
    .select({ place, response, fraction })
    .from(practiceAnswers)
    .where(eq(practiceAnswers.practiceId, practiceId))
    .orderBy(asc(place), asc(practiceAnswers.number));
  const tries = new Map<number, PracticeTry[]>();
  for (const row of rows) tries.set(row.place, [...(tries.get(row.place) ?? []), row]);
  return tries;
}

/** Keeps a try for ever. @throws if the question has a try of that number in the practice */
export async function insertTry(
  tx: Transaction,
  at: { practiceId: number; place: number; number: number },
  { response, fraction }: PracticeTry,
  now: Date,
): Promise<void> {
  await tx.insert(practiceAnswers).values({ ...at, response, fraction, givenAt: now });
}
