// What an order is worth, by each of the nine rules of Moodle's qtype_ordering (`grade_response` in its question.php, Moodle 4.4
// and later). There every item always has a place; here one may have none, and then it earns nothing and hides nothing.
import Fraction from 'fraction.js';

/** The rules, each with its name in Moodle's XML. */
export const orderingGradings = [
  'all-or-nothing', // ALL_OR_NOTHING
  'absolute-position', // ABSOLUTE_POSITION
  'relative-next', // RELATIVE_NEXT_EXCLUDE_LAST
  'relative-next-and-last', // RELATIVE_NEXT_INCLUDE_LAST
  'one-previous-and-next', // RELATIVE_ONE_PREVIOUS_AND_NEXT
  'all-previous-and-next', // RELATIVE_ALL_PREVIOUS_AND_NEXT
  'longest-ordered', // LONGEST_ORDERED_SUBSET
  'longest-contiguous', // LONGEST_CONTIGUOUS_SUBSET
  'relative-to-right', // RELATIVE_TO_CORRECT
] as const;

export type OrderingGrading = (typeof orderingGradings)[number];

/** What stands at each place, the first one first: an item, by its place in the right order, or null for none. */
export type Sequence = readonly (number | null)[];

/** @param sequence two places or more, no item twice */
export function orderingShare(grading: OrderingGrading, sequence: Sequence): Fraction {
  const count = sequence.length;
  const followed = countFollowed(sequence);
  const isFirstFirst = Number(sequence[0] === 0);
  const isLastLast = Number(sequence[count - 1] === count - 1);
  switch (grading) {
    case 'all-or-nothing':
      return new Fraction(inPlace(sequence) === count ? 1 : 0);
    case 'absolute-position':
      return new Fraction(inPlace(sequence), count);
    case 'relative-next':
      return new Fraction(followed, count - 1);
    case 'relative-next-and-last':
      return new Fraction(followed + isLastLast, count);
    case 'one-previous-and-next':
      // Of two that follow each other the one has its next and the other its previous.
      return new Fraction(2 * followed + isFirstFirst + isLastLast, 2 * count);
    case 'all-previous-and-next':
      return new Fraction(2 * countPairsInOrder(sequence), count * (count - 1));
    case 'longest-ordered':
      return new Fraction(atLeastTwo(longestOrdered(sequence)), count);
    case 'longest-contiguous':
      return new Fraction(atLeastTwo(longestContiguous(sequence)), count);
    case 'relative-to-right':
      return new Fraction(sumOfNearness(sequence), count * (count - 1));
  }
}

const inPlace = (sequence: Sequence) => sequence.filter((item, place) => item === place).length;

/** How many are directly followed by the one that follows them in the right order. */
const countFollowed = (sequence: Sequence) =>
  sequence.filter((item, place) => item !== null && sequence[place + 1] === item + 1).length;

const placed = (sequence: Sequence) => sequence.filter((item) => item !== null);

/** How many pairs stand in the right order, however far apart. */
function countPairsInOrder(sequence: Sequence): number {
  const items = placed(sequence);
  return items.reduce((sum, item, place) => sum + items.slice(place + 1).filter((later) => later > item).length, 0);
}

/** The most items that stand in the right order once the others are taken out. */
function longestOrdered(sequence: Sequence): number {
  const items = placed(sequence);
  const lengths: number[] = [];
  for (const [place, item] of items.entries()) {
    const before = lengths.filter((_, earlier) => (items[earlier] ?? item) < item);
    lengths[place] = Math.max(0, ...before) + 1;
  }
  return Math.max(0, ...lengths);
}

/** The same, of items that directly follow each other in the right order; in the answer others may stand between them. */
function longestContiguous(sequence: Sequence): number {
  let longest = 0;
  let length = 0;
  let previous = -1;
  for (let item = 0; item < sequence.length; item += 1) {
    const place = sequence.indexOf(item);
    length = place < 0 ? 0 : previous >= 0 && previous < place ? length + 1 : 1;
    previous = place;
    longest = Math.max(longest, length);
  }
  return longest;
}

const atLeastTwo = (length: number) => (length < 2 ? 0 : length);

/** For each item all the other places less its distance from its own. */
function sumOfNearness(sequence: Sequence): number {
  const most = sequence.length - 1;
  return sequence.reduce<number>((sum, item, place) => sum + (item === null ? 0 : most - Math.abs(place - item)), 0);
}
