// Accommodations: one row for each learner of a course who has any.
import { and, eq, gt, isNotNull, or } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { accommodations, placements } from '../database/tables/courses.ts';
import { noAccommodation, type Accommodation } from './accommodation.ts';

const columns = { extraTimePercent: accommodations.extraTimePercent, dueUntil: accommodations.dueUntil };

/** What a learner has in a course. */
export async function getAccommodation(db: Database, courseId: number, personId: number): Promise<Accommodation> {
  const [row] = await db
    .select(columns)
    .from(accommodations)
    .where(and(eq(accommodations.courseId, courseId), eq(accommodations.personId, personId)));
  return row ?? noAccommodation;
}

/** What a learner has in the course of a placement. */
export async function getAccommodationAt(db: Database, placementId: number, personId: number): Promise<Accommodation> {
  const [row] = await db
    .select(columns)
    .from(accommodations)
    .innerJoin(placements, eq(placements.courseId, accommodations.courseId))
    .where(and(eq(placements.id, placementId), eq(accommodations.personId, personId)));
  return row ?? noAccommodation;
}

/** Everybody in a course who has more than the others, by our key of the person. */
export async function listAccommodations(db: Database, courseId: number): Promise<Map<number, Accommodation>> {
  const rows = await db
    .select({ personId: accommodations.personId, ...columns })
    .from(accommodations)
    .where(
      and(
        eq(accommodations.courseId, courseId),
        or(gt(accommodations.extraTimePercent, 0), isNotNull(accommodations.dueUntil)),
      ),
    );
  return new Map(rows.map(({ personId, ...accommodation }) => [personId, accommodation]));
}

/** What one learner has in all their courses, by our key of the course; one where they have what everybody has need not be in it. */
export async function listAccommodationsOf(db: Database, personId: number): Promise<Map<number, Accommodation>> {
  const rows = await db
    .select({ courseId: accommodations.courseId, ...columns })
    .from(accommodations)
    .where(eq(accommodations.personId, personId));
  return new Map(rows.map(({ courseId, ...accommodation }) => [courseId, accommodation]));
}

/** Gives a learner of a course these from now on, also in attempts that are open. */
export async function saveAccommodation(
  tx: Transaction,
  { courseId, personId }: { courseId: number; personId: number },
  accommodation: Accommodation,
  { changedBy, now }: { changedBy: number; now: Date },
): Promise<void> {
  const row = { ...accommodation, changedBy, changedAt: now };
  await tx
    .insert(accommodations)
    .values({ courseId, personId, ...row })
    .onConflictDoUpdate({ target: [accommodations.courseId, accommodations.personId], set: row });
}
