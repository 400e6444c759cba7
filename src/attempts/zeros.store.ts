// Everybody of a placement's course with what decides about a zero for them.
import { eq, sql } from 'drizzle-orm';
import { noAccommodation } from '../courses/accommodation.ts';
import { listAccommodations } from '../courses/accommodation.store.ts';
import { listMembers } from '../courses/member.store.ts';
import type { Database } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { listCells } from '../grades/gradebook-cell.store.ts';
import { heldScore } from '../quizzes/held-score.store.ts';
import { isOpenRow } from '../quizzes/open-row.ts';
import type { RosterPerson } from './zeros.ts';

/** The roster, those who left included, in its order. Four queries, however many there are. */
export async function listRosterPeople(
  db: Database,
  { id, courseId }: { id: number; courseId: number },
): Promise<RosterPerson[]> {
  const work = await workByPerson(db, id);
  const cells = await listCells(db, id);
  const accommodations = await listAccommodations(db, courseId);
  return (await listMembers(db, courseId)).map((member) => ({
    ...member,
    work: work.get(member.personId) ?? 'none',
    accommodation: accommodations.get(member.personId) ?? noAccommodation,
    cell: cells.get(member.personId) ?? null,
  }));
}

async function workByPerson(db: Database, placementId: number): Promise<Map<number, 'open' | 'handed-in'>> {
  const held = heldScore(db);
  const rows = await db
    .select({
      personId: attempts.personId,
      isOpen: sql<boolean>`bool_or(${isOpenRow})`,
      isHandedIn: sql<boolean>`bool_or(${attempts.submittedAt} is not null or ${held.points} is not null)`,
    })
    .from(attempts)
    .leftJoinLateral(held, sql`true`)
    .where(eq(attempts.placementId, placementId))
    .groupBy(attempts.personId);
  return new Map(
    rows.flatMap(({ personId, isOpen, isHandedIn }) =>
      isHandedIn || isOpen ? [[personId, isHandedIn ? 'handed-in' : 'open']] : [],
    ),
  );
}
