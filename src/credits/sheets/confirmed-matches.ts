// Which lines of a list a teacher ticked, and for whom.
import type { RosterLine } from './read-roster.ts';
import type { RosterNumber } from './roster-numbers.store.ts';

/**
 * What is to be kept: of each person and each line at most one, whoever ticked what.
 *
 * @param ticked as the form says it, `line:person`
 * @param isStudent whether somebody is a student of the course
 */
export function confirmedMatches(
  lines: readonly RosterLine[],
  ticked: readonly string[],
  isStudent: (personId: number) => boolean,
): RosterNumber[] {
  const byLine = new Map(lines.map((line) => [line.line, line]));
  const kept = new Map<number, RosterNumber>();
  const used = new Set<number>();
  for (const tick of ticked) {
    const [, line, person] = /^([1-9]\d{0,6}):([1-9]\d{0,14})$/.exec(tick) ?? [];
    const found = byLine.get(Number(line));
    const personId = Number(person);
    if (!found || used.has(found.line) || kept.has(personId) || !isStudent(personId)) continue;
    used.add(found.line);
    const { studentIdNumber, fullName, groupName } = found;
    kept.set(personId, { personId, studentIdNumber, fullName, groupName });
  }
  return [...kept.values()];
}
