// A question of a bank: what is known of it besides its words, and what it is found and recognised by.
import { createHash } from 'node:crypto';
import { contentsOf } from '../questions/contents-of.ts';
import { plainText } from '../questions/content.ts';
import { foldText } from '../questions/fold-text.ts';
import { typeOf, variantOf, type Question } from '../questions/question.ts';
import { presentQuestion, type PresentedQuestion } from '../questions/question-view.ts';
import { whatIsAsked } from '../questions/same-question.ts';
import { shuffled } from '../questions/shuffle.ts';

export const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];

/** In which languages questions are written where we are used; by their codes, named by `bank.languages` in src/i18n. */
export const questionLanguages = ['uz', 'uz-Cyrl', 'kaa', 'ky', 'ru', 'tg', 'en'] as const;
export type QuestionLanguage = (typeof questionLanguages)[number];

/** A question of a bank as it is now, and where it is kept. */
export interface BankQuestion {
  id: number;
  key: string;
  courseId: number;
  courseTitle: string | null;
  /** The number of the version that `question` is. */
  version: number;
  question: Question;
  difficulty: Difficulty | null;
  language: QuestionLanguage | null;
  isArchived: boolean;
}

/**
 * Words in the form in which they are searched: case, kind of apostrophe, and whether a letter was typed as the Latin or the Cyrillic
 * one of two look-alikes make no difference, nor does an apostrophe left out.
 */
export function foldWords(text: string): string {
  return foldText(text, { foldsLookAlikes: true }).replaceAll('ʼ', '');
}

/** So much of a question's words is searched; a longer one is found by how it begins. */
const mostWords = 20_000;

/** What the columns of a bank question say of its newest version. */
export function traitsOf(question: Question) {
  const texts = contentsOf(question).map(plainText);
  const words = [question.name, ...(question.tags ?? []), ...texts, ...plainWords(question.details)].join('\n');
  return {
    type: question.type,
    tags: question.tags ?? [],
    words: foldWords(words).slice(0, mostWords),
    asked: createHash('sha256').update(whatIsAsked(question)).digest('hex'),
  };
}

/** Words that a type keeps outside any content: right sides, accepted answers, labels. */
function plainWords(details: unknown): string[] {
  if (Array.isArray(details))
    return details.flatMap((inner) => (typeof inner === 'string' ? inner : plainWords(inner)));
  if (typeof details !== 'object' || details === null) return [];
  return Object.entries(details).flatMap(([name, inner]: [string, unknown]) => {
    if (typeof inner !== 'string') return plainWords(inner);
    return ['right', 'pattern', 'label', 'expression'].includes(name) ? inner : [];
  });
}

/** Whether there is anything to answer. */
export function asks(question: Question): boolean {
  return typeOf(question).marking !== 'none';
}

/** As a learner sees it, options shuffled, nothing answered. */
export function bankView(question: Question): PresentedQuestion {
  return presentQuestion(variantOf(question, 'preview/variant/0'), shuffled('preview/question/0'), null);
}

/** The first words, for lists. */
export function excerptOf(question: Question): string {
  const text = plainText(question.text);
  return text.length > 240 ? `${text.slice(0, 240)}…` : text;
}
