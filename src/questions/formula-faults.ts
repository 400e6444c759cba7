// Formulas that TeX cannot make anything of, found while their author can still put them right.
import type { Content } from './content.ts';
import { setMathsAside } from './markup/maths.ts';
import type { Question } from './question.ts';

/** The first formula of a question in which a brace is opened and not closed, or closed and not opened; null if there is none. */
export function unbalancedFormula(question: Question): string | null {
  for (const { source } of contentsIn(question)) {
    const found = setMathsAside(source).formulas.find(({ tex }) => !isBalanced(tex));
    if (found) return found.source;
  }
  return null;
}

function contentsIn(value: unknown): Content[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isContent(value)) return [value];
  return Object.values(value).flatMap(contentsIn);
}

function isContent(value: object): value is Content {
  return 'format' in value && 'source' in value;
}

/** `\{` is a brace that is shown. */
function isBalanced(tex: string): boolean {
  let depth = 0;
  for (const [sign] of tex.matchAll(/\\[^]|[{}]/g)) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
