// The questions of a draft as its list shows them.
import { plainText } from '../questions/content.ts';
import { nameFrom } from '../questions/formats/question-name.ts';
import { presentQuestion, type PresentedQuestion } from '../questions/question-view.ts';
import type { Question } from '../questions/question.ts';
import { shownQuestion, type DraftQuestion } from './draft-question.ts';
import { isAnswerable, optionOrder, questionFor } from './quiz.ts';

/** How many questions one page of a list shows. */
export const cardsOnPage = 100;

/** Which part of a list a page shows; pages count from 1. */
export function pageOfList(page: number, all: number): { page: number; pages: number; from: number; most: number } {
  const pages = Math.max(1, Math.ceil(all / cardsOnPage));
  const shown = Math.min(Math.max(page, 1), pages);
  return { page: shown, pages, from: (shown - 1) * cardsOnPage, most: cardsOnPage };
}

/** The page that an address names. */
export function pageNamed(named: unknown): number {
  return typeof named === 'string' && /^\d{1,6}$/.test(named) ? Number(named) : 1;
}

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

/** @param before how many questions of the list stand before these, and how many of them ask something */
export function cardsOf(
  questions: readonly DraftQuestion[],
  before: { all: number; asking: number } = { all: 0, asking: 0 },
): QuestionCard[] {
  let answerable = before.asking;
  return questions.map((draft, index) => {
    const position = before.all + index;
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
