// The code of a printed record book: unguessable, and short enough to be typed from paper.

/** No vowels, so that no words come of it, and none of I, L, O, Q, which look like other signs. 16 of these are 68 bits. */
const letters = 'BCDFGHJKMNPRSTVWXYZ';
const groups = 4;
const groupLength = 4;

/** Cyrillic letters that look like some of ours, for keyboards that have those first. */
const twins = new Map([...'ВСНКМРТХУ'].map((twin, place) => [twin, 'BCHKMPTXY'[place] ?? '']));

/** A new code, `BCDF-GHJK-MNPR-STVW`. @param random a whole number from 0 to below `bound`, unpredictable */
export function newPrintCode(random: (bound: number) => number): string {
  const group = () => Array.from({ length: groupLength }, () => letters[random(letters.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** A code as it is kept, from whatever was typed: spaces, hyphens and small letters do not matter. What is no code stays none. */
export function tidyPrintCode(typed: string): string {
  const signs = [...typed.slice(0, 100).toUpperCase()].map((sign) => twins.get(sign) ?? sign);
  const plain = signs.filter((sign) => /[A-Z0-9]/.test(sign)).join('');
  return plain.replace(new RegExp(`.{${groupLength}}(?=.)`, 'g'), '$&-');
}
