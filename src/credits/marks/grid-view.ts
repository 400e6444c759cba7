// The grid as its page shows it: a row for each student, a cell for each column, and what is said about cells that were refused.
import type { Formats } from '../../i18n/formats.ts';
import type { Language, Translate } from '../../i18n/i18n.ts';
import type { CourseCredits } from '../course-credits.ts';
import { placeOf, type StandingMark } from '../enter-marks.ts';
import type { ActivityResult } from '../evaluate.ts';
import type { Student } from '../student.store.ts';
import { cellText, cellWriting } from './cell-text.ts';
import { shownMark, type CellOutcome } from './enter-typed.ts';
import type { MarkColumn } from './grid.ts';
import { cellName } from './typed-cells.ts';

/** In which language, and how, a reader has words and numbers. */
export interface Reader {
  language: Language;
  t: Translate;
  formats: Formats;
}

/** What is said about a cell that was refused. */
export interface CellMessage {
  text: string;
  /** What somebody else entered there meanwhile. */
  theirs: { text: string; seen: number } | null;
}

/** One cell. `name` is null where nothing is entered. */
export interface ShownCell {
  name: string | null;
  text: string;
  /** Whether a comment, evidence or levels go with the mark. */
  hasMore: boolean;
  message: CellMessage | null;
}

export interface ShownRow extends Student {
  cells: ShownCell[];
  /** Points in all, as the reader writes them. */
  sum: string;
}

/** @param refused outcomes of cells that were not entered, which show what was typed */
export function gridRows(
  { students, columns }: { students: readonly Student[]; columns: readonly MarkColumn[] },
  {
    credits,
    marks,
    refused,
    names,
  }: {
    credits: CourseCredits;
    marks: readonly StandingMark[];
    refused: readonly CellOutcome[];
    names: ReadonlyMap<number, string | null>;
  },
  reader: Reader,
): ShownRow[] {
  const standing = new Map(marks.map((mark) => [placeOf(mark), mark]));
  const outcomes = new Map(refused.map((outcome) => [placeOf(outcome.cell), outcome]));
  const writing = cellWriting(reader.language);
  return students.map((student) => {
    const { evaluation } = credits.of(student.personId);
    const results = new Map(evaluation.activities.map(({ activity, ...result }) => [activity.key, result]));
    const cells = columns.map((column): ShownCell => {
      const place = { personId: student.personId, activityKey: column.key, sitting: column.sitting };
      if (column.entry === null) {
        const quiz = results.get(column.key);
        return { name: null, text: quiz ? quizText(quiz, reader) : '', hasMore: false, message: null };
      }
      const mark = standing.get(placeOf(place)) ?? null;
      const outcome = outcomes.get(placeOf(place));
      return {
        name: cellName({ ...place, seen: mark?.number ?? 0 }),
        text: outcome?.cell.text ?? cellText(shownMark(mark, column.maximumPoints), writing),
        hasMore: mark !== null && (mark.comment !== '' || mark.evidence !== '' || mark.levels !== null),
        message: outcome ? cellMessage(outcome, column, { names, reader }) : null,
      };
    });
    return { ...student, cells, sum: reader.formats.number(evaluation.points.valueOf()) };
  });
}

/** What is said about an outcome; null about one that is as it was typed. @param column null: the plan has none of it */
export function cellMessage(
  outcome: CellOutcome,
  column: MarkColumn | null,
  { names, reader }: { names: ReadonlyMap<number, string | null>; reader: Reader },
): CellMessage | null {
  const { t, formats, language } = reader;
  const { absent, excused } = cellWriting(language);
  switch (outcome.code) {
    case 'entered':
    case 'unchanged':
      return null;
    case 'entered-meanwhile': {
      const { now } = outcome;
      const theirs = cellText(shownMark(now, column?.maximumPoints ?? now.maximumPoints), cellWriting(language));
      const said = {
        name: names.get(now.markedBy) ?? t('page.nameless'),
        mark: theirs === '' ? t('credits.marks.nothingThere') : theirs,
        at: formats.dateTime(now.markedAt),
      };
      return { text: t('credits.marks.meanwhile', said), theirs: { text: theirs, seen: now.number } };
    }
    case 'above-maximum': {
      const maximum = formats.number(outcome.maximumPoints.valueOf());
      return { text: t(`credits.marks.problems.${outcome.code}`, { maximum }), theirs: null };
    }
    default:
      return { text: t(`credits.marks.problems.${outcome.code}`, { absent, excused }), theirs: null };
  }
}

function quizText(
  { result, points }: { result: ActivityResult; points: { valueOf(): number } | null },
  { t, formats }: Reader,
): string {
  if (result.state === 'waiting') return t('credits.marks.waits');
  return points ? formats.number(points.valueOf()) : '–';
}
