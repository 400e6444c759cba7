// Checks one answer while the attempt is open: keeps the whole page first, then records the check for ever.
import type { Database, Transaction } from '../../database/database.ts';
import { isCheckable, isClosed, noWork, wasChecked } from '../../questions/behaviours/work.ts';
import { markQuestion } from '../../questions/mark-question.ts';
import type { Question } from '../../questions/question.ts';
import { fieldsOf } from '../../questions/response.ts';
import { askedCorrection, type AskedVersion } from '../asked.ts';
import type { Attempt } from '../attempt.ts';
import { countingQuestion } from '../correction.ts';
import { listCorrections } from '../correction.store.ts';
import { keepAnswers, openForAnswers, questionAt, type AnswerRefusal, type AnswerSheet } from '../save-answers.ts';
import { timeLeft, type TimeLeft } from '../time-limit.ts';
import { readRound } from './round-field.ts';
import { insertCheck, listWork } from './work.store.ts';

/** The part of a question's fields that says how many checks its page showed: `q7.checks`. */
const checksPart = 'checks';

/**
 * What came of it. `not-checkable`: there is no such question, or it is not checked by itself. `nothing-given`: there is no answer.
 * `same-answer`: it was checked before, and costs nothing again. `not-as-shown`: since the page was shown something was checked or
 * closed, as by a first click of two, or in another tab: what is on this page is kept, but its learner has not seen what came of the
 * other.
 */
export type CheckOutcome = 'checked' | 'not-checkable' | 'nothing-given' | 'same-answer' | 'not-as-shown';

/**
 * Keeps the answers in the form and checks the one to a question, together or not at all. The page says how many checks of it it showed,
 * so that a second click checks nothing twice and no try is spent unseen.
 *
 * @param sent.field the question to be checked, `q7`
 */
export async function checkAnswer(
  { db, now }: { db: Database; now: () => Date },
  whose: { attemptId: number; personId: number },
  sent: AnswerSheet & { field: string },
): Promise<{ ok: true; left: TimeLeft | null; outcome: CheckOutcome } | { ok: false; code: AnswerRefusal }> {
  return db.transaction(async (tx) => {
    const open = await openForAnswers(tx, whose, now());
    if (!open.ok) return open;
    const { attempt, version } = open;
    await keepAnswers(tx, open, { ...sent, asGiven: sent.field }, now());
    const asked = questionAt(version, sent.field);
    const read = fieldsOf(sent.form, sent.field);
    const [shown] = read(checksPart);
    const outcome = asked
      ? await check(tx, { attempt, version, ...asked, shown, round: readRound(read) }, now())
      : 'not-checkable';
    return { ok: true, left: timeLeft(open.end, now()), outcome };
  });
}

interface Checked {
  attempt: Attempt;
  version: AskedVersion;
  position: number;
  question: Question;
  /** How many checks the page showed, in words. */
  shown: string | undefined;
  /** Which round of the question it showed. */
  round: number | null;
}

async function check(
  tx: Transaction,
  { attempt, version, position, question, shown, round }: Checked,
  now: Date,
): Promise<CheckOutcome> {
  if (!isCheckable(question, version)) return 'not-checkable';
  const work = (await listWork(tx, attempt.id)).get(position) ?? noWork;
  const { saved, checks } = work;
  if (round !== work.round || shown !== String(checks.length) || isClosed(question, work, version))
    return 'not-as-shown';
  if (saved === null) return 'nothing-given';
  if (wasChecked(saved.response, checks)) return 'same-answer';
  const correction = (await listCorrections(tx, attempt.placementId, version.id)).get(position);
  const own = correction ? askedCorrection(attempt, version, { position, correction }, work.round) : null;
  const counting = countingQuestion(question, own);
  const fraction = markQuestion({ ...counting, points: '1' }, saved.response).points;
  const place = { attemptId: attempt.id, position, number: work.earlierChecks + checks.length + 1 };
  await insertCheck(tx, place, { ...saved, fraction }, now);
  return 'checked';
}
