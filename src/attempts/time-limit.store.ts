// Where the ends of attempts come from: the limit of their version, the accommodation of their learner, and time that was given back.
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { getAccommodationAt } from '../courses/accommodation.store.ts';
import type { Database } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { quizVersions } from '../database/tables/quizzes.ts';
import { isOpenRow } from '../quizzes/open-row.ts';
import type { Attempt } from './attempt.ts';
import { endsAt, graceMs, type Limits } from './time-limit.ts';
import { sumGranted } from './time-grants/time-grant.store.ts';

/** When an attempt ends by itself as things stand now; null: never. Without a limit that takes no query. */
export async function findEnd(
  db: Database,
  attempt: Pick<Attempt, 'id' | 'placementId' | 'personId' | 'startedAt'>,
  version: Limits,
): Promise<Date | null> {
  if (version.timeLimitMinutes === null) return null;
  const accommodation = await getAccommodationAt(db, attempt.placementId, attempt.personId);
  return endsAt({ ...attempt, grantedMinutes: await sumGranted(db, attempt.id) }, version, accommodation);
}

/**
 * Open attempts that would be over if their learners had no more time than others, by id. Who has more is among them: whether
 * one is really over, `endsAt` decides.
 *
 * @param page.after the last id that was seen
 */
export async function listPerhapsOver(
  db: Database,
  now: Date,
  page: { after: number; limit: number },
): Promise<Pick<Attempt, 'id' | 'personId'>[]> {
  const graceSeconds = sql`greatest(${quizVersions.networkGraceSeconds}, ${graceMs / 1000})`;
  return db
    .select({ id: attempts.id, personId: attempts.personId })
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .where(
      and(
        isOpenRow,
        // Null without a limit, and then never less.
        sql`${attempts.startedAt} + ${quizVersions.timeLimitMinutes} * interval '1 minute'
          + ${graceSeconds} * interval '1 second' < ${now.toISOString()}::timestamptz`,
        gt(attempts.id, page.after),
      ),
    )
    .orderBy(asc(attempts.id))
    .limit(page.limit);
}
