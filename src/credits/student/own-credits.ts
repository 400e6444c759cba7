// One person's credits in one course as in all: a round of queries that does not grow with the number of courses.
import { noAccommodation, type Accommodation } from '../../courses/accommodation.ts';
import { listAccommodationsOf } from '../../courses/accommodation.store.ts';
import type { Database } from '../../database/database.ts';
import { listAccountsOfPerson } from '../ledger.store.ts';
import { findPlans } from '../plan.store.ts';
import { loadResultsOfPerson, placementsIn, type PersonInCourse } from '../results.store.ts';
import { listQuizPlaces, type QuizPlace } from './quiz-places.store.ts';
import { creditsWithout, hiddenQuizzes, type ShownCredits } from './shown-credits.ts';

/** A person in a course that has a plan. */
export interface OwnCredits extends Pick<PersonInCourse, 'inForce' | 'marks'> {
  credits: ShownCredits;
  /** By our key of the placement. */
  places: ReadonlyMap<number, QuizPlace>;
  accommodation: Accommodation;
}

/**
 * Those of some courses that have a plan, in the order of the courses.
 *
 * @param whose.reader students, and their mentors, see of points what each quiz shows them now; teachers see all
 */
export async function loadOwnCredits(
  db: Database,
  { personId, courseIds, reader }: { personId: number; courseIds: readonly number[]; reader: 'teacher' | 'learner' },
  now: Date,
): Promise<OwnCredits[]> {
  const found = await findPlans(db, courseIds);
  const plans = courseIds.flatMap((courseId) => found.get(courseId) ?? []);
  if (plans.length === 0) return [];
  const known = await loadResultsOfPerson(db, plans, personId);
  const accounts = await listAccountsOfPerson(db, personId);
  const accommodations = await listAccommodationsOf(db, personId);
  const placementIds = plans.flatMap(({ plan }) => placementsIn(plan));
  const places = await listQuizPlaces(db, { personId, placementIds }, accommodations, now);
  return known.map(({ inForce, results, marks }) => {
    const hidden = reader === 'teacher' ? new Set<string>() : hiddenQuizzes(inForce.plan, results, places);
    const credits = creditsWithout(hidden, inForce, results, accounts.get(inForce.courseId) ?? new Map());
    return { inForce, marks, credits, places, accommodation: accommodations.get(inForce.courseId) ?? noAccommodation };
  });
}
