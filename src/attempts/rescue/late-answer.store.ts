// Answers that came too late, as they are kept until a teacher counts them.
import { and, asc, count, eq, inArray, isNull } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { people } from '../../database/tables/courses.ts';
import { answerMarks, attemptClients, lateEntries } from '../../database/tables/journal.ts';
import { listVersions } from '../../quizzes/quiz.store.ts';
import { askedCorrections, askedVersion } from '../asked.ts';
import type { Attempt, Work } from '../attempt.ts';
import { listWorkOf } from '../checking/work.store.ts';
import { listAllCorrections } from '../correction.store.ts';
import { listFiles } from '../files/answer-file.store.ts';
import type { EntryPlace } from '../journal/entry-order.ts';
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

/**
 * What counting them would do to attempts at a placement that were handed in, by our key of the attempt; one that has none is not in it.
 * Nine queries, however many there are.
 */
export async function planLate(
  db: Database,
  placementId: number,
  handedIn: readonly Attempt[],
): Promise<Map<number, LatePlan>> {
  const late = await listLateAnswers(db, idsOf(handedIn));
  const having = handedIn.filter(({ id }) => late.has(id));
  if (having.length === 0) return new Map();
  const ids = idsOf(having);
  const works = await listWorkOf(db, ids);
  const versions = await listVersions(db, [...new Set(having.map(({ quizVersionId }) => quizVersionId))]);
  const corrected = await listAllCorrections(db, placementId);
  const files = await listFiles(db, ids);
  const marks = await listMarksOf(db, ids);
  return new Map(
    having.map((attempt) => {
      const work: Work = works.get(attempt.id) ?? new Map();
      const published = versions.find(({ id }) => id === attempt.quizVersionId);
      if (!published) throw new Error(`There is no quiz version ${attempt.quizVersionId}`);
      const version = askedVersion(attempt, published, work);
      const corrections = askedCorrections(attempt, version, work, corrected.get(version.id) ?? new Map());
      const own = files.filter(({ attemptId }) => attemptId === attempt.id);
      const said = { late: late.get(attempt.id) ?? [], marks: marks.get(attempt.id) ?? new Map(), corrections };
      return [attempt.id, planLateAnswers({ attempt, version, work, files: own }, said)];
    }),
  );
}

/** Keeps by which decision all that an attempt has are settled: they count, or were overtaken, or their question takes none. */
export async function settleBy(tx: Transaction, attemptId: number, decisionId: number): Promise<void> {
  await tx
    .update(lateEntries)
    .set({ countedBy: decisionId })
    .where(and(eq(lateEntries.attemptId, attemptId), isNull(lateEntries.countedBy)));
}

const idsOf = (all: readonly Attempt[]) => all.map(({ id }) => id);

async function listLateAnswers(db: Database, attemptIds: readonly number[]): Promise<Map<number, LateAnswer[]>> {
  const { attemptId, entry, sequence, reason, saidAt, arrivedAt } = lateEntries;
  const rows = await db
    .select({ attemptId, entry, sequence, reason, saidAt, arrivedAt, number: attemptClients.number })
    .from(lateEntries)
    .innerJoin(
      attemptClients,
      and(eq(attemptClients.attemptId, attemptId), eq(attemptClients.clientId, lateEntries.clientId)),
    )
    .where(and(inArray(attemptId, [...attemptIds]), isNull(lateEntries.countedBy)));
  const byAttempt = new Map<number, LateAnswer[]>();
  for (const { attemptId: id, number, sequence: said, ...row } of rows) {
    const read = journalEntrySchema.parse(row.entry);
    if (read.kind !== 'answer') continue;
    const answer = { ...row, entry: read, place: { number, sequence: said } };
    byAttempt.set(id, [...(byAttempt.get(id) ?? []), answer]);
  }
  return byAttempt;
}

/** Where the answers that stand were said, by attempt and position. */
async function listMarksOf(db: Database, attemptIds: readonly number[]): Promise<Map<number, Map<number, EntryPlace>>> {
  const { attemptId, position, clientNumber, sequence } = answerMarks;
  const rows = await db
    .select({ attemptId, position, number: clientNumber, sequence })
    .from(answerMarks)
    .where(inArray(attemptId, [...attemptIds]));
  const byAttempt = new Map<number, Map<number, EntryPlace>>();
  for (const { attemptId: id, position: at, ...place } of rows) {
    byAttempt.set(id, (byAttempt.get(id) ?? new Map<number, EntryPlace>()).set(at, place));
  }
  return byAttempt;
}
