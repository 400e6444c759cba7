// Which options the cell of the right ones means.
import { foldText } from '../../fold-text.ts';

const alphabets = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ'].map((letters) => [...letters]);

/**
 * The places of options by letters (`B`, `A, C`, `АВ`), by numbers from 1, or by the words of one of them. Where a cell could mean
 * one option by its letter and another by its words, nobody is asked to guess; `B)` means the letter.
 */
export function rightPlaces(right: string, options: readonly string[]): number[] | 'unknown' | 'ambiguous' {
  const same = options.flatMap((option, place) => (foldText(option) === foldText(right) ? [place] : []));
  const labelled = placesLabelled(right, options.length);
  if (right.endsWith(')') && labelled) return labelled;
  if (same.length === 0) return labelled ?? 'unknown';
  if (same.length > 1) return 'ambiguous';
  return labelled === null || labelled.join() === same.join() ? same : 'ambiguous';
}

function placesLabelled(right: string, count: number): number[] | null {
  const parts = /^\p{L}{2,10}$/u.test(right) ? [...right] : right.split(/[\s,;.)]+/).filter((part) => part !== '');
  const places = parts.map((part) => placeLabelled(part, count));
  const known = places.filter((place) => place !== null);
  return known.length > 0 && known.length === places.length ? [...new Set(known)] : null;
}

function placeLabelled(part: string, count: number): number | null {
  const place = /^\d{1,3}$/.test(part)
    ? Number(part) - 1
    : Math.max(...alphabets.map((alphabet) => alphabet.indexOf(part.toUpperCase())));
  return place >= 0 && place < count ? place : null;
}
