// Marks by hand. Rows are only added; the last of a sitting counts, and all of them are its history.
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type Fraction from 'fraction.js';
import type { Database, Transaction } from '../database/database.ts';
import { people } from '../database/tables/courses.ts';
import { creditMarks } from '../database/tables/credits.ts';
import { groupBy } from './group-by.ts';

/** What was entered for a student and an activity, last of all. */
export interface Mark {
  id: number;
  personId: number;
  activityKey: string;
  sitting: number;
  /** How often something was entered there. */
  number: number;
  state: 'points' | 'absent' | 'excused' | 'empty';
  points: Fraction | null;
  /** Out of how many. */
  maximumPoints: Fraction | null;
  levels: number[] | null;
  comment: string;
  evidence: string;
  markedBy: number;
  markedAt: Date;
}

/** The marks of a course that count, one for each student, activity and sitting. @param personIds undefined: everybody's */
export async function listMarks(db: Database, courseId: number, personIds?: readonly number[]): Promise<Mark[]> {
  if (personIds?.length === 0) return [];
  const { activityKey, personId, sitting, number } = creditMarks;
  return db
    .selectDistinctOn([activityKey, personId, sitting], mark)
    .from(creditMarks)
    .where(and(eq(creditMarks.courseId, courseId), personIds ? inArray(personId, [...personIds]) : undefined))
    .orderBy(activityKey, personId, sitting, desc(number));
}

/** The same of one person in all their courses, by course. */
export async function listMarksOfPerson(db: Database, personId: number): Promise<Map<number, Mark[]>> {
  const { courseId, activityKey, sitting, number } = creditMarks;
  const rows = await db
    .selectDistinctOn([courseId, activityKey, sitting], { ...mark, courseId })
    .from(creditMarks)
    .where(eq(creditMarks.personId, personId))
    .orderBy(courseId, activityKey, sitting, desc(number));
  return groupBy(rows, (row) => row.courseId);
}

/** Everything that was ever entered for a student and an activity, oldest first, with who did. */
export async function listMarkHistory(
  db: Database,
  { courseId, personId, activityKey }: { courseId: number; personId: number; activityKey: string },
): Promise<(Mark & { markerName: string | null })[]> {
  return db
    .select({ ...mark, markerName: people.name })
    .from(creditMarks)
    .innerJoin(people, eq(people.id, creditMarks.markedBy))
    .where(
      and(
        eq(creditMarks.courseId, courseId),
        eq(creditMarks.personId, personId),
        eq(creditMarks.activityKey, activityKey),
      ),
    )
    .orderBy(asc(creditMarks.id));
}

/** Where a mark stood, and which of those that stood there it was. */
export type MarkPlace = Pick<Mark, 'personId' | 'activityKey' | 'sitting' | 'number'>;

/** The marks of a course at some places, also those in whose place others stand by now; in no order. */
export async function listMarksAt(db: Database, courseId: number, places: readonly MarkPlace[]): Promise<Mark[]> {
  if (places.length === 0) return [];
  const all = <Key extends keyof MarkPlace>(key: Key) => [...new Set(places.map((place) => place[key]))];
  const rows = await db
    .select(mark)
    .from(creditMarks)
    .where(
      and(
        eq(creditMarks.courseId, courseId),
        inArray(creditMarks.personId, all('personId')),
        inArray(creditMarks.activityKey, all('activityKey')),
        inArray(creditMarks.number, all('number')),
      ),
    );
  return rows.filter((row) =>
    places.some(
      ({ personId, activityKey, sitting, number }) =>
        row.personId === personId &&
        row.activityKey === activityKey &&
        row.sitting === sitting &&
        row.number === number,
    ),
  );
}

/** What people are called who entered marks, by our key of them. */
export async function listMarkerNames(db: Database, personIds: readonly number[]): Promise<Map<number, string | null>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...personIds]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Adds marks. Of two that make the same number the database refuses the later. */
export async function insertMarks(
  tx: Transaction,
  marks: readonly (Omit<Mark, 'id'> & { courseId: number })[],
): Promise<void> {
  if (marks.length > 0) await tx.insert(creditMarks).values([...marks]);
}

const mark = {
  id: creditMarks.id,
  personId: creditMarks.personId,
  activityKey: creditMarks.activityKey,
  sitting: creditMarks.sitting,
  number: creditMarks.number,
  state: creditMarks.state,
  points: creditMarks.points,
  maximumPoints: creditMarks.maximumPoints,
  levels: creditMarks.levels,
  comment: creditMarks.comment,
  evidence: creditMarks.evidence,
  markedBy: creditMarks.markedBy,
  markedAt: creditMarks.markedAt,
};
