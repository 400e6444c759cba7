// Where the sections of a draft begin while its questions are moved, added, deleted and put back. A section of a draft knows the
// question that it begins with, by that question's key; a published version counts, and never changes.
import type { QuizStructure, Section } from './structure.ts';

/** A question of the draft that wants an answer, deleted or not; in a list they stand as the draft has them. */
export interface ListedQuestion {
  key: string;
  isDeleted: boolean;
}

/**
 * Each section with the question that it begins with, where it knew none, or one of another draft: the one that it counts to.
 *
 * @param list of the draft
 */
export function anchored({ sections, draws }: QuizStructure, list: readonly ListedQuestion[]): QuizStructure {
  const known = new Set(list.map(({ key }) => key));
  const there = list.filter(({ isDeleted }) => !isDeleted);
  return {
    draws,
    sections: sections.map(({ key, ...section }) => {
      const own = key !== undefined && known.has(key) ? key : there[section.from - 1]?.key;
      return own === undefined ? section : { ...section, key: own };
    }),
  };
}

/**
 * The sections as they count now that the list is another: each begins with the first of its questions that is there, so a deleted
 * question takes its section back when it returns. Of a section without questions the next one begins at the same place.
 */
export function counted({ sections, draws }: QuizStructure, list: readonly ListedQuestion[]): QuizStructure {
  const before = new Map<string, number>();
  let there = 0;
  for (const { key, isDeleted } of list) {
    before.set(key, there);
    if (!isDeleted) there += 1;
  }
  const starts = sections.map((section) => {
    const start = section.key === undefined ? undefined : before.get(section.key);
    return start === undefined ? section : { ...section, from: start + 1 };
  });
  const placeOf = placesIn(list);
  const late = (section: Section) => placeOf(section.key) ?? list.length;
  return { draws, sections: starts.sort((one, other) => one.from - other.from || late(one) - late(other)) };
}

/**
 * The structure after questions have changed places, as from `before` to `after`: so that as few questions as can be are in another
 * section than they were. A new question is in that of the question before it. A section keeps its question if none is left.
 *
 * @param moved the one question that was moved, if it was one: it rather than another changes its section
 */
export function following(
  structure: QuizStructure,
  { before, after }: { before: readonly ListedQuestion[]; after: readonly ListedQuestion[] },
  moved: string | null = null,
): QuizStructure {
  const { sections, draws } = counted(structure, before);
  const placeOf = placesIn(before);
  const anchors = sections.map(({ key }) => placeOf(key));
  const sectionOf = new Map(
    before.map(({ key }, place) => [key, anchors.findLastIndex((anchor) => anchor !== undefined && anchor <= place)]),
  );
  // All the deleted ones together weigh less than one that is there.
  const whole = 2 * (after.length + 1);
  const starts = fewestChanges(
    after.map(({ key, isDeleted }) => ({
      own: sectionOf.get(key),
      weight: isDeleted ? 1 : key === moved ? whole / 2 : whole,
    })),
    sections.length,
  );
  const begun = sections.map((section, index): Section => {
    const key = after[starts[index] ?? -1]?.key;
    return key === undefined ? section : { ...section, key };
  });
  return counted({ sections: begun, draws }, after);
}

function placesIn(list: readonly ListedQuestion[]): (key: string | undefined) => number | undefined {
  const places = new Map<string | undefined, number>(list.map(({ key }, place) => [key, place]));
  return (key) => places.get(key);
}

/**
 * Where each section begins (a place in the list; undefined: it has no question) so that the weights of those that are not in their
 * own sum up to the least; of several ways that in which sections begin latest.
 *
 * @param list of each question the section that it was in: -1 for what stands before the first, undefined for none
 */
function fewestChanges(
  list: readonly { own: number | undefined; weight: number }[],
  count: number,
): (number | undefined)[] {
  // Of each section, from -1: the least sum so far if the last question is in it, and which section the one before is in then.
  let sums = Array.from({ length: count + 1 }, () => 0);
  const before = list.map(({ own, weight }) => {
    let least = 0;
    const from = sums.map((sum, index) => {
      const entered = least;
      if (sum < (sums[least] ?? 0)) least = index;
      return index > 0 && (sums[entered] ?? 0) <= sum ? entered : index;
    });
    sums = from.map((index, section) => (sums[index] ?? 0) + (own === undefined || own === section - 1 ? 0 : weight));
    return from;
  });
  const starts = Array.from({ length: count }, (): number | undefined => undefined);
  let section = sums.indexOf(Math.min(...sums));
  for (let place = list.length - 1; place >= 0; place -= 1) {
    if (section > 0) starts[section - 1] = place;
    section = before[place]?.[section] ?? 0;
  }
  return starts;
}

/** The sections of a form, which names places, each with the question that the section of that place began with before. */
export function withKeysOf({ sections, draws }: QuizStructure, before: QuizStructure): QuizStructure {
  const unused = [...before.sections];
  return {
    draws,
    sections: sections.map((section) => {
      const same = unused.findIndex(({ from }) => from === section.from);
      const [found] = same === -1 ? [] : unused.splice(same, 1);
      return found?.key === undefined ? section : { ...section, key: found.key };
    }),
  };
}
