// A person's record book: what all their courses on this platform come to. Pure: pages, prints and the public check count in one way.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { gradePointAverage, gradePointAverageOfHemis } from '../grade.ts';
import { groupBy } from '../group-by.ts';

/** In hundredths of a credit. */
const units = z.number().int().min(0);

const bookCourseSchema = z.strictObject({
  courseId: z.number().int(),
  /** Empty where the LMS says none. */
  title: z.string(),
  subjectCode: z.string(),
  /** `2026/2027` */
  educationYear: z.string(),
  semester: z.number().int(),
  /** What the plan in force has. */
  plannedUnits: units,
  /** By the ledger; may be more than planned where a newer plan has less. */
  confirmedUnits: units,
  provisionalUnits: units,
  /** Exact; without those that are not shown yet. */
  points: z.string(),
  maximumPoints: z.string(),
  /** Whether some points may not be seen yet: there is no grade then. */
  isPartHidden: z.boolean(),
  /** Null while nothing is graded; provisional until all credits of the course are confirmed. */
  grade: z.strictObject({ grade: z.string(), gradePoints: z.string().nullable() }).nullable(),
  isGradeConfirmed: z.boolean().default(false),
  /** The grades that there are, the best first, and the GPA that their rules ask for. */
  scale: z.strictObject({
    grades: z.array(z.strictObject({ grade: z.string(), gradePoints: z.string().nullable() })),
    threshold: z.string().nullable(),
    digits: z.number().int(),
  }),
  /** Our keys of the awards and transfers in force: what a print vouches for. */
  entryIds: z.array(z.number().int()),
});

export const recordBookSchema = z.strictObject({
  /** As the LMS called the person that day; null where it says no name. */
  personName: z.string().nullable(),
  courses: z.array(bookCourseSchema),
});

export type BookCourse = z.output<typeof bookCourseSchema>;
export type RecordBook = z.output<typeof recordBookSchema>;

/** Credits that add up, in hundredths. */
export interface BookTotals {
  planned: number;
  confirmed: number;
  provisional: number;
}

/** One semester of one year, with its courses by title. */
export interface Term {
  educationYear: string;
  semester: number;
  courses: readonly BookCourse[];
  totals: BookTotals;
}

/** The terms of a book, the earliest first. */
export function termsOf(courses: readonly BookCourse[]): Term[] {
  const terms = groupBy(courses, ({ educationYear, semester }) => `${educationYear} ${semester}`);
  return [...terms.values()]
    .flatMap(([first, ...rest]) => (first ? [{ first, own: [first, ...rest] }] : []))
    .map(({ first: { educationYear, semester }, own }) => ({
      ...{ educationYear, semester, courses: own, totals: totalsOf(own) },
    }))
    .sort((one, other) => compare(one.educationYear, other.educationYear) || one.semester - other.semester);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What courses come to. */
export function totalsOf(courses: readonly BookCourse[]): BookTotals {
  return courses.reduce(
    ({ planned, confirmed, provisional }, course) => ({
      planned: planned + course.plannedUnits,
      confirmed: confirmed + course.confirmedUnits,
      provisional: provisional + course.provisionalUnits,
    }),
    { planned: 0, confirmed: 0, provisional: 0 },
  );
}

/** The GPA of all courses whose grades are of one scale. */
export interface GradeAverage {
  /** The best first. */
  grades: readonly string[];
  /** Of grades that are confirmed. */
  exact: Fraction;
  /** As HEMIS would show it, with what has no confirmed grade as nothing; null where no course has a whole credit. */
  asHemis: Fraction | null;
  confirmedCount: number;
  courseCount: number;
  digits: number;
  /** What rules of the courses ask for, each once: compared with the exact average. */
  thresholds: readonly { threshold: string; isReached: boolean }[];
}

/** Confirmed grades alone count: those of different scales never together, and those that count nothing not at all. */
export function averagesOf(courses: readonly BookCourse[]): GradeAverage[] {
  const scales = groupBy(courses, ({ scale: { grades } }) => JSON.stringify(grades));
  return [...scales.values()].flatMap((own) => averageOf(own) ?? []);
}

function averageOf(courses: readonly BookCourse[]): GradeAverage | null {
  const subjects = courses.map(({ plannedUnits, grade, isGradeConfirmed }) => ({
    units: plannedUnits,
    gradePoints: isGradeConfirmed && grade?.gradePoints ? new Fraction(grade.gradePoints) : null,
  }));
  const exact = gradePointAverage(subjects);
  if (!exact) return null;
  const thresholds = [...new Set(courses.flatMap(({ scale: { threshold } }) => threshold ?? []))];
  return {
    grades: courses[0]?.scale.grades.map(({ grade }) => grade) ?? [],
    exact,
    asHemis: gradePointAverageOfHemis(subjects),
    confirmedCount: subjects.filter(({ gradePoints }) => gradePoints).length,
    courseCount: courses.length,
    digits: Math.max(...courses.map(({ scale: { digits } }) => digits)),
    thresholds: thresholds.map((threshold) => ({ threshold, isReached: exact.gte(threshold) })),
  };
}

/** What has become of what a print says. `added`: all of it stands, and something has been given in its courses since. */
export type PrintStanding = 'same' | 'added' | 'changed';

/** @param entryIds our keys of the awards and transfers that are in force today in the courses of the print */
export function printStanding({ courses }: RecordBook, entryIds: ReadonlySet<number>): PrintStanding {
  const printed = courses.flatMap((course) => course.entryIds);
  if (printed.some((id) => !entryIds.has(id))) return 'changed';
  return printed.length === entryIds.size ? 'same' : 'added';
}
