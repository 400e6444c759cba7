// Finds the TeX in a text and holds it aside while the rest is read as HTML, so that the `<` of a formula is never taken
// for a tag. What stands in for a formula is made of noncharacters, which no text may contain.

/** A formula as it was written, with and without its delimiters. */
export type Formula = { source: string; tex: string; isDisplay: boolean };

const delimiters = [
  { open: '\\(', close: '\\)', isDisplay: false },
  { open: '\\[', close: '\\]', isDisplay: true },
  { open: '$$', close: '$$', isDisplay: true },
] as const;

const opening = /\\\(|\\\[|\$\$/g;
const standIn = /\uFDD0(\d+)\uFDD1/g;

/** The text with each formula replaced by a stand-in, and the formulas in order. Linear in the length of the text. */
export function setMathsAside(text: string): { text: string; formulas: Formula[] } {
  const source = text.replace(/[\uFDD0-\uFDEF]/g, '');
  const formulas: Formula[] = [];
  const unclosed = new Set<string>();
  let out = '';
  let done = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const kind = delimiters.find(({ open }) => open === match?.[0]);
    if (!kind || unclosed.has(kind.close)) continue;
    const start = match.index + kind.open.length;
    const end = source.indexOf(kind.close, start);
    if (end < 0) {
      unclosed.add(kind.close);
      continue;
    }
    const after = end + kind.close.length;
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

/** Puts something in the place of each stand-in. */
export function putMathsBack(text: string, formulas: readonly Formula[], write: (formula: Formula) => string): string {
  return text.replace(standIn, (_, index: string) => {
    const formula = formulas[Number(index)];
    return formula ? write(formula) : '';
  });
}
