// A regrade as its teacher should see it: learner by learner, by what counts for each.
import { whatCounts, type CountedScore } from '../quizzes/counting-attempt.ts';
import { isLower, type AttemptChange, type RegradePlan } from './regrade.ts';
import type { RuledAttempt } from './attempt.store.ts';

/**
 * `waits`: what counts is known once people have marked. `keeps`: would lose, and does not. `same`: what counts stays, though an
 * attempt is marked anew.
 */
export type RegradeEffect = (typeof regradeEffects)[number];

export const regradeEffects = ['loses', 'waits', 'keeps', 'gains', 'same'] as const;

export interface RegradedPerson {
  personId: number;
  /** What counts; null while nothing does. */
  before: CountedScore | null;
  after: CountedScore | null;
  effect: RegradeEffect;
  /** By number; of one that is kept, `after` is what it would have become. */
  attempts: readonly (AttemptChange & { isKept: boolean })[];
}

/** Everybody of whom a plan speaks, who loses first. @param attempts all that count */
export function regradedPeople(attempts: readonly RuledAttempt[], { changes, kept }: RegradePlan): RegradedPerson[] {
  const spokenOf = [
    ...changes.map((change) => ({ ...change, isKept: false })),
    ...kept.map((change) => ({ ...change, isKept: true })),
  ];
  const ids = [...new Set(spokenOf.map(({ attempt }) => attempt.personId))];
  const people = ids.map((personId) => {
    const own = spokenOf.filter(({ attempt }) => attempt.personId === personId);
    const made = attempts.filter((attempt) => attempt.personId === personId);
    const before = whatCounts(made).counted;
    const remade = made.map((attempt) => {
      const change = own.find((one) => one.attempt.id === attempt.id);
      if (!change) return attempt;
      return { ...attempt, ...(!change.isKept && change.after), unmarked: change.unmarked };
    });
    const after = whatCounts(remade).counted;
    const isKept = own.some((one) => one.isKept);
    return {
      personId,
      before,
      after,
      effect: effectOf(before, after, isKept),
      attempts: own.sort((one, other) => one.attempt.number - other.attempt.number),
    };
  });
  return people.sort((one, other) => regradeEffects.indexOf(one.effect) - regradeEffects.indexOf(other.effect));
}

function effectOf(before: CountedScore | null, after: CountedScore | null, isKept: boolean): RegradeEffect {
  if (before && !after) return 'waits';
  if (before && after && isLower(after, before)) return 'loses';
  if (after && (!before || isLower(before, after))) return 'gains';
  return isKept ? 'keeps' : 'same';
}
