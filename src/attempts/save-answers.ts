// Keeps what a learner answers while the attempt is open.
import type { Database, Transaction } from '../database/database.ts';
import { behaviourOf } from '../questions/behaviours/registry.ts';
import { isClosed as isQuestionClosed, noWork, type GivenAnswer } from '../questions/behaviours/work.ts';
import { filesOf } from '../questions/hand-marking.ts';
import { fieldsOf } from '../questions/response.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import type { AskedQuestion, QuizVersion } from '../quizzes/quiz.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import { askedVersion, type AskedVersion } from './asked.ts';
import type { Attempt, Work } from './attempt.ts';
import { lockAttempt } from './attempt.store.ts';
import { readRound } from './checking/round-field.ts';
import { listWork } from './checking/work.store.ts';
import { fieldName } from './field-name.ts';
import { listFiles, type AnswerFile } from './files/answer-file.store.ts';
import { givenAnswer } from './given-answer.ts';
import { placeOfForm } from './journal/form-sender.ts';
import { markAndSave } from './journal/mark-and-save.ts';
import { answerDigest } from './response-digest.ts';
import { isClosed, timeLeft, type TimeLeft } from './time-limit.ts';
import { findEnd } from './time-limit.store.ts';

/** Why answers were not kept; nothing has changed then. */
export type AnswerRefusal = 'attempt-not-found' | 'already-submitted' | 'time-is-over';

/**
 * Keeps the answers to the named questions, together or not at all. A question that is named but has no value in the form is
 * unanswered from now on; one that is not named stays as it was, so that a script can save one answer at a time. A whole page says
 * in `q7.shown` which answer it first showed, and changes only what is different from that: a page that was left open cannot take
 * back what another one has saved since.
 *
 * @returns what is left of the attempt, by now; null without a limit
 */
export async function saveAnswers(
  { db, now }: { db: Database; now: () => Date },
  whose: { attemptId: number; personId: number },
  sheet: AnswerSheet,
): Promise<{ ok: true; left: TimeLeft | null } | { ok: false; code: AnswerRefusal }> {
  return db.transaction(async (tx) => {
    const open = await openForAnswers(tx, whose, now());
    if (!open.ok) return open;
    await keepAnswers(tx, open, sheet, now());
    return { ok: true, left: timeLeft(open.end, now()) };
  });
}

/** A page of answers as its browser sends it. */
export interface AnswerSheet {
  /** The body of a request. */
  form: unknown;
  /** The names of the questions it speaks of, `q7`; names of no question are passed over. */
  fields: readonly string[];
  /** Which browser sends it (`browserHash`). */
  browser: string | null;
}

/** An open attempt, held by the transaction, with when it ends by itself. */
export interface OpenAttempt {
  attempt: Attempt;
  version: AskedVersion;
  /** What was done in it so far; of a quiz that checks nothing it is not read, for nothing there follows from it. */
  work: Work;
  /** Null: never. */
  end: Date | null;
}

/** The question that a field belongs to; undefined if the attempt asks none there. */
export function questionAt({ questions }: Pick<AskedVersion, 'questions'>, field: string): AskedQuestion | undefined {
  return questions.find(({ position }) => fieldName(position) === field);
}

/** The attempt, if it takes answers. */
export async function openForAnswers(
  tx: Transaction,
  { attemptId, personId }: { attemptId: number; personId: number },
  now: Date,
): Promise<({ ok: true } & OpenAttempt) | { ok: false; code: AnswerRefusal }> {
  const attempt = await lockAttempt(tx, attemptId, personId);
  if (!attempt) return { ok: false, code: 'attempt-not-found' };
  if (!isOpen(attempt)) {
    const isOwnDoing = attempt.submittedAt !== null && !attempt.isTimedOut;
    return { ok: false, code: isOwnDoing ? 'already-submitted' : 'time-is-over' };
  }
  const published = await getVersion(tx, attempt.quizVersionId);
  const end = await findEnd(tx, attempt, published);
  if (isClosed(end, now)) return { ok: false, code: 'time-is-over' };
  return { ok: true, attempt, end, ...(await contentOf(tx, attempt, published)) };
}

/** What an attempt asks, and what was done in it so far as answering it goes by that. */
export async function contentOf(
  tx: Transaction,
  attempt: Attempt,
  published: QuizVersion,
): Promise<Pick<OpenAttempt, 'version' | 'work'>> {
  const work: Work = behaviourOf(published.behaviour).hasChecks ? await listWork(tx, attempt.id) : new Map();
  return { version: askedVersion(attempt, published, work), work };
}

/** The files of an attempt; of one that takes none they are not read. */
export async function filesIn(
  tx: Transaction,
  { attempt, version }: Pick<OpenAttempt, 'attempt' | 'version'>,
): Promise<AnswerFile[]> {
  const takesFiles = version.questions.some(({ question }) => filesOf(question) !== null);
  return takesFiles ? listFiles(tx, [attempt.id]) : [];
}

/**
 * Keeps the answers to the named questions, as `saveAnswers` says; a question that is closed keeps the one it was closed with.
 *
 * @param sheet.asGiven the question whose answer is kept also where the page first showed the same: it is about to be checked
 */
export async function keepAnswers(
  tx: Transaction,
  open: OpenAttempt,
  { form, fields, browser, asGiven }: AnswerSheet & { asGiven?: string },
  now: Date,
): Promise<void> {
  const { attempt, version, work } = open;
  const files = await filesIn(tx, open);
  const changed = version.questions.flatMap((asked): { position: number; answer: GivenAnswer | null }[] => {
    const { question, position } = asked;
    const field = fieldName(position);
    const done = work.get(position) ?? noWork;
    if (!fields.includes(field) || isQuestionClosed(question, done, version)) return [];
    const read = fieldsOf(form, field);
    // What a page says whose question was asked anew since means other options by the same places.
    if (readRound(read) !== done.round) return [];
    const answer = givenAnswer(asked, read, { attempt, version, work, files });
    const [shown] = read('shown');
    return shown === answerDigest(answer) && field !== asGiven ? [] : [{ position, answer }];
  });
  if (changed.length === 0) return;
  const place = await placeOfForm(tx, attempt.id, { form, browser }, now);
  const said = changed.map((answer) => ({ attemptId: attempt.id, ...answer, ...place, saidAt: now }));
  await markAndSave(tx, said, now);
}
