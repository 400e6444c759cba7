// Awards as their owner may take them away: what a quiz does not show its learner yet, no transcript or credential gives away.
import { listAccommodationsOf } from '../../courses/accommodation.store.ts';
import type { Database } from '../../database/database.ts';
import { placementsIn } from '../results.store.ts';
import { listQuizPlaces, type QuizPlace } from '../student/quiz-places.store.ts';
import { listStandingAwards, type StandingAward } from './award.store.ts';

/** `isHeldBack`: its points and its grade rest on points that may not be seen yet. */
export type OwnAward = StandingAward & { isHeldBack: boolean };

/** Everything that stands to one's own credit, the oldest first. @param entryId only that one */
export async function listOwnAwards(db: Database, personId: number, now: Date, entryId?: number): Promise<OwnAward[]> {
  const awards = await listStandingAwards(db, personId, entryId);
  const placementIds = [...new Set(awards.flatMap(({ plan }) => placementsIn(plan)))];
  if (placementIds.length === 0) return awards.map((award) => ({ ...award, isHeldBack: false }));
  const accommodations = await listAccommodationsOf(db, personId);
  const places = await listQuizPlaces(db, { personId, placementIds }, accommodations, now);
  return awards.map((award) => ({ ...award, isHeldBack: restsOnHidden(award, places) }));
}

function restsOnHidden({ plan, evidence }: StandingAward, places: ReadonlyMap<number, QuizPlace>): boolean {
  const isHidden = (placementId: number | null) =>
    placementId !== null && places.get(placementId)?.arePointsShown === false;
  const hidden = new Set(plan.activities.filter(({ placementId }) => isHidden(placementId)).map(({ key }) => key));
  return evidence.activities.some(({ key, state }) => state === 'scored' && hidden.has(key));
}
