// Record books in the database: which courses are in one, and prints as they were made.
import { and, asc, desc, eq, exists, inArray, or } from 'drizzle-orm';
import { isMemberOf } from '../../courses/member.store.ts';
import type { Database } from '../../database/database.ts';
import { courses, memberships } from '../../database/tables/courses.ts';
import { creditEntries, recordBookPrints } from '../../database/tables/credits.ts';
import { gradedRoles } from '../student.store.ts';
import { recordBookSchema, type RecordBook } from './record-book.ts';

/** A printed record book. */
export interface Print {
  id: number;
  personId: number;
  code: string;
  book: RecordBook;
  printedAt: Date;
}

/** Our keys of the courses in which a person studies, or was given credits. */
export async function listCoursesStudied(db: Database, personId: number): Promise<number[]> {
  const given = db
    .select({ id: creditEntries.id })
    .from(creditEntries)
    .where(and(eq(creditEntries.courseId, courses.id), eq(creditEntries.personId, personId)));
  const rows = await db
    .select({ id: courses.id })
    .from(courses)
    .innerJoin(memberships, isMemberOf(personId))
    .where(or(inArray(memberships.role, gradedRoles), exists(given)))
    .orderBy(asc(courses.id));
  return rows.map(({ id }) => id);
}

/** Keeps a book as it is now. Returns our key of the print. */
export async function insertPrint(
  db: Database,
  { personId, code, book }: Pick<Print, 'personId' | 'code' | 'book'>,
  now: Date,
): Promise<number> {
  const [row] = await db
    .insert(recordBookPrints)
    .values({ personId, code, book, printedAt: now })
    .returning({ id: recordBookPrints.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}

/** A print of one's own; null for every other one. */
export async function findOwnPrint(db: Database, personId: number, printId: number): Promise<Print | null> {
  const [row] = await db
    .select()
    .from(recordBookPrints)
    .where(and(eq(recordBookPrints.id, printId), eq(recordBookPrints.personId, personId)));
  return row ? parsed(row) : null;
}

/** The print with a code, whosever it is: for the public page, which says nothing of whose. */
export async function findPrintByCode(db: Database, code: string): Promise<Print | null> {
  const [row] = await db.select().from(recordBookPrints).where(eq(recordBookPrints.code, code));
  return row ? parsed(row) : null;
}

/** When a person's last prints were made, the newest first. */
export async function listPrints(
  db: Database,
  personId: number,
  most: number,
): Promise<Pick<Print, 'id' | 'code' | 'printedAt'>[]> {
  const { id, code, printedAt } = recordBookPrints;
  return db
    .select({ id, code, printedAt })
    .from(recordBookPrints)
    .where(eq(recordBookPrints.personId, personId))
    .orderBy(desc(id))
    .limit(most);
}

function parsed(row: typeof recordBookPrints.$inferSelect): Print {
  return { ...row, book: recordBookSchema.parse(row.book) };
}
