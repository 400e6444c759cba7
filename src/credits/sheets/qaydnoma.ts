// The sheet that a teacher signs, with HEMIS's columns (credits.md §3.4): one row a student, whole numbers by the institution's rounding,
// and beside them the exact ones they were rounded from. Pure; every number comes from where the pages have theirs.
import Fraction from 'fraction.js';
import type { CourseCredits, StudentCredits } from '../course-credits.ts';
import type { EvaluatedActivity } from '../evaluate.ts';
import { gradeFor, roundHalfUp } from '../grade.ts';
import { inForce } from '../ledger.ts';
import type { SheetColumn } from '../policy.ts';
import { numbersOf, type NoNumber, type SaidNumbers } from './student-number.ts';
import { bySurname } from './surname-order.ts';

/** A student as a sheet names them. */
export interface SheetStudent extends SaidNumbers {
  /** As the LMS writes it; null where it says none. */
  name: string | null;
  /** As a confirmed list has it, surname first; empty where none has. */
  rosterName: string;
  groupName: string;
  isActive: boolean;
}

/** Points in the columns of the sheet; null: nothing was assessed there, which is not 0. */
export type SheetPoints = Record<SheetColumn | 'JN_ON' | 'total', Fraction | null>;

/** What a reader has to know of a row beyond its numbers. */
export type SheetNote =
  | { code: 'absent' | 'excluded' | 'left' | 'recognised' | 'changed' | 'lost' }
  | { code: 'no-number'; reason: NoNumber }
  /** Earned, and not confirmed: in hundredths of a credit. */
  | { code: 'provisional'; units: number }
  /** The rounded points would be another grade than the exact ones. */
  | { code: 'border'; exactGrade: string; roundedGrade: string }
  /** The rounded columns add up to another total than the rounded total; `before-final`: so do JN and ON. */
  | { code: 'sum' | 'before-final-sum'; sum: Fraction };

/** One line. */
export interface QaydnomaRow {
  personId: number;
  /** From 1. */
  place: number;
  studentIdNumber: string | null;
  fullName: string;
  groupName: string;
  exact: SheetPoints;
  rounded: SheetPoints;
  /** Null: not graded yet. */
  grade: string | null;
  /** Credits that are confirmed, in hundredths: what the ledger says. */
  units: number;
  /** HEMIS's code of the sheet on which the final control stands: 11 the first, 12 and 13 retakes. */
  finalExamType: string;
  isAbsent: boolean;
  notes: readonly SheetNote[];
}

/** A whole sheet. */
export interface Qaydnoma {
  rows: readonly QaydnomaRow[];
  /** How often each grade was given, from the best down. */
  grades: readonly { grade: string; count: number }[];
  ungraded: number;
  absent: number;
  /** All confirmed credits together, in hundredths. */
  units: number;
}

const mostSheets = 3;

/**
 * Makes the sheet. On it is everybody who is a student now, and who was one and has points or credits here.
 *
 * @param sittingOf in which sitting a mark was given, by its source (`mark:7`); undefined: the first
 */
export function qaydnoma(
  { inForce: plan, of }: CourseCredits,
  students: readonly SheetStudent[],
  sittingOf: ReadonlyMap<string, number>,
): Qaydnoma {
  const listed = students
    .map((student) => ({ student, credits: of(student.personId), called: nameOf(student) }))
    .filter(({ student, credits }) => student.isActive || isOnRecord(credits));
  // Who is not on the sheet, an old account of the same person perhaps, takes nobody's number away.
  const numbers = numbersOf(listed.map(({ student }) => student));
  const rows = listed
    .sort((one, other) => bySurname(one.called, other.called) || one.student.personId - other.student.personId)
    .map(({ student, credits, called }, index): QaydnomaRow => {
      const { evaluation, sums } = credits;
      const exact = pointsOf(plan, evaluation.activities);
      const rounded = roundedPoints(exact, plan.policy.rounding.digits);
      const number = numbers.get(student.personId) ?? { number: null, reason: 'none' };
      const finals = evaluation.activities.filter((activity) => columnOf(plan, activity) === 'YN');
      const isAbsent = exact.YN === null && finals.some(({ result }) => result.state === 'absent');
      return {
        personId: student.personId,
        place: index + 1,
        studentIdNumber: number.number,
        fullName: called.name,
        groupName: student.groupName,
        ...{ exact, rounded, isAbsent },
        grade: evaluation.grade?.grade ?? null,
        units: sums.confirmed,
        finalExamType: String(10 + Math.min(mostSheets, sittingIn(finals, sittingOf))),
        notes: [
          ...(isAbsent ? [{ code: 'absent' } as const] : []),
          ...(evaluation.isExcluded ? [{ code: 'excluded' } as const] : []),
          ...(number.number === null ? [{ code: 'no-number', reason: number.reason } as const] : []),
          ...roundingNotes(plan, { exact, rounded, maximumPoints: evaluation.maximumPoints }),
          ...creditNotes(credits),
          ...(student.isActive ? [] : [{ code: 'left' } as const]),
        ],
      };
    });
  const grades = plan.policy.bands.map(({ grade }) => grade);
  return {
    rows,
    grades: grades.map((grade) => ({ grade, count: rows.filter((row) => row.grade === grade).length })),
    ungraded: rows.filter(({ grade }) => grade === null).length,
    absent: rows.filter(({ isAbsent }) => isAbsent).length,
    units: rows.reduce((sum, { units }) => sum + units, 0),
  };
}

type Plan = CourseCredits['inForce'];

function nameOf({ rosterName, name }: SheetStudent) {
  const isSurnameFirst = rosterName !== '';
  return { name: (isSurnameFirst ? rosterName : (name ?? '')).replace(/\s+/g, ' ').trim(), isSurnameFirst };
}

function isOnRecord({ evaluation, sums }: StudentCredits): boolean {
  return sums.confirmed !== 0 || evaluation.activities.some(({ points }) => points !== null);
}

/** In which column the points of an activity are handed in; undefined for a formative one. */
function columnOf({ plan }: Plan, { activity: { controlKey } }: EvaluatedActivity): SheetColumn | undefined {
  return plan.controls.find(({ key }) => key === controlKey)?.sheetColumn;
}

/** Who was absent from everything in a column, or excused, has nothing there: it stays blank. */
function pointsOf(plan: Plan, activities: readonly EvaluatedActivity[]): SheetPoints {
  const scored = activities.filter(({ result }) => result.state === 'scored');
  const column = (...columns: SheetColumn[]): Fraction | null => {
    const own = scored.flatMap((activity) => {
      const where = columnOf(plan, activity);
      return where !== undefined && columns.includes(where) && activity.points ? [activity.points] : [];
    });
    return own.length === 0 ? null : own.reduce((sum, points) => sum.add(points), new Fraction(0));
  };
  return {
    JN: column('JN'),
    ON: column('ON'),
    JN_ON: column('JN', 'ON'),
    YN: column('YN'),
    total: column('JN', 'ON', 'YN'),
  };
}

function roundedPoints({ JN, ON, JN_ON, YN, total }: SheetPoints, digits: number): SheetPoints {
  const round = (points: Fraction | null) => points && roundHalfUp(points, digits);
  return { JN: round(JN), ON: round(ON), JN_ON: round(JN_ON), YN: round(YN), total: round(total) };
}

function roundingNotes(
  { policy }: Plan,
  { exact, rounded, maximumPoints }: { exact: SheetPoints; rounded: SheetPoints; maximumPoints: Fraction },
): SheetNote[] {
  if (!exact.total || !rounded.total) return [];
  const rounding = { ...policy.rounding, gradesFollow: 'exact' as const };
  const gradeOf = (points: Fraction) => gradeFor(points, maximumPoints, { ...policy, rounding }).grade;
  const [exactGrade, roundedGrade] = [gradeOf(exact.total), gradeOf(rounded.total)];
  const sum = [rounded.JN, rounded.ON, rounded.YN].reduce<Fraction>(
    (all, points) => (points ? all.add(points) : all),
    new Fraction(0),
  );
  return [
    ...(exactGrade === roundedGrade ? [] : [{ code: 'border', exactGrade, roundedGrade } as const]),
    ...(sum.equals(rounded.total) ? [] : [{ code: 'sum', sum } as const]),
    ...beforeFinalNotes(rounded),
  ];
}

function beforeFinalNotes({ JN, ON, JN_ON }: SheetPoints): SheetNote[] {
  if (!JN || !ON || !JN_ON) return [];
  const sum = JN.add(ON);
  return sum.equals(JN_ON) ? [] : [{ code: 'before-final-sum', sum }];
}

function creditNotes({ components, sums }: StudentCredits): SheetNote[] {
  const standings = new Set(components.map(({ standing }) => standing));
  const isRecognised = components.some(({ account }) => inForce(account)?.kind === 'transfer');
  return [
    ...(sums.provisional > 0 ? [{ code: 'provisional', units: sums.provisional } as const] : []),
    ...(isRecognised ? [{ code: 'recognised' } as const] : []),
    ...(standings.has('changed') ? [{ code: 'changed' } as const] : []),
    ...(standings.has('lost') ? [{ code: 'lost' } as const] : []),
  ];
}

/** The latest sitting among those that count in the final control. */
function sittingIn(finals: readonly EvaluatedActivity[], sittingOf: ReadonlyMap<string, number>): number {
  return finals.reduce(
    (latest, { result }) => (result.state === 'scored' ? Math.max(latest, sittingOf.get(result.source) ?? 1) : latest),
    1,
  );
}
