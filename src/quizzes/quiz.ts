// A quiz as it is taken: its questions, and the order a learner sees them in.
import { isMarkedByHand, type AskingRule, type HandRule } from '../questions/behaviours/work.ts';
import { typeOf, variantOf, type Question } from '../questions/question.ts';
import { asWritten, permutation, shuffled } from '../questions/shuffle.ts';
import type { Order } from '../questions/question-type.ts';
import type { PlacedSection, QuizStructure } from './structure.ts';
import type { TimeRules } from './time-rules.ts';

/** Which of several attempts the gradebook shows. */
export const countingAttempts = ['best', 'last', 'first', 'average'] as const;
export type CountingAttempt = (typeof countingAttempts)[number];

/** How often and how long a learner may try, which try counts, and when and how each question is marked. */
export interface QuizSettings extends AskingRule, TimeRules {
  /** Null: as often as one likes. */
  attemptsAllowed: number | null;
  countingAttempt: CountingAttempt;
  /** Whether a question that its checks have closed may be asked anew in the same attempt. */
  mayRedo: boolean;
  /** Its sections, and which questions are drawn for each attempt. */
  structure: QuizStructure;
}

/** A published version: frozen, so that every attempt is marked by what its learner saw. */
export interface QuizVersion extends QuizSettings {
  id: number;
  quizId: number;
  number: number;
  title: string;
  questions: Question[];
}

/** Whether a machine marks the question. */
export function isMarked(question: Pick<Question, 'type'>): boolean {
  return typeOf(question).marking === 'automatic';
}

/** Whether the question wants an answer; a description wants none. */
export function isAnswerable(question: Pick<Question, 'type'>): boolean {
  return typeOf(question).marking !== 'none';
}

/** Whether a machine marks the question, or people do in such a quiz; whatever it is worth. */
export function isMarkable(question: Pick<Question, 'type'>, { marksByHand }: HandRule): boolean {
  return isMarked(question) || (marksByHand === true && isAnswerable(question));
}

/** Whether the question's points count: a machine marks it, or a person does. */
export function isCounted(question: Pick<Question, 'type' | 'points'>, rule: HandRule): boolean {
  return isMarked(question) || isMarkedByHand(question, rule);
}

/** A question of an attempt. */
export interface AskedQuestion {
  /** Its place in the quiz version, from 0. */
  position: number;
  question: Question;
}

/** All that an attempt asks, in the version's order. */
export interface AskedQuestions {
  questions: readonly AskedQuestion[];
  /** Those of the version. */
  sections: readonly PlacedSection[];
}

/** A question where its learner sees it. */
export interface PlacedQuestion extends AskedQuestion {
  /** As the learner counts, from 1; null for what only informs. */
  label: number | null;
  /** The title of the section that begins here; null where none does, or it has none. */
  heading: string | null;
}

/**
 * The questions in the order of one attempt. They stay in their sections. What only informs stays where its author put it, and
 * questions change places only between two such: they may speak of it.
 *
 * @param seed the attempt's
 */
export function placedQuestions({ questions, sections }: AskedQuestions, seed: string): PlacedQuestion[] {
  const runs: Run[] = [];
  for (const asked of questions) {
    const section = sections.findLast(({ first }) => first <= asked.position);
    if (section !== runs.at(-1)?.section || runs.length === 0) runs.push({ section, questions: [] });
    if (isAnswerable(asked.question)) runs.at(-1)?.questions.push(asked);
    else runs.push({ section, questions: [asked] }, { section, questions: [] });
  }
  let [before, answerable]: [PlacedSection | undefined, number] = [undefined, 0];
  return runs.flatMap((run, index) =>
    inOrder(run, `${seed}/${index}`).map((asked) => {
      const heading = run.section !== before && run.section?.title ? run.section.title : null;
      before = run.section;
      return { ...asked, label: isAnswerable(asked.question) ? (answerable += 1) : null, heading };
    }),
  );
}

/** Questions that may change places. */
interface Run {
  section: PlacedSection | undefined;
  questions: AskedQuestion[];
}

function inOrder({ section, questions }: Run, seed: string): AskedQuestion[] {
  const order = section?.isShuffled ? permutation(seed, questions.length) : asWritten(questions.length);
  return order.flatMap((place) => questions.slice(place, place + 1));
}

/** The order of the options of one question in one attempt; another one each time it is asked anew. */
export function optionOrder(seed: string, position: number, round = 0): Order {
  return shuffled(`${seed}/question/${position}${round === 0 ? '' : `/${round}`}`);
}

/** A question as one attempt asks it: with that attempt's own numbers, if it has variables, and with other ones in each round. */
export function questionFor(seed: string, position: number, question: Question, round = 0): Question {
  return variantOf(question, `${seed}/variant/${position}`, round);
}
