// Attempts and answers. Every query says whose: an attempt of somebody else is as good as none.
import { and, asc, eq, getTableColumns, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { answers, attempts } from '../database/tables/attempts.ts';
import { quizVersions } from '../database/tables/quizzes.ts';
import type { SubmittedAttempt } from '../quizzes/counting-attempt.ts';
import type { GivenAnswer } from '../questions/behaviours/work.ts';
import type { QuizVersion } from '../quizzes/quiz.ts';
import type { Attempt } from './attempt.ts';

/** An attempt with the rules of the version it is at: which of several attempts counts, and how long each may take. */
export type RuledAttempt = Attempt & Pick<QuizVersion, 'countingAttempt' | 'timeLimitMinutes' | 'networkGraceSeconds'>;

/** The columns of an attempt, with those rules. */
export const withRule = {
  ...getTableColumns(attempts),
  countingAttempt: quizVersions.countingAttempt,
  timeLimitMinutes: quizVersions.timeLimitMinutes,
  networkGraceSeconds: quizVersions.networkGraceSeconds,
};

/** `isOpen` (quizzes/attempt-state.ts), for queries. */
export const isOpenRow = and(isNull(attempts.submittedAt), isNull(attempts.abandonedAt));

/** A person's own attempt; null for any other. */
export async function findAttempt(db: Database, attemptId: number, personId: number): Promise<Attempt | null> {
  const [attempt] = await db.select().from(attempts).where(isOwn(attemptId, personId));
  return attempt ?? null;
}

/**
 * The same, held until the transaction ends: nobody answers or submits it meanwhile.
 *
 * @param whenHeld whether to wait for whoever holds it, or to find none
 */
export async function lockAttempt(
  tx: Transaction,
  attemptId: number,
  personId: number,
  whenHeld: 'wait' | 'skip' = 'wait',
): Promise<Attempt | null> {
  const [attempt] = await tx
    .select()
    .from(attempts)
    .where(isOwn(attemptId, personId))
    .for('update', whenHeld === 'skip' ? { skipLocked: true } : {});
  return attempt ?? null;
}

/** A person's attempts at a placement, the first first. */
export async function listAttempts(db: Database, placementId: number, personId: number): Promise<RuledAttempt[]> {
  return db
    .select(withRule)
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .where(and(eq(attempts.placementId, placementId), eq(attempts.personId, personId)))
    .orderBy(asc(attempts.number));
}

/** Everybody's submitted attempts at a placement, by person. */
export async function listSubmittedByPerson(
  db: Database,
  placementId: number,
): Promise<Map<number, (RuledAttempt & SubmittedAttempt)[]>> {
  const rows = await db
    .select(withRule)
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .where(and(eq(attempts.placementId, placementId), isNotNull(attempts.submittedAt)))
    .orderBy(asc(attempts.number));
  const byPerson = new Map<number, (RuledAttempt & SubmittedAttempt)[]>();
  for (const attempt of rows.flatMap(submitted)) {
    byPerson.set(attempt.personId, [...(byPerson.get(attempt.personId) ?? []), attempt]);
  }
  return byPerson;
}

/** Those of the attempts that were handed in, with what they earned. */
export function submitted(attempt: RuledAttempt): (RuledAttempt & SubmittedAttempt)[] {
  const { submittedAt, points, maximumPoints } = attempt;
  return submittedAt && points && maximumPoints ? [{ ...attempt, submittedAt, points, maximumPoints }] : [];
}

/** Begins an attempt. Returns our key of it. */
export async function insertAttempt(
  tx: Transaction,
  attempt: Pick<Attempt, 'placementId' | 'personId' | 'quizVersionId' | 'number' | 'seed' | 'drawn' | 'startedAt'>,
): Promise<number> {
  const [row] = await tx.insert(attempts).values(attempt).returning({ id: attempts.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}

/** Closes an attempt with what it earned. */
export async function closeAttempt(
  tx: Transaction,
  attemptId: number,
  result: Pick<RuledAttempt & SubmittedAttempt, 'submittedAt' | 'isTimedOut' | 'points' | 'maximumPoints' | 'unmarked'>,
): Promise<void> {
  await tx.update(attempts).set(result).where(eq(attempts.id, attemptId));
}

/** Keeps answers in the place of earlier ones; `null` takes an answer back. */
export async function saveGiven(
  tx: Transaction,
  attemptId: number,
  given: ReadonlyMap<number, GivenAnswer | null>,
  now: Date,
): Promise<void> {
  const kept = [...given].flatMap(([position, answer]) =>
    answer === null ? [] : [{ attemptId, position, ...answer, savedAt: now }],
  );
  const taken = [...given].flatMap(([position, answer]) => (answer === null ? [position] : []));
  if (kept.length > 0) {
    await tx
      .insert(answers)
      .values(kept)
      .onConflictDoUpdate({
        target: [answers.attemptId, answers.position],
        set: { response: sql`excluded.response`, certainty: sql`excluded.certainty`, savedAt: now },
      });
  }
  if (taken.length > 0) {
    await tx.delete(answers).where(and(eq(answers.attemptId, attemptId), inArray(answers.position, taken)));
  }
}

function isOwn(attemptId: number, personId: number) {
  return and(eq(attempts.id, attemptId), eq(attempts.personId, personId));
}
