// Finds the TeX in a text and holds it aside while the rest is read as HTML, so that the `<` of a formula is never taken
// for a tag. What stands in for a formula is made of noncharacters, which no text may contain.

/** A formula as it was written, with and without its delimiters. */
export type Formula = { source: string; tex: string; isDisplay: boolean };

const delimiters = [
  { open: '\\(', close: '\\)', isDisplay: false },
  { open: '\\[', close: '\\]', isDisplay: true },
  { open: '$$', close: '$$', isDisplay: true },
] as const;

const opening = /\\\(|\\\[|\$\$|`+|^~{3,}/gm;
const standIn = /\uFDD0(\d+)\uFDD1/g;

/**
 * The text with each formula replaced by a stand-in, and the formulas in order. Linear in the length of the text.
 *
 * @param hasCode whether what stands between backticks, or rows of tildes, is code (Markdown), in which nothing is a formula
 */
export function setMathsAside(
  text: string,
  { hasCode = false }: { hasCode?: boolean } = {},
): { text: string; formulas: Formula[] } {
  const source = text.replace(/[\uFDD0-\uFDEF]/g, '');
  const formulas: Formula[] = [];
  const unclosed = new Set<string>();
  let out = '';
  let done = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const found = match[0];
    const kind = delimiters.find(({ open }) => open === found);
    const close = kind?.close ?? found;
    if ((!kind && !hasCode) || unclosed.has(close)) continue;
    const start = match.index + found.length;
    const end = kind ? source.indexOf(close, start) : endOfCode(source, close, start);
    if (end < 0) {
      unclosed.add(close);
      continue;
    }
    const after = end + close.length;
    if (!kind) {
      opening.lastIndex = after;
      continue;
    }
    out += `${source.slice(done, match.index)}\uFDD0${formulas.length}\uFDD1`;
    formulas.push({
      source: source.slice(match.index, after),
      tex: source.slice(start, end),
      isDisplay: kind.isDisplay,
    });
    done = after;
    opening.lastIndex = after;
  }
  return { text: out + source.slice(done), formulas };
}

/** Where the same run of backticks or tildes stands again, as long as the first and not longer; -1 if nowhere. */
function endOfCode(source: string, run: string, from: number): number {
  const character = run.charAt(0);
  let end = source.indexOf(run, from);
  while (end >= 0 && (source[end - 1] === character || source[end + run.length] === character)) {
    // A longer run: past it all, so that no stretch of text is looked at twice.
    let past = end + run.length;
    while (source[past] === character) past += 1;
    end = source.indexOf(run, past);
  }
  return end;
}

/** Puts something in the place of each stand-in. */
export function putMathsBack(text: string, formulas: readonly Formula[], write: (formula: Formula) => string): string {
  return text.replace(standIn, (_, index: string) => {
    const formula = formulas[Number(index)];
    return formula ? write(formula) : '';
  });
}
