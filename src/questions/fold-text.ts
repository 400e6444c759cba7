// When two short texts count as the same: letters matter, how they were typed does not.

// Every sign that stands for an Uzbek apostrophe (oʻ, gʻ, ʼ) on one keyboard or another.
const apostrophes = /['`´ʹʻʼˈ‘’‛′＇]/g;

// Cyrillic letters, and the Latin ones that they look like as small or as capital letters: в and н do only as В and Н.
const cyrillic = 'аеорсухікмтвнѕјһԁԛԝАЕОРСУХІКМТВНЅЈҺԀԚԜ';
const latin = 'aeopcyxikmtbhsjhdqwAEOPCYXIKMTBHSJHDQW';
const lookAlikes = new Map([...cyrillic].map((letter, index) => [letter, latin.charAt(index)]));

// Kyrgyz and Uzbek letters that a Russian keyboard lacks, and what people type there instead.
const missing = 'ңөүқғҳўҢӨҮҚҒҲЎ';
const typedInstead = 'ноукгхуНОУКГХУ';
const substitutes = new Map([...missing].map((letter, index) => [letter, typedInstead.charAt(index)]));

/** How texts are compared, where an author wants it otherwise than usual. */
export type Folding = {
  /** Whether a capital is another letter. Usually it is not. */
  isCaseSensitive?: boolean | undefined;
  /**
   * Whether a Cyrillic letter and the Latin one that looks like it are one, as are ң ө ү қ ғ ҳ ў and the н о у к г х у that stand in
   * for them on a Russian keyboard. Usually they are different.
   */
  foldsLookAlikes?: boolean | undefined;
};

/** Each Cyrillic letter as the Latin one that it looks like, if there is one; case stays. */
export function latinLookAlikes(text: string): string {
  return text.replace(/\p{Script=Cyrillic}/gu, (letter) => lookAlikes.get(letter) ?? letter);
}

/**
 * The form in which texts are compared: one kind of space and of apostrophe, accents composed, and one case if that does not
 * matter. Never shown.
 */
export function foldText(text: string, { isCaseSensitive = false, foldsLookAlikes = false }: Folding = {}): string {
  const tidy = text.normalize('NFC').replace(apostrophes, 'ʼ').replace(/\s+/g, ' ').trim();
  const inCase = isCaseSensitive ? tidy : tidy.toLowerCase();
  if (!foldsLookAlikes) return inCase;
  return latinLookAlikes(inCase.replace(/\p{Script=Cyrillic}/gu, (letter) => substitutes.get(letter) ?? letter));
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
export function fitsPattern(text: string, pattern: string, folding: Folding = {}): boolean {
  const literals = foldText(pattern.replaceAll('\\*', '\uFDD0'), folding)
    .split('*')
    .map((literal) => literal.replaceAll('\uFDD0', '*'));
  const folded = foldText(text, folding);
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
