// A practice as its page shows it: one question at a time, so that nothing typed in another is lost by checking this one.
import { noWork } from '../../questions/behaviours/work.ts';
import type { Content } from '../../questions/content.ts';
import { markQuestion, stateOf, type QuestionState } from '../../questions/mark-question.ts';
import { presentQuestion, type PresentedQuestion } from '../../questions/question-view.ts';
import type { MayShow } from '../../quizzes/review-settings.ts';
import { isAsked } from '../asked.ts';
import { fieldName } from '../field-name.ts';
import { shownResult, type ShownQuestion } from '../review/shown-question.ts';
import type { HandedIn } from './handed-in.ts';
import {
  isRight,
  nextPlace,
  practisedQuestion,
  type Practice,
  type PracticeTries,
  type PracticeTry,
  type PractisedQuestion,
} from './practice.ts';

export interface PracticeView {
  places: { label: number; state: 'right' | 'tried' | 'untried' }[];
  right: number;
  isOver: boolean;
  /** Null where all is right, or there is no such place. */
  current: PracticeQuestionView | null;
  /** As learners count, from 1: where to go on after the current question; null where all is right. */
  next: number | null;
}

interface PracticeQuestionView {
  /** As learners count, from 1. */
  label: number;
  field: string;
  /** Whether the attempt did not ask it. */
  isSimilar: boolean;
  tries: number;
  /** To be answered; or with its result, once it was right or its answer is looked at. */
  question: PresentedQuestion | ShownQuestion;
  /** What came of the last try; null before the first, and where the question shows it itself. */
  last: { state: QuestionState; feedback: readonly Content[]; hint: Content | null } | null;
}

/**
 * @param at.place from 0; null: the first that was not right yet
 * @param at.showsAnswer whether the right answer is looked at; only of a question that was tried
 */
export function practiceView(
  practice: Practice,
  handedIn: HandedIn,
  tries: PracticeTries,
  at: { place: number | null; showsAnswer: boolean },
): PracticeView {
  const place = at.place ?? nextPlace(practice, tries, -1);
  const next = nextPlace(practice, tries, place ?? -1);
  const practised = place === null ? null : practisedQuestion(practice, handedIn.version, handedIn.corrections, place);
  const stateAt = (index: number) => (isRight(tries, index) ? 'right' : tries.has(index) ? 'tried' : 'untried');
  const places = practice.positions.map((_, index) => ({ label: index + 1, state: stateAt(index) }) as const);
  return {
    places,
    right: places.filter(({ state }) => state === 'right').length,
    isOver: practice.finishedAt !== null,
    current:
      practised && place !== null
        ? {
            label: place + 1,
            field: fieldName(place),
            isSimilar: isSimilar(handedIn, practised),
            ...questionView(practised, tries.get(place) ?? [], handedIn.mayShow, at.showsAnswer),
          }
        : null,
    next: next === null ? null : next + 1,
  };
}

function isSimilar({ attempt, version }: HandedIn, { position, question }: PractisedQuestion): boolean {
  return !isAsked(attempt, version, { position, question: version.questions[position] ?? question });
}

function questionView(
  { question, order }: PractisedQuestion,
  made: readonly PracticeTry[],
  mayShow: MayShow,
  showsAnswer: boolean,
) {
  const last = made.at(-1);
  if (!last) return { tries: 0, question: presentQuestion(question, order, null), last: null };
  const mark = markQuestion(question, last.response);
  const isDone = last.fraction.equals(1) || showsAnswer;
  if (isDone) {
    const work = { ...noWork, saved: { response: last.response, certainty: null } };
    const shown = shownResult({ counting: question, order, work, isCounted: false }, mark, mayShow);
    return { tries: made.length, question: shown.question, last: null };
  }
  return {
    tries: made.length,
    question: presentQuestion(question, order, last.response),
    last: {
      state: stateOf(last.fraction),
      feedback: mayShow('specific-feedback') ? mark.feedback : [],
      hint: question.hints?.[made.length - 1]?.text ?? null,
    },
  };
}
