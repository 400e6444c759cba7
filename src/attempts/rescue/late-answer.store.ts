// Answers that came too late, as they are kept until a teacher counts them.
import { and, asc, count, eq, isNull } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { people } from '../../database/tables/courses.ts';
import { attemptClients, lateEntries } from '../../database/tables/journal.ts';
import { getVersion } from '../../quizzes/quiz.store.ts';
import { askedCorrections, askedVersion } from '../asked.ts';
import type { Attempt } from '../attempt.ts';
import { listWork } from '../checking/work.store.ts';
import { listCorrections } from '../correction.store.ts';
import { listFiles } from '../files/answer-file.store.ts';
import { listMarks } from '../journal/answer-mark.store.ts';
import { journalEntrySchema } from '../journal/entry.ts';
import { planLateAnswers, type LateAnswer, type LatePlan } from './late-answers.ts';

/** The attempts at a placement of which something came too late and does not count, with whose they are. */
export async function listAttemptsWithLate(
  db: Database,
  placementId: number,
): Promise<{ attempt: Attempt; name: string | null; lateCount: number }[]> {
  return db
    .select({ attempt: attempts, name: people.name, lateCount: count() })
    .from(lateEntries)
    .innerJoin(attempts, eq(attempts.id, lateEntries.attemptId))
    .innerJoin(people, eq(people.id, attempts.personId))
    .where(and(eq(attempts.placementId, placementId), isNull(lateEntries.countedBy)))
    .groupBy(attempts.id, people.id)
    .orderBy(asc(people.name), asc(attempts.id));
}

/** How many answers of an attempt came too late and do not count. */
export async function countLate(db: Database, attemptId: number): Promise<number> {
  return db.$count(lateEntries, and(eq(lateEntries.attemptId, attemptId), isNull(lateEntries.countedBy)));
}

/** What counting them would do to an attempt that was handed in; null where there are none. */
export async function planLate(db: Database, attempt: Attempt): Promise<LatePlan | null> {
  const late = await listLateAnswers(db, attempt.id);
  if (late.length === 0) return null;
  const work = await listWork(db, attempt.id);
  const version = askedVersion(attempt, await getVersion(db, attempt.quizVersionId), work);
  const listed = await listCorrections(db, attempt.placementId, version.id);
  const corrections = askedCorrections(attempt, version, work, listed);
  const content = { attempt, version, work, files: await listFiles(db, [attempt.id]) };
  return planLateAnswers(content, { late, marks: await listMarks(db, attempt.id), corrections });
}

/** Keeps by which decision all that an attempt has are settled: they count, or were overtaken, or their question takes none. */
export async function settleBy(tx: Transaction, attemptId: number, decisionId: number): Promise<void> {
  await tx
    .update(lateEntries)
    .set({ countedBy: decisionId })
    .where(and(eq(lateEntries.attemptId, attemptId), isNull(lateEntries.countedBy)));
}

async function listLateAnswers(db: Database, attemptId: number): Promise<LateAnswer[]> {
  const { entry, sequence, reason, saidAt, arrivedAt } = lateEntries;
  const rows = await db
    .select({ entry, sequence, reason, saidAt, arrivedAt, number: attemptClients.number })
    .from(lateEntries)
    .innerJoin(
      attemptClients,
      and(eq(attemptClients.attemptId, lateEntries.attemptId), eq(attemptClients.clientId, lateEntries.clientId)),
    )
    .where(and(eq(lateEntries.attemptId, attemptId), isNull(lateEntries.countedBy)));
  return rows.flatMap((row) => {
    const read = journalEntrySchema.parse(row.entry);
    if (read.kind !== 'answer') return [];
    const place = { number: row.number, sequence: row.sequence };
    return [{ entry: read, place, reason: row.reason, saidAt: row.saidAt, arrivedAt: row.arrivedAt }];
  });
}
