// A student of whom there is something in every corner, and what the course adds up to.
import { and, eq, isNull } from 'drizzle-orm';
import { loadCourseCredits } from '../../src/credits/course-credits.ts';
import { balanceOf } from '../../src/credits/ledger.ts';
import { courses, memberships, people } from '../../src/database/tables/courses.ts';
import { creditEntries } from '../../src/database/tables/credits.ts';
import { attempts } from '../../src/database/tables/attempts.ts';
import { gradebookCells } from '../../src/database/tables/grades.ts';
import { listStudents } from '../../src/credits/student.store.ts';
import type { Database } from '../../src/database/database.ts';
import type { School } from '../support/people.ts';

/** Our number of somebody whom the LMS calls so. */
export async function personIdOf(db: Database, subject: string): Promise<number> {
  const [person] = await db.select().from(people).where(eq(people.subject, subject));
  if (!person) throw new Error(`Nobody is called ${subject}`);
  return person.id;
}

/** The course in which somebody is. */
export async function courseIdOf(db: Database, personId: number): Promise<number> {
  const [row] = await db
    .select({ id: courses.id })
    .from(courses)
    .innerJoin(memberships, eq(memberships.courseId, courses.id))
    .where(eq(memberships.personId, personId));
  if (!row) throw new Error(`${personId} is in no course`);
  return row.id;
}

/** What the ledger, the class and the gradebook add up to: all of it numbers, and nobody's name. */
export async function sumsOf(db: Database, courseId: number) {
  const entries = await db.select().from(creditEntries).where(eq(creditEntries.courseId, courseId));
  const credits = await loadCourseCredits(db, courseId);
  const students = await listStudents(db, courseId);
  const scores = await db.select().from(attempts);
  const cells = await db.select().from(gradebookCells);
  return {
    ledger: entries
      .map(({ id, personId, units, balanceAfter, evidenceHash }) =>
        [id, personId, units, balanceAfter, evidenceHash].join(),
      )
      .sort(),
    class: students
      .map(({ personId }) => {
        const components = credits?.of(personId).components ?? [];
        return [
          personId,
          ...components.flatMap(({ points, standing, account }) => [points.toFraction(), standing, balanceOf(account)]),
        ].join();
      })
      .sort(),
    scores: scores
      .map(({ id, points, maximumPoints }) => [id, points?.toFraction(), maximumPoints?.toFraction()].join())
      .sort(),
    cells: cells
      .map(({ id, revision, scoreGiven, scoreMaximum }) => [id, revision, scoreGiven, scoreMaximum].join())
      .sort(),
  };
}

/** Where the command line finds somebody. */
export function wordsFor({ lms }: School, subject: string): string[] {
  const { issuer, clientId } = lms.registration;
  return ['--issuer', issuer, '--client-id', clientId, '--sub', subject];
}

/** Rows of people whom nobody erased. */
export async function namedPeople(db: Database): Promise<(string | null)[]> {
  const rows = await db
    .select({ name: people.name })
    .from(people)
    .where(and(isNull(people.erasedAt)));
  return rows.map(({ name }) => name);
}
