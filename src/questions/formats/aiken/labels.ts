// The letter before an option. Teachers type it on whichever keyboard is on, and Latin and Cyrillic A, B, C, E look the same on
// every screen; so a letter counts by how it looks as well as by what it is.

/** An option's line: its letter as written, in upper case, and what comes after it. */
export type LabelledLine = { letter: string; text: string };

const latin = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
// Lists are lettered with ё and й or without.
const cyrillic = [[...'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ'], [...'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ']];
const alikes = new Map(
  Object.entries({ А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H', К: 'K', М: 'M', О: 'O', Р: 'P', Т: 'T', Х: 'X', У: 'Y' }),
);
const label = /^\(?([A-Za-zА-Яа-яЁё])[).]\s*/;

/** The most options that have a letter of their own. */
export const mostLetters = latin.length;

/** The letter of the option at a place, from 0. */
export function letterAt(place: number): string {
  return latin[place] ?? '';
}

/** Reads `A) text`, `б. text`, `(C) text`; null for any other line. */
export function labelledLine(line: string): LabelledLine | null {
  const [prefix = '', letter] = label.exec(line) ?? [];
  return letter === undefined ? null : { letter: letter.toUpperCase(), text: line.slice(prefix.length).trim() };
}

/** Whether a list may have this letter at that place, from 0: in the Latin order, the Cyrillic one, or looking like it. */
export function fitsPlace(letter: string, place: number): boolean {
  const orders = [...cyrillic, latin];
  return orders.some((order) => order[place] === letter) || latin[place] === looksLike(letter);
}

/** The place of the option that a key's letter means: the very letter if there is one, else one that looks the same. */
export function placeOf(letter: string, letters: readonly string[]): number | null {
  const same = letters.indexOf(letter);
  const place = same >= 0 ? same : letters.map(looksLike).indexOf(looksLike(letter));
  return place < 0 ? null : place;
}

function looksLike(letter: string): string {
  return alikes.get(letter) ?? letter;
}
