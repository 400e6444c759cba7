// What an import would add: each question as it was understood, and whether the draft has it already.
import { plainText } from '../questions/content.ts';
import { whatIsAsked } from '../questions/same-question.ts';
import type { Question } from '../questions/question.ts';
import { preview } from './question-cards.ts';
import { isAnswerable } from './quiz.ts';

/** In a longer import only the words of the later questions are shown. */
export const mostViews = 200;

/** `in-draft`: the draft asks the same already. `twice`: an earlier question of this import does. */
export type Duplicate = 'in-draft' | 'twice';

/** A question of an import. */
export interface ImportItem {
  index: number;
  line: number;
  question: Question;
  duplicate: Duplicate | null;
}

/** The questions of an import, with those recognised that are there already. Descriptions may stand anywhere, any number of times. */
export function importItems(
  read: readonly { line: number; question: Question }[],
  draft: readonly Question[],
): ImportItem[] {
  const there = new Set(draft.map(whatIsAsked));
  const seen = new Set<string>();
  return read.map(({ line, question }, index) => {
    const asked = whatIsAsked(question);
    const duplicate = there.has(asked) ? 'in-draft' : seen.has(asked) && isAnswerable(question) ? 'twice' : null;
    seen.add(asked);
    return { index, line, question, duplicate };
  });
}

/** Items as their page shows them; only those that are new are ticked. */
export function presentItems(items: readonly ImportItem[]) {
  let answerable = 0;
  return items.map(({ index, line, question, duplicate }) => ({
    index,
    line,
    duplicate,
    isTicked: duplicate === null,
    type: question.type,
    name: question.name,
    points: question.points,
    asks: isAnswerable(question),
    label: isAnswerable(question) ? (answerable += 1) : null,
    excerpt: plainText(question.text).slice(0, 240),
    view: index < mostViews ? preview(question, index) : null,
  }));
}
