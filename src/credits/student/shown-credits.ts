// What students, and mentors who read with them, may know of their own credits: everything, but for points that a quiz does not show yet. As
// all of it is worked out from results without those points, nothing can give them away.
import Fraction from 'fraction.js';
import { studentCredits, type StudentCredits } from '../course-credits.ts';
import type { ActivityResult, StudentResults } from '../evaluate.ts';
import type { Accounts } from '../ledger.store.ts';
import type { CreditPlan } from '../plan.ts';
import type { PublishedPlan } from '../plan.store.ts';
import type { QuizPlace } from './quiz-places.store.ts';

/** A student in a course, as far as the reader may know. */
export interface ShownCredits extends StudentCredits {
  /** Keys of the activities whose points are held back: they stand at nothing here. */
  hidden: ReadonlySet<string>;
  /** The results that the rest follows from. */
  results: StudentResults;
}

/** Keys of the quizzes of a plan that have a score which the student may not see yet. */
export function hiddenQuizzes(
  { activities }: CreditPlan,
  results: StudentResults,
  places: ReadonlyMap<number, QuizPlace>,
): Set<string> {
  const hidden = activities.filter(({ key, placementId }) => {
    const place = placementId === null ? undefined : places.get(placementId);
    return place?.arePointsShown === false && results.activities.get(key)?.state === 'scored';
  });
  return new Set(hidden.map(({ key }) => key));
}

/**
 * A student's credits without the points of some activities. Those were handed in, which the student knows; so such a one is done where that
 * is all it takes. The ledger is no secret: what it says is confirmed stays so, and there is no grade while points are held back.
 */
export function creditsWithout(
  hidden: ReadonlySet<string>,
  plan: PublishedPlan,
  all: StudentResults,
  accounts: Accounts,
): ShownCredits {
  const held = (key: string, result: ActivityResult): ActivityResult =>
    result.state === 'scored' && hidden.has(key) ? { ...result, share: new Fraction(0) } : result;
  const results = { ...all, activities: new Map([...all.activities].map(([key, result]) => [key, held(key, result)])) };
  const { evaluation, components, ...credits } = studentCredits(plan, results, accounts);
  if (hidden.size === 0) return { ...credits, evaluation, components, hidden, results };
  return {
    ...credits,
    ...{ hidden, results },
    evaluation: { ...evaluation, grade: null },
    components: components.map((component) => ({
      ...component,
      standing: component.standing === 'changed' || component.standing === 'lost' ? 'confirmed' : component.standing,
    })),
  };
}
