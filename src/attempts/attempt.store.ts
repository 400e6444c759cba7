// Attempts and answers. Every query says whose: an attempt of somebody else is as good as none.
import { and, asc, eq, getTableColumns, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { answers, attempts } from '../database/tables/attempts.ts';
import { quizVersions } from '../database/tables/quizzes.ts';
import type { SubmittedAttempt } from '../quizzes/counting-attempt.ts';
import { heldScore } from '../quizzes/held-score.store.ts';
import type { GivenAnswer } from '../questions/behaviours/work.ts';
import type { QuizSettings } from '../quizzes/quiz.ts';
import type { TimeRules } from '../quizzes/time-rules.ts';
import type { Attempt } from './attempt.ts';
import { grantedMinutes } from './time-grants/time-grant.store.ts';

/** An attempt with the rules of the version it is at, which of several attempts counts and how long each may take, and what it was given. */
export type RuledAttempt = Attempt & TimeRules & Pick<QuizSettings, 'countingAttempt'> & { grantedMinutes: number };

/** The columns of an attempt, with all that. */
export const withRule = {
  ...getTableColumns(attempts),
  countingAttempt: quizVersions.countingAttempt,
  timeLimitMinutes: quizVersions.timeLimitMinutes,
  overdue: quizVersions.overdue,
  overtimeMinutes: quizVersions.overtimeMinutes,
  networkGraceSeconds: quizVersions.networkGraceSeconds,
  grantedMinutes,
};

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

/** One of a person's attempts at a placement, by its number; null if there is none. */
export async function findAttemptAt(
  db: Database,
  { placementId, personId, number }: Pick<Attempt, 'placementId' | 'personId' | 'number'>,
): Promise<Attempt | null> {
  const [attempt] = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.placementId, placementId), eq(attempts.personId, personId), eq(attempts.number, number)));
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

/** What counts of a person's attempts at a placement: those that were handed in, and what those had that were opened again. */
export async function listCounting(
  db: Database,
  placementId: number,
  personId: number,
): Promise<(RuledAttempt & SubmittedAttempt)[]> {
  const held = heldScore(db);
  const rows = await db
    .select({ attempt: withRule, heldPoints: held.points, heldMaximum: held.maximumPoints, heldSince: held.heldSince })
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .leftJoinLateral(held, sql`true`)
    .where(and(eq(attempts.placementId, placementId), eq(attempts.personId, personId)))
    .orderBy(asc(attempts.number));
  return rows.flatMap(({ attempt, heldPoints, heldMaximum, heldSince }) =>
    submitted(
      heldSince ? { ...attempt, submittedAt: heldSince, points: heldPoints, maximumPoints: heldMaximum } : attempt,
    ),
  );
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
  result: Pick<
    RuledAttempt & SubmittedAttempt,
    'submittedAt' | 'isTimedOut' | 'points' | 'maximumPoints' | 'unmarked' | 'guess'
  >,
): Promise<void> {
  await tx.update(attempts).set(result).where(eq(attempts.id, attemptId));
}

/** Closes an attempt that was not handed in on time, where nothing counts then. */
export async function abandonAttempt(tx: Transaction, attemptId: number, abandonedAt: Date): Promise<void> {
  await tx.update(attempts).set({ abandonedAt }).where(eq(attempts.id, attemptId));
}

/** Opens a closed attempt again, with the answers it has. */
export async function reopenAttempt(tx: Transaction, attemptId: number): Promise<void> {
  const open = {
    submittedAt: null,
    abandonedAt: null,
    isTimedOut: false,
    points: null,
    maximumPoints: null,
    unmarked: 0,
  };
  await tx.update(attempts).set(open).where(eq(attempts.id, attemptId));
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
