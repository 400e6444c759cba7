// How a question of a draft stands to the question of a bank that it is a copy of.
import type { BankQuestion } from '../bank/bank-question.ts';
import type { Question } from '../questions/question.ts';
import type { DraftQuestion } from './draft-question.ts';
import { isSameJson } from './same-json.ts';

/** A copy and its original. */
export interface BankStanding {
  /** The bank question as it is now. */
  original: BankQuestion;
  /** The version that the copy was made of, or went into the bank as. */
  version: number;
  /** Whether the bank says something newer than the copy. */
  isNewer: boolean;
  /** Whether the copy was changed since, in this quiz only; points apart. */
  isEdited: boolean;
}

/** @param linked what the version says that the copy was made of */
export function standingOf(
  { question, bank }: Pick<DraftQuestion, 'question' | 'bank'>,
  original: BankQuestion,
  linked: Question,
): BankStanding {
  const version = bank?.version ?? original.version;
  return {
    original,
    version,
    isNewer: version < original.version && !(question && isSameButPoints(question, original.question)),
    isEdited: !(question && isSameButPoints(question, linked)),
  };
}

/** What the bank says, as the quiz takes it: its points are the quiz's own. */
export function takenFromBank(original: Question, draft: Pick<Question, 'points'>): Question {
  return { ...original, points: original.points === '0' ? '0' : draft.points };
}

/** Whether two say the same; what a question is worth is decided by each quiz. */
export function isSameButPoints(one: Question, other: Question): boolean {
  return isSameJson({ ...one, points: null }, { ...other, points: null });
}
