// What a course knows of its students' work: attempts at the quizzes of its plan, and marks by hand. A round of two queries, for one
// student as for all.
import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { quizVersions } from '../database/tables/quizzes.ts';
import { thatCount, whatCounts, type CountableAttempt } from '../quizzes/counting-attempt.ts';
import { heldColumn, heldScore } from '../quizzes/held-score.store.ts';
import { countingMark } from './counting-mark.ts';
import type { ActivityResult, StudentResults } from './evaluate.ts';
import { groupBy } from './group-by.ts';
import { listMarks, listMarksOfPerson, type Mark } from './mark.store.ts';
import { attendance } from './plan.ts';
import type { PublishedPlan } from './plan.store.ts';

type AttemptAtPlacement = CountableAttempt & { placementId: number; personId: number };

/**
 * Students' results under a plan, by person; who has none is not in it.
 *
 * @param personIds undefined: everybody's
 */
export async function loadResults(
  db: Database,
  { courseId, plan, policy }: Pick<PublishedPlan, 'courseId' | 'plan' | 'policy'>,
  personIds?: readonly number[],
): Promise<Map<number, StudentResults>> {
  const made = groupBy(await listAttempts(db, placementsIn(plan), personIds), ({ personId }) => personId);
  const marks = groupBy(await listMarks(db, courseId, personIds), ({ personId }) => personId);
  return new Map(
    [...new Set([...made.keys(), ...marks.keys()])].map((personId) => [
      personId,
      resultsOf(plan, policy, made.get(personId) ?? [], marks.get(personId) ?? []),
    ]),
  );
}

/** What a course knows of one person, with the marks that it is made of. */
export interface PersonInCourse {
  inForce: PublishedPlan;
  results: StudentResults;
  /** The last of each sitting. */
  marks: readonly Mark[];
}

/** One person's results under several plans, one for each course: two queries, however many there are. */
export async function loadResultsOfPerson(
  db: Database,
  plans: readonly PublishedPlan[],
  personId: number,
): Promise<PersonInCourse[]> {
  const placementIds = plans.flatMap(({ plan }) => placementsIn(plan));
  const made = await listAttempts(db, placementIds, [personId]);
  const marks = await listMarksOfPerson(db, personId);
  return plans.map((inForce) => {
    const { courseId, plan, policy } = inForce;
    const own = marks.get(courseId) ?? [];
    return { inForce, results: resultsOf(plan, policy, made, own), marks: own };
  });
}

/** Where the quizzes of a plan stand. */
export function placementsIn({ activities }: PublishedPlan['plan']): number[] {
  return activities.flatMap(({ placementId }) => (placementId === null ? [] : [placementId]));
}

function resultsOf(
  plan: PublishedPlan['plan'],
  policy: PublishedPlan['policy'],
  made: readonly AttemptAtPlacement[],
  marks: readonly Mark[],
): StudentResults {
  const atPlacement = groupBy(made, ({ placementId }) => placementId);
  const ofActivity = groupBy(marks, ({ activityKey }) => activityKey);
  const missed = ofActivity.get(attendance)?.find(({ sitting }) => sitting === 1);
  return {
    activities: new Map(
      plan.activities.map(({ key, placementId }) => [
        key,
        placementId === null
          ? countingMark(ofActivity.get(key) ?? [], policy)
          : quizResult(atPlacement.get(placementId) ?? []),
      ]),
    ),
    missedHours: missed?.points ?? null,
  };
}

/** What the attempts at one placement come to: the same that its own gradebook column shows. */
function quizResult(attempts: readonly AttemptAtPlacement[]): ActivityResult {
  const made = thatCount(attempts);
  const { counted } = whatCounts(attempts);
  if (!counted) return made.some(({ unmarked }) => (unmarked ?? 0) > 0) ? { state: 'waiting' } : { state: 'none' };
  const which = counted.number === null ? made.map(({ number }) => number).join('+') : counted.number;
  const source = `attempt:${made[0]?.placementId ?? ''}:${which}`;
  return { state: 'scored', share: counted.points.div(counted.maximumPoints), source };
}

async function listAttempts(
  db: Database,
  placementIds: readonly number[],
  personIds: readonly number[] | undefined,
): Promise<AttemptAtPlacement[]> {
  if (placementIds.length === 0 || personIds?.length === 0) return [];
  const held = heldScore(db);
  return db
    .select({
      placementId: attempts.placementId,
      personId: attempts.personId,
      number: attempts.number,
      submittedAt: attempts.submittedAt,
      points: attempts.points,
      maximumPoints: attempts.maximumPoints,
      held: heldColumn(held),
      unmarked: attempts.unmarked,
      countingAttempt: quizVersions.countingAttempt,
    })
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .leftJoinLateral(held, sql`true`)
    .where(
      and(
        inArray(attempts.placementId, [...placementIds]),
        personIds ? inArray(attempts.personId, [...personIds]) : undefined,
        or(isNotNull(attempts.submittedAt), isNotNull(held.since)),
      ),
    )
    .orderBy(asc(attempts.number));
}
