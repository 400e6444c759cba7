// The questions of a draft as its list shows them.
import { plainText } from '../questions/content.ts';
import { nameFrom } from '../questions/formats/question-name.ts';
import { presentQuestion, type PresentedQuestion } from '../questions/question-view.ts';
import type { Question } from '../questions/question.ts';
import { shownQuestion, type DraftQuestion } from './draft-question.ts';
import { isAnswerable, optionOrder, questionFor } from './quiz.ts';

/** In a longer list the student's view of each is left to its own page. */
export const mostViews = 100;

const excerptLength = 240;

/** One question of the list. */
export interface QuestionCard {
  key: string;
  revision: number;
  type: Question['type'];
  /** As students count; null for what only informs. */
  label: number | null;
  /** Null where it is only the beginning of the text. */
  name: string | null;
  excerpt: string;
  points: string;
  asks: boolean;
  isFinished: boolean;
  view: PresentedQuestion;
}

export function cardsOf(questions: readonly DraftQuestion[]): QuestionCard[] {
  let answerable = 0;
  return questions.map((draft, position) => {
    const question = shownQuestion(draft);
    const asks = isAnswerable(question);
    const text = plainText(question.text);
    return {
      key: draft.key,
      revision: draft.revision,
      type: question.type,
      label: asks ? (answerable += 1) : null,
      name: question.name === nameFrom(question.text) ? null : question.name,
      excerpt: text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text,
      points: question.points,
      asks,
      isFinished: draft.question !== null,
      view: preview(question, position),
    };
  });
}

/** As a learner sees it, options shuffled, nothing answered. */
export function preview(question: Question, position: number): PresentedQuestion {
  return presentQuestion(questionFor('preview', position, question), optionOrder('preview', position), null);
}
