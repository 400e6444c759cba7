// Keeps what a learner answers while the attempt is open.
import type { Database } from '../database/database.ts';
import { fieldsOf, parseResponse } from '../questions/response.ts';
import { optionOrder, versionFor } from '../quizzes/quiz.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import { responseDigest } from './response-digest.ts';
import { lockAttempt, saveResponses } from './attempt.store.ts';
import { isClosed, timeLeft, type TimeLeft } from './time-limit.ts';
import { findEnd } from './time-limit.store.ts';

/** Why answers were not kept; nothing has changed then. */
export type AnswerRefusal = 'attempt-not-found' | 'already-submitted' | 'time-is-over';

/** The form field of a question, by its position in the quiz: `q7`. */
export function fieldName(position: number): string {
  return `q${position}`;
}

/**
 * Keeps the answers to the named questions, together or not at all. A question that is named but has no value in the form is
 * unanswered from now on; one that is not named stays as it was, so that a script can save one answer at a time. A whole page says
 * in `q7.shown` which answer it first showed, and changes only what is different from that: a page that was left open cannot take
 * back what another one has saved since.
 *
 * @param form the body of a request
 * @param fields the names of the questions it speaks of, `q7`; names of no question are passed over
 * @returns what is left of the attempt, by now; null without a limit
 */
export async function saveAnswers(
  { db, now }: { db: Database; now: () => Date },
  { attemptId, personId, form, fields }: { attemptId: number; personId: number; form: unknown; fields: string[] },
): Promise<{ ok: true; left: TimeLeft | null } | { ok: false; code: AnswerRefusal }> {
  return db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, attemptId, personId);
    if (!attempt) return { ok: false, code: 'attempt-not-found' };
    if (attempt.submittedAt) return { ok: false, code: attempt.isTimedOut ? 'time-is-over' : 'already-submitted' };
    const version = versionFor(attempt.seed, await getVersion(tx, attempt.quizVersionId));
    const end = await findEnd(tx, attempt, version);
    if (isClosed(end, now())) return { ok: false, code: 'time-is-over' };
    const responses = version.questions.flatMap((question, position) => {
      const field = fieldName(position);
      if (!fields.includes(field)) return [];
      const read = fieldsOf(form, field);
      const response = parseResponse(question, read, optionOrder(attempt.seed, position));
      const [shown] = read('shown');
      return shown === responseDigest(response) ? [] : [[position, response] as const];
    });
    await saveResponses(tx, attemptId, new Map(responses), now());
    return { ok: true, left: timeLeft(end, now()) };
  });
}
