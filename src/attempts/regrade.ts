// What a regrade would do, worked out before anything is written: which corrections it puts in force, and what becomes of every
// attempt that was handed in.
import { createHash } from 'node:crypto';
import type Fraction from 'fraction.js';
import type { ExactScore } from '../grades/decision.store.ts';
import { whatMarks, withKeyOf } from '../questions/same-question.ts';
import { askedCorrections, askedVersion, wholeVersion } from './asked.ts';
import type { QuizVersion } from '../quizzes/quiz.ts';
import { attemptScore, countUnmarked } from './attempt.ts';
import type { Correction, Corrections } from './correction.ts';
import type { NewCorrection } from './correction.store.ts';
import type { Place } from './question-place.ts';
import { regradableQuestions, type Gradings, type HandedIn, type RegradeChoice } from './regrade-questions.ts';

/** What a teacher chose. */
export interface RegradeWish {
  /** By `RegradableQuestion.id`; what is not named, or may not be chosen, stays as it is. */
  choices: ReadonlyMap<string, string>;
  /** Whether a score may become lower; as a share of what can be had. */
  mayLower: boolean;
}

export interface AttemptChange {
  attempt: HandedIn;
  before: ExactScore;
  after: ExactScore;
  /** How many of its answers wait for a person's mark from then on, also if its score is kept. */
  unmarked: number;
}

export interface RegradePlan {
  /** Only those that differ from what is in force. */
  corrections: readonly NewCorrection[];
  changes: readonly AttemptChange[];
  /** Scores that would be lower, as `after`, and stay as they are. */
  kept: readonly AttemptChange[];
  /** Whether a version, or an attempt, would be left without a question that counts: such a regrade cannot be accepted. */
  leavesNothing: boolean;
}

/** Works a regrade out. Done twice it changes nothing the second time. */
export function planRegrade(gradings: Gradings, { choices, mayLower }: RegradeWish): RegradePlan {
  const corrections = regradableQuestions(gradings).flatMap((question) => {
    const choice = question.choices.find((offered) => offered === choices.get(question.id)) ?? 'as-it-is';
    return question.places.flatMap((place) => correctionOf(place, choice));
  });
  const inForce = withNew(gradings.corrections, corrections);
  const remarked = gradings.attempts.flatMap((attempt) => remark(attempt, gradings, inForce));
  const isKept = ({ before, after }: AttemptChange) => !mayLower && isLower(after, before);
  return {
    corrections,
    changes: remarked.filter((change) => !isKept(change)),
    // What waits no more holds up nothing; what would wait again holds up no score that stays.
    kept: remarked
      .filter(isKept)
      .map((change) => ({ ...change, unmarked: Math.min(change.unmarked, change.attempt.unmarked) })),
    leavesNothing:
      gradings.versions.some((version) => isEmptied(version, inForce.get(version.id) ?? new Map())) ||
      remarked.some(({ before, after }) => before.maximumPoints.gt(0) && after.maximumPoints.equals(0)),
  };
}

function isEmptied(version: QuizVersion, corrections: Corrections): boolean {
  const most = (by: Corrections) => attemptScore(wholeVersion(version), new Map(), by).maximumPoints;
  return most(new Map()).gt(0) && most(corrections).equals(0);
}

/** Whether there is nothing in it to be accepted. */
export function isIdle({ corrections, changes }: RegradePlan): boolean {
  return corrections.length === 0 && changes.length === 0;
}

/** Tells one plan from another: a teacher accepts only what was shown. */
export function planDigest({ corrections, changes, kept }: RegradePlan, { mayLower }: RegradeWish): string {
  const written = ({ points, maximumPoints }: ExactScore) => [points.toFraction(), maximumPoints.toFraction()];
  // By attempt: the database gives them in no order.
  const scores = (all: readonly AttemptChange[]) =>
    [...all]
      .sort((one, other) => one.attempt.id - other.attempt.id)
      .map(({ attempt, before, after, unmarked }) => [attempt.id, written(before), written(after), unmarked]);
  const all = JSON.stringify([mayLower, corrections, scores(changes), scores(kept)]);
  return createHash('sha256').update(all).digest('base64url');
}

/** Whether one score is a smaller share than another; where nothing could be had, none is. */
export function isLower(one: ExactScore, other: ExactScore): boolean {
  return shareOf(one).compare(shareOf(other)) < 0;
}

function shareOf({ points, maximumPoints }: ExactScore): Fraction {
  return maximumPoints.equals(0) ? points : points.div(maximumPoints);
}

function correctionOf(place: Place, choice: RegradeChoice): NewCorrection[] {
  const correction = wantedFor(place, choice);
  const { quizVersionId, position } = place;
  return isSame(correction, place.correction) ? [] : [{ quizVersionId, position, correction }];
}

function wantedFor({ question, correction, now }: Place, choice: RegradeChoice): Correction | null {
  switch (choice) {
    case 'as-it-is':
      return correction;
    case 'key':
      if (now === null) return correction;
      return whatMarks(now) === whatMarks(question) ? null : { kind: 'key', question: withKeyOf(question, now) };
    case 'full-points':
    case 'dropped':
      return { kind: choice };
    case 'as-published':
      return null;
  }
}

function isSame(one: Correction | null, other: Correction | null): boolean {
  if (one?.kind === 'key' && other?.kind === 'key') return whatMarks(one.question) === whatMarks(other.question);
  return one?.kind === other?.kind;
}

function withNew(
  corrections: Gradings['corrections'],
  added: readonly NewCorrection[],
): ReadonlyMap<number, Corrections> {
  const merged = new Map([...corrections].map(([versionId, ofVersion]) => [versionId, new Map(ofVersion)]));
  for (const { quizVersionId, position, correction } of added) {
    const ofVersion = merged.get(quizVersionId) ?? new Map<number, Correction>();
    if (correction) ofVersion.set(position, correction);
    else ofVersion.delete(position);
    merged.set(quizVersionId, ofVersion);
  }
  return merged;
}

/** Nothing for an attempt that no correction speaks of, or that is marked as before. */
function remark(
  attempt: HandedIn,
  { versions, work }: Gradings,
  corrections: ReadonlyMap<number, Corrections>,
): AttemptChange[] {
  const version = versions.find(({ id }) => id === attempt.quizVersionId);
  const ofVersion = corrections.get(attempt.quizVersionId);
  if (!version || !ofVersion) return [];
  const { points, maximumPoints } = attempt;
  const own = work.get(attempt.id) ?? new Map();
  const asked = askedVersion(attempt, version, own);
  const ownCorrections = askedCorrections(attempt, version, own, ofVersion);
  const after = attemptScore(asked, own, ownCorrections);
  const unmarked = countUnmarked(asked, own, ownCorrections);
  const isSameScore = after.points.equals(points) && after.maximumPoints.equals(maximumPoints);
  if (isSameScore && unmarked === attempt.unmarked) return [];
  return [{ attempt, before: { points, maximumPoints }, after, unmarked }];
}
