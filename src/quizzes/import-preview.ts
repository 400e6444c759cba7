// What an import would add: each question as it was understood, a page of them at a time.
import { typeOf } from '../questions/question.ts';
import type { ImportedQuestion } from './import.store.ts';
import { preview } from './question-cards.ts';

/** How many questions one page shows. */
export const itemsOnPage = 50;

/** The places of a page; pages count from 1. */
export function placesOf(page: number): { from: number; most: number } {
  return { from: (page - 1) * itemsOnPage, most: itemsOnPage };
}

/** The page that an address or a form names; the first where it names none that there is. */
export function pageIn(named: unknown, all: number): number {
  const page = typeof named === 'string' && /^\d{1,6}$/.test(named) ? Number(named) : 1;
  return page >= 1 && page <= pagesFor(all) ? page : 1;
}

export function pagesFor(all: number): number {
  return Math.max(1, Math.ceil(all / itemsOnPage));
}

/** Questions as their page shows them. */
export function presentItems(items: readonly ImportedQuestion[]) {
  return items.map(({ place, line, question, duplicate, isTicked }) => ({
    index: place,
    line,
    duplicate,
    isTicked,
    type: question.type,
    name: question.name,
    points: question.points,
    asks: typeOf(question).marking !== 'none',
    view: preview(question, place),
  }));
}
