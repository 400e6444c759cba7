// What of a gradebook column follows what it shows, and what a teacher has made their own.

/** A published version of a quiz or of a plan, as far as a column shows it. */
export interface Outline {
  title: string;
  /** What a perfect attempt, or student, earns; 0 where no machine marks anything. */
  points: number;
}

/** A column as the LMS has it; `scoreMaximum` is null where it says none. */
export interface ColumnWords {
  label: string;
  scoreMaximum: number | null;
}

/**
 * How a column should be changed now that another version is published. Its name is changed only while it still is what an
 * earlier version was called, its maximum only while it still is what an earlier one was worth: whatever a teacher has set by
 * hand in the LMS stays. A quiz that is worth nothing leaves the maximum alone.
 *
 * @param versions all that were ever published, the newest last
 * @param columnMaximum the points of a column for the points of a quiz, as this LMS takes them
 * @returns what to change; null: nothing
 */
export function columnChange(
  current: ColumnWords,
  versions: readonly Outline[],
  columnMaximum: (points: number) => number,
): { label?: string; scoreMaximum?: number } | null {
  const newest = versions.at(-1);
  if (!newest) return null;
  const earlier = versions.slice(0, -1);
  const isRenamed = current.label !== newest.title && earlier.some(({ title }) => title === current.label);
  const worths = (all: readonly Outline[]) =>
    all.filter(({ points }) => points > 0).map(({ points }) => columnMaximum(points));
  const [scoreMaximum] = worths([newest]);
  const isRescaled =
    scoreMaximum !== undefined &&
    scoreMaximum !== current.scoreMaximum &&
    worths(earlier).some((worth) => worth === current.scoreMaximum);
  if (!isRenamed && !isRescaled) return null;
  return { ...(isRenamed && { label: newest.title }), ...(isRescaled && { scoreMaximum }) };
}
