// When two short texts count as the same: letters matter, how they were typed does not.

// Every sign that stands for an Uzbek apostrophe (oʻ, gʻ, ʼ) on one keyboard or another.
const apostrophes = /['`´ʹʻʼˈ‘’‛′＇]/g;

/**
 * The form in which texts are compared: one case, one kind of space and of apostrophe, accents composed. Never shown.
 */
export function foldText(text: string): string {
  return text.normalize('NFC').replace(apostrophes, 'ʼ').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Whether a `*` in a pattern stands for any characters. */
export function hasWildcard(pattern: string): boolean {
  return pattern.replaceAll('\\*', '').includes('*');
}

/** A pattern as people read it: “…” where anything may stand, and a star for `\*`. */
export function readablePattern(pattern: string): string {
  return pattern.replace(/\\\*|\*+/g, (found) => (found === '\\*' ? '*' : '…'));
}

/**
 * Whether a text fits a pattern in which `*` stands for any characters and `\*` for a star. Both are folded first.
 * Takes time in proportion to the text for each star.
 */
export function fitsPattern(text: string, pattern: string): boolean {
  const literals = foldText(pattern.replaceAll('\\*', '\uFDD0'))
    .split('*')
    .map((literal) => literal.replaceAll('\uFDD0', '*'));
  const folded = foldText(text);
  const [first = '', ...rest] = literals;
  const last = rest.pop();
  if (last === undefined) return folded === first;
  if (folded.length < first.length + last.length || !folded.startsWith(first) || !folded.endsWith(last)) return false;

  let from = first.length;
  const end = folded.length - last.length;
  for (const literal of rest) {
    const found = folded.indexOf(literal, from);
    if (found < 0 || found + literal.length > end) return false;
    from = found + literal.length;
  }
  return true;
}
