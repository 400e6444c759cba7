// What is to become of the answers that a journal says: pure, so that one attempt and a hundred together are judged alike.
import { isClosed as isQuestionClosed, noWork } from '../../questions/behaviours/work.ts';
import { fieldsOf } from '../../questions/response.ts';
import type { AskedQuestion } from '../../quizzes/quiz.ts';
import type { Attempt } from '../attempt.ts';
import type { AnswerFile } from '../files/answer-file.store.ts';
import { givenAnswer } from '../given-answer.ts';
import { questionAt, type OpenAttempt } from '../save-answers.ts';
import type { Desk } from './desk.ts';
import { isNewer, type EntryPlace } from './entry-order.ts';
import type { EntryOf } from './entry.ts';
import type { SaidAnswer } from './mark-and-save.ts';
import { punctuality, type Punctuality } from './punctual.ts';

/** An answer to a question of the attempt, with what is to become of it. */
export interface Judged extends AskedQuestion {
  entry: EntryOf<'answer'>;
  place: EntryPlace;
  saidAt: Date;
  verdict: Punctuality;
  /** Whether the question is as its page showed it: not closed by a check, nor asked anew since. */
  isAsShown: boolean;
}

/** What an attempt asks, and what was done in it (`contentOf`). */
type Content = Pick<OpenAttempt, 'version' | 'work'> & { attempt: Pick<Attempt, 'id' | 'seed'> };

/** Those that answer a question of the attempt; of the others nothing becomes. */
export function judgeAnswers(
  { momentOf, numberOf, arrivedAt, bounds }: Pick<Desk, 'momentOf' | 'numberOf' | 'arrivedAt' | 'bounds'>,
  { version, work }: Content,
  entries: readonly EntryOf<'answer'>[],
): Judged[] {
  return entries.flatMap((entry): Judged[] => {
    const asked = questionAt(version, entry.field);
    if (!asked) return [];
    const saidAt = momentOf(entry.at);
    const done = work.get(asked.position) ?? noWork;
    const isAsShown = entry.round === done.round && !isQuestionClosed(asked.question, done, version);
    const place = { number: numberOf(entry), sequence: entry.sequence };
    const verdict = punctuality({ saidAt, arrivedAt }, bounds);
    return [{ ...asked, entry, place, saidAt, verdict, isAsShown }];
  });
}

/** Whether it counts like any other, with nothing for the teacher to know. */
export function isPlain({ verdict, isAsShown }: Judged): boolean {
  return verdict === 'counts' && isAsShown;
}

/** The answer as it is to be kept. */
export function saidAnswer(judged: Judged, content: Content & { files: readonly AnswerFile[] }): SaidAnswer {
  const { entry, place, position, saidAt } = judged;
  const answer = givenAnswer(judged, fieldsOf(formOf(entry), entry.field), content);
  return { attemptId: content.attempt.id, position, answer, ...place, saidAt };
}

/** Of several answers to one question of an attempt the one that stands. */
export function lastOfEach(said: readonly SaidAnswer[]): SaidAnswer[] {
  const last = new Map<string, SaidAnswer>();
  for (const one of said) {
    const question = `${one.attemptId} ${one.position}`;
    if (isNewer(one, last.get(question))) last.set(question, one);
  }
  return [...last.values()];
}

/** The fields of an entry as the parser of forms would have left them. */
export function formOf({ values }: EntryOf<'answer'>): Record<string, string[]> {
  const form = new Map<string, string[]>();
  for (const [name, value] of values) form.set(name, [...(form.get(name) ?? []), value]);
  return Object.fromEntries(form);
}
