// By which number a registry knows a student: the one that the LMS says, else the one of an uploaded list that a teacher confirmed.
// Never by name (credits.md §3.4).

/** HEMIS keeps no longer one. */
export const longestNumber = 20;

/** Why a student has no number: nobody said one; it is too long to be one; two of the course have the same. */
export type NoNumber = 'none' | 'too-long' | 'twice';

/** What is said of a student's number. */
export interface SaidNumbers {
  personId: number;
  /** By the LMS; null and empty: nothing. */
  sourcedId: string | null;
  /** By the course's list. */
  rosterNumber: string | null;
}

/** A student's number, or why there is none. */
export type StudentNumber = { number: string; from: 'lms' | 'roster' } | { number: null; reason: NoNumber };

/**
 * The numbers of all who are in a course. Of two with one number neither has it, because one of them is somebody else's; what the LMS
 * says of two is worth nothing, so that a list can say better.
 */
export function numbersOf(students: readonly SaidNumbers[]): Map<number, StudentNumber> {
  const said = timesEach(students.map(saidByLms));
  const own = new Map(students.map((student) => [student.personId, ownNumber(student, said)]));
  const given = timesEach([...own.values()].map(({ number }) => number));
  return new Map(
    [...own].map(([personId, one]) => [
      personId,
      isShared(given, one.number) ? { number: null, reason: 'twice' } : one,
    ]),
  );
}

function ownNumber(student: SaidNumbers, said: ReadonlyMap<string, number>): StudentNumber {
  const number = saidByLms(student);
  if (number !== null && !isShared(said, number)) return { number, from: 'lms' };
  if (student.rosterNumber !== null) return { number: student.rosterNumber, from: 'roster' };
  if (number !== null) return { number: null, reason: 'twice' };
  return { number: null, reason: student.sourcedId ? 'too-long' : 'none' };
}

/** Null for what cannot be a student's number. */
function saidByLms({ sourcedId }: SaidNumbers): string | null {
  return sourcedId !== null && sourcedId !== '' && sourcedId.length <= longestNumber ? sourcedId : null;
}

function timesEach(numbers: readonly (string | null)[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const number of numbers) if (number !== null) times.set(number, (times.get(number) ?? 0) + 1);
  return times;
}

function isShared(times: ReadonlyMap<string, number>, number: string | null): boolean {
  return number !== null && (times.get(number) ?? 0) > 1;
}
