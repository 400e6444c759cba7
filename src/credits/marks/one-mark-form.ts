// The form of one mark: the mark itself or levels of a rubric, a comment, and where the evidence is.
import { z } from 'zod';
import { rubricPoints } from '../../questions/hand-marking.ts';
import type { Rubric } from '../../questions/rubric.ts';
import { typedText } from '../../questions/typed-text.ts';
import { pointsOutOf, type EnteredMark, type StandingMark } from '../enter-marks.ts';
import { cellText, longestCell, readCell, type CellProblem, type CellWriting } from './cell-text.ts';
import { shownMark } from './enter-typed.ts';
import type { MarkColumn } from './grid.ts';

export const longestComment = 10_000;
const longestAddress = 2000;

/** What stands in the form, to be shown again. */
export interface TypedMark {
  /** Whether levels decide, or what is typed as the mark. */
  by: 'levels' | 'mark';
  mark: string;
  /** For each criterion the place of the level that is picked. */
  levels: (number | null)[];
  comment: string;
  /** An address; that of a kept file is no text of the form, but goes along. */
  evidence: string;
}

/** What is wrong with which field. */
export interface MarkFormProblems {
  mark?: CellProblem;
  levels?: 'level-missing';
  evidence?: 'bad-address';
}

/** What is marked: out of how much, and by which rubric. */
export interface Marked {
  column: MarkColumn;
  rubric: Rubric | null;
  /** The address of a file that is kept with marks of this student and activity, but for its SHA-256 at the end. */
  fileAddress: string;
}

/** A mark, but for whose it is. */
type GivenMark = Pick<EnteredMark, 'state' | 'points' | 'said'>;

const webAddress = z.url({ protocol: /^https?$/ }).max(longestAddress);

/** What the form shows of the mark that stands. */
export function typedIn(standing: StandingMark | null, { column, rubric }: Marked, writing: CellWriting): TypedMark {
  const isByLevels = rubric !== null && (standing === null || standing.levels !== null);
  return {
    by: isByLevels ? 'levels' : 'mark',
    mark: cellText(shownMark(standing, column.maximumPoints), writing),
    levels: rubric?.map((_, index) => standing?.levels?.[index] ?? null) ?? [],
    comment: standing?.comment ?? '',
    evidence: standing?.evidence ?? '',
  };
}

/** @param fields of the form: `by`, `mark`, `level.0` … , `comment`, `evidence` */
export function readTypedMark(fields: ReadonlyMap<string, readonly string[]>, { rubric }: Marked): TypedMark {
  const of = (name: string) => fields.get(name) ?? [];
  return {
    by: rubric && of('by')[0] === 'levels' ? 'levels' : 'mark',
    mark: typedText(of('mark'), longestCell + 1) ?? '',
    levels: rubric?.map((_, index) => levelIn(of(`level.${index}`)[0])) ?? [],
    comment: typedText(of('comment'), longestComment) ?? '',
    evidence: typedText(of('evidence'), longestAddress + 1) ?? '',
  };
}

/** The mark that was typed, or what is wrong with which field. */
export function readMark(
  typed: TypedMark,
  { column, rubric, fileAddress }: Marked,
): { ok: true; mark: GivenMark } | { ok: false; problems: MarkFormProblems } {
  const { comment, evidence } = typed;
  const given = rubric && typed.by === 'levels' ? pickedIn(typed, rubric, column) : writtenIn(typed, column);
  const isAddress = evidence === '' || isFileAt(evidence, fileAddress) || webAddress.safeParse(evidence).success;
  if (given.ok && isAddress) {
    const { levels, ...mark } = given.mark;
    return { ok: true, mark: { ...mark, said: { levels, comment, evidence } } };
  }
  return {
    ok: false,
    problems: { ...(!given.ok && given.problems), ...(!isAddress && { evidence: 'bad-address' }) },
  };
}

type ReadPoints =
  { ok: true; mark: Pick<StandingMark, 'state' | 'points' | 'levels'> } | { ok: false; problems: MarkFormProblems };

function pickedIn({ levels }: TypedMark, rubric: Rubric, { maximumPoints }: MarkColumn): ReadPoints {
  const points = rubricPoints({ points: maximumPoints.toFraction() }, rubric, levels);
  if (!points) return { ok: false, problems: { levels: 'level-missing' } };
  return { ok: true, mark: { state: 'points', points, levels: levels.filter((level) => level !== null) } };
}

function writtenIn({ mark }: TypedMark, { entry }: MarkColumn): ReadPoints {
  const read = readCell(mark, { isHours: entry === 'hours' });
  return read.ok ? { ok: true, mark: { ...read.mark, levels: null } } : { ok: false, problems: { mark: read.problem } };
}

/** Whether an address is that of a file kept with marks. */
export function isFileAt(evidence: string, fileAddress: string): boolean {
  return evidence.startsWith(fileAddress) && /^[0-9a-f]{64}$/.test(evidence.slice(fileAddress.length));
}

/** An earlier mark, to be entered once more: as it was, out of what there is now. */
export function earlierMark(earlier: StandingMark, { column }: Marked): GivenMark {
  const { state, levels, comment, evidence } = earlier;
  return { state, points: pointsOutOf(earlier, column.maximumPoints), said: { levels, comment, evidence } };
}

function levelIn(sent: string | undefined): number | null {
  return sent !== undefined && /^\d{1,2}$/.test(sent) ? Number(sent) : null;
}
