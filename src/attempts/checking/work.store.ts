// What learners did with the questions of their attempts: what stands as the answer, and what was checked.
import { and, asc, eq, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { answerChecks, answers, attempts, questionRedos } from '../../database/tables/attempts.ts';
import { handMarks } from '../../database/tables/marking.ts';
import { certainties, type Certainty } from '../../questions/behaviours/behaviour.ts';
import { noWork, type AnswerCheck, type QuestionWork } from '../../questions/behaviours/work.ts';
import type { Work } from '../attempt.ts';
import { marksWhere } from '../marking/mark.store.ts';

/** All that was done in an attempt. */
export async function listWork(db: Database, attemptId: number): Promise<Work> {
  const answered = await answersWhere(db, eq(answers.attemptId, attemptId));
  const checked = await checksWhere(db, eq(answerChecks.attemptId, attemptId));
  const redone = checked.length > 0 ? await redosWhere(db, eq(questionRedos.attemptId, attemptId)) : [];
  const marked = await marksWhere(db, eq(handMarks.attemptId, attemptId));
  return workOf(answered, checked, redone, marked).get(attemptId) ?? new Map();
}

/** All that was done in the attempts that were handed in at a placement, by our key of the attempt. Four queries. */
export async function listWorkAt(db: Database, placementId: number): Promise<Map<number, Work>> {
  return workWhere(db, and(eq(attempts.placementId, placementId), isNotNull(attempts.submittedAt)));
}

/** The same in some attempts. */
export async function listWorkOf(db: Database, attemptIds: readonly number[]): Promise<Map<number, Work>> {
  return workWhere(db, inArray(attempts.id, [...attemptIds]));
}

/** Keeps a check for ever. @throws if the question has a check of that number in the attempt */
export async function insertCheck(
  tx: Transaction,
  place: { attemptId: number; position: number; number: number },
  { response, certainty, fraction }: AnswerCheck,
  now: Date,
): Promise<void> {
  await tx.insert(answerChecks).values({ ...place, response, certainty, fraction, checkedAt: now });
}

/** Keeps for ever that a question is asked anew; a second time changes nothing. The answer that stood is taken away. */
export async function insertRedo(
  tx: Transaction,
  place: { attemptId: number; position: number; afterCheck: number },
  now: Date,
): Promise<void> {
  await tx
    .insert(questionRedos)
    .values({ ...place, redoneAt: now })
    .onConflictDoNothing();
  const { attemptId, position } = answers;
  await tx.delete(answers).where(and(eq(attemptId, place.attemptId), eq(position, place.position)));
}

async function workWhere(db: Database, where: SQL | undefined): Promise<Map<number, Work>> {
  return workOf(
    await answersWhere(db, where),
    await checksWhere(db, where),
    await redosWhere(db, where),
    await marksWhere(db, where),
  );
}

async function redosWhere(db: Database, where: SQL | undefined) {
  const { attemptId, position, afterCheck } = questionRedos;
  return db
    .select({ attemptId, position, afterCheck })
    .from(questionRedos)
    .innerJoin(attempts, eq(attempts.id, attemptId))
    .where(where)
    .orderBy(asc(attemptId), asc(position), asc(afterCheck));
}

async function answersWhere(db: Database, where: SQL | undefined) {
  const { attemptId, position, response, certainty } = answers;
  return db
    .select({ attemptId, position, response, certainty })
    .from(answers)
    .innerJoin(attempts, eq(attempts.id, attemptId))
    .where(where);
}

async function checksWhere(db: Database, where: SQL | undefined) {
  const { attemptId, position, response, certainty, fraction, number } = answerChecks;
  return db
    .select({ attemptId, position, number, response, certainty, fraction })
    .from(answerChecks)
    .innerJoin(attempts, eq(attempts.id, attemptId))
    .where(where)
    .orderBy(asc(attemptId), asc(position), asc(number));
}

function workOf(
  answered: Awaited<ReturnType<typeof answersWhere>>,
  checked: Awaited<ReturnType<typeof checksWhere>>,
  redone: Awaited<ReturnType<typeof redosWhere>>,
  marked: Awaited<ReturnType<typeof marksWhere>>,
): Map<number, Work> {
  const byAttempt = new Map<number, Map<number, QuestionWork>>();
  const change = (
    { attemptId, position }: { attemptId: number; position: number },
    add: (work: QuestionWork) => QuestionWork,
  ) => {
    const work = byAttempt.get(attemptId) ?? new Map<number, QuestionWork>();
    byAttempt.set(attemptId, work.set(position, add(work.get(position) ?? noWork)));
  };
  for (const row of answered) {
    const saved = { response: row.response, certainty: asCertainty(row.certainty) };
    change(row, (work) => ({ ...work, saved }));
  }
  // In order: the last one says what the checks are counted from.
  for (const row of redone) {
    change(row, (work) => ({ ...work, round: work.round + 1, earlierChecks: row.afterCheck }));
  }
  for (const row of checked) {
    const check = { response: row.response, certainty: asCertainty(row.certainty), fraction: row.fraction };
    change(row, (work) => (row.number > work.earlierChecks ? { ...work, checks: [...work.checks, check] } : work));
  }
  // In order: the last one counts.
  for (const { place, handMark } of marked) change(place, (work) => ({ ...work, handMark }));
  return byAttempt;
}

function asCertainty(stored: number | null): Certainty | null {
  return certainties.find((certainty) => certainty === stored) ?? null;
}
