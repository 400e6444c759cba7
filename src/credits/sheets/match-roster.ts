// Who of a course is meant by each line of a list: by number, or as a teacher confirmed before. A name only ever proposes somebody.
import { groupBy } from '../group-by.ts';
import { nameWords } from './name-words.ts';
import type { RosterLine } from './read-roster.ts';
import type { SheetStudent } from './qaydnoma.ts';
import { numbersOf, type StudentNumber } from './student-number.ts';

/** Somebody whom a line may mean. `by-name`: nobody but a teacher may say that it does. */
export interface RosterMatch {
  personId: number;
  name: string | null;
  by: 'number' | 'confirmed' | 'name';
}

/** A line with whom it may mean; null: nobody of the course. */
export type MatchedLine = RosterLine & { match: RosterMatch | null };

/**
 * Matches a list. Whoever has a number of the LMS is matched by that alone; of two people of one name neither is proposed, nor is
 * somebody whom two lines would fit.
 */
export function matchRoster(lines: readonly RosterLine[], students: readonly SheetStudent[]): MatchedLine[] {
  const present = students.filter(({ isActive }) => isActive);
  const numbers = numbersOf(present);
  const byNumber = new Map(
    present.flatMap((student): [string, RosterMatch][] => {
      const own = numbers.get(student.personId);
      if (!own || own.number === null) return [];
      const { personId, name } = student;
      return [[own.number, { personId, name, by: own.from === 'lms' ? 'number' : 'confirmed' }]];
    }),
  );
  const sure = lines.map((line) => ({ ...line, match: byNumber.get(line.studentIdNumber) ?? null }));
  const taken = new Set(sure.flatMap(({ match }) => (match ? [match.personId] : [])));
  const isOpen = (own: StudentNumber | undefined) => own?.number === null || own?.from === 'roster';
  const open = present.filter(({ personId }) => !taken.has(personId) && isOpen(numbers.get(personId)));
  const proposed = proposals(
    sure.filter(({ match }) => match === null),
    open,
  );
  return sure.map((line) => ({ ...line, match: line.match ?? proposed.get(line.line) ?? null }));
}

/** By line: the one person whose name fits, and whom no other line fits. */
function proposals(lines: readonly RosterLine[], students: readonly SheetStudent[]): Map<number, RosterMatch> {
  const named = students.map((student) => ({ student, words: nameWords(student.name ?? '') }));
  const withWord = new Map<string, typeof named>();
  for (const one of named) for (const word of one.words) withWord.set(word, [...(withWord.get(word) ?? []), one]);
  const fitting = lines.flatMap(({ line, fullName }) => {
    const words = nameWords(fullName);
    const shared = groupBy(
      [...words].flatMap((word) => withWord.get(word) ?? []),
      (one) => one,
    );
    return [...shared].flatMap(([{ student, words: own }, hits]) =>
      hits.length >= 2 && hits.length === Math.min(own.size, words.size) ? [{ line, student }] : [],
    );
  });
  const perLine = groupBy(fitting, ({ line }) => line);
  const perPerson = groupBy(fitting, ({ student }) => student.personId);
  return new Map(
    fitting
      .filter(({ line, student }) => perLine.get(line)?.length === 1 && perPerson.get(student.personId)?.length === 1)
      .map(({ line, student: { personId, name } }) => [line, { personId, name, by: 'name' }]),
  );
}
