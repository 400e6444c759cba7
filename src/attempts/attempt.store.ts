// Attempts and answers. Every query says whose: an attempt of somebody else is as good as none.
import { and, asc, eq, getTableColumns, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { answers, attempts } from '../database/tables/attempts.ts';
import { quizVersions } from '../database/tables/quizzes.ts';
import type { CountableAttempt, SubmittedAttempt } from '../quizzes/counting-attempt.ts';
import { heldColumn, heldScore } from '../quizzes/held-score.store.ts';
import type { GivenAnswer } from '../questions/behaviours/work.ts';
import type { TimeRules } from '../quizzes/time-rules.ts';
import type { Attempt } from './attempt.ts';
import { grantedMinutes } from './time-grants/time-grant.store.ts';

/**
 * An attempt with the rules of the version it is at, which of several attempts counts and how long each may take, what it was given, and
 * what it counts as meanwhile where it was opened again.
 */
export type RuledAttempt = Attempt & TimeRules & CountableAttempt & { grantedMinutes: number };

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

/**
 * Attempts that nobody else holds, held until the transaction ends, by our key of them. Whose they are is for their seals to say
 * (journal/open-entries.ts).
 */
export async function lockFree(tx: Transaction, attemptIds: readonly number[]): Promise<Map<number, Attempt>> {
  const rows = await tx
    .select()
    .from(attempts)
    .where(inArray(attempts.id, [...attemptIds]))
    .for('update', { skipLocked: true });
  return new Map(rows.map((attempt) => [attempt.id, attempt]));
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
  return selectRuled(db, () => and(eq(attempts.placementId, placementId), eq(attempts.personId, personId)));
}

/** A person's attempts at several placements, the first first. */
export async function listAttemptsAt(
  db: Database,
  placementIds: readonly number[],
  personId: number,
): Promise<RuledAttempt[]> {
  return selectRuled(db, () => and(eq(attempts.personId, personId), inArray(attempts.placementId, [...placementIds])));
}

/** Everybody's attempts at a placement that count, by person. */
export async function listThatCountByPerson(db: Database, placementId: number): Promise<Map<number, RuledAttempt[]>> {
  const rows = await selectRuled(db, (held) =>
    and(eq(attempts.placementId, placementId), or(isNotNull(attempts.submittedAt), isNotNull(held.points))),
  );
  const byPerson = new Map<number, RuledAttempt[]>();
  for (const attempt of rows) {
    byPerson.set(attempt.personId, [...(byPerson.get(attempt.personId) ?? []), attempt]);
  }
  return byPerson;
}

function selectRuled(db: Database, which: (held: ReturnType<typeof heldScore>) => SQL | undefined) {
  const held = heldScore(db);
  return db
    .select({
      ...getTableColumns(attempts),
      countingAttempt: quizVersions.countingAttempt,
      timeLimitMinutes: quizVersions.timeLimitMinutes,
      overdue: quizVersions.overdue,
      overtimeMinutes: quizVersions.overtimeMinutes,
      networkGraceSeconds: quizVersions.networkGraceSeconds,
      grantedMinutes,
      held: heldColumn(held),
    })
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .leftJoinLateral(held, sql`true`)
    .where(which(held))
    .orderBy(asc(attempts.number));
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

/** What an attempt answers to one of its questions from now on; null: nothing. */
export interface AnswerAt {
  attemptId: number;
  position: number;
  answer: GivenAnswer | null;
}

/** Keeps answers in the place of earlier ones, however many in two queries. */
export async function saveGiven(tx: Transaction, given: readonly AnswerAt[], now: Date): Promise<void> {
  const kept = given.flatMap(({ attemptId, position, answer }) =>
    answer === null ? [] : [{ attempt_id: attemptId, position, ...answer, saved_at: now }],
  );
  const taken = given.filter(({ answer }) => answer === null);
  if (kept.length > 0) {
    await tx
      .insert(answers)
      .select(
        sql`select attempt_id, position, response, certainty, saved_at
          from jsonb_populate_recordset(null::${answers}, ${JSON.stringify(kept)}::jsonb)`,
      )
      .onConflictDoUpdate({
        target: [answers.attemptId, answers.position],
        set: { response: sql`excluded.response`, certainty: sql`excluded.certainty`, savedAt: sql`excluded.saved_at` },
      });
  }
  if (taken.length > 0) {
    const places = taken.map(({ attemptId, position }) => sql`(${attemptId}::bigint, ${position}::int)`);
    await tx.delete(answers).where(sql`(${answers.attemptId}, ${answers.position}) in (${sql.join(places, sql`, `)})`);
  }
}

function isOwn(attemptId: number, personId: number) {
  return and(eq(attempts.id, attemptId), eq(attempts.personId, personId));
}
