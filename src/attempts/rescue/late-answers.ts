// What an attempt that was handed in would be if the answers counted that came too late.
import { createHash } from 'node:crypto';
import { isClosed, noWork } from '../../questions/behaviours/work.ts';
import { fieldsOf } from '../../questions/response.ts';
import type { ExactScore } from '../../grades/decision.store.ts';
import { attemptScore, countUnmarked, scoreAfter, type Attempt, type Work } from '../attempt.ts';
import type { AttemptContent } from '../attempt-view.ts';
import type { Corrections } from '../correction.ts';
import { fieldName } from '../field-name.ts';
import { givenAnswer } from '../given-answer.ts';
import { formOf } from '../journal/judge-answers.ts';
import { isNewer, type EntryPlace } from '../journal/entry-order.ts';
import type { EntryOf } from '../journal/entry.ts';
import type { SaidAnswer } from '../journal/mark-and-save.ts';
import { lateReasons, type LateReason } from '../journal/punctual.ts';

/** An answer that was kept and does not count. */
export interface LateAnswer {
  entry: EntryOf<'answer'>;
  place: EntryPlace;
  reason: LateReason;
  saidAt: Date;
  arrivedAt: Date;
}

/** What counting them does. */
export interface LatePlan {
  attempt: Attempt;
  /** The answers that would stand in the place of others. */
  said: SaidAnswer[];
  before: ExactScore | null;
  after: Pick<Attempt, 'unmarked'> & ExactScore;
  /** How many came late, of which some were overtaken by others. */
  lateCount: number;
  /** How many for which reason. */
  reasons: ReadonlyMap<LateReason, number>;
  lastSaidAt: Date;
  lastArrivedAt: Date;
}

/**
 * Of each question the last answer of all counts, late or not. A question stays as it is that a check has closed, that was asked anew
 * since, or that a person has marked.
 *
 * @param late at least one
 * @param marks where the answers that stand were said
 */
export function planLateAnswers(
  content: AttemptContent,
  {
    late,
    marks,
    corrections,
  }: { late: readonly LateAnswer[]; marks: ReadonlyMap<number, EntryPlace>; corrections: Corrections },
): LatePlan {
  const { attempt, version, work } = content;
  const said = version.questions.flatMap((asked): SaidAnswer[] => {
    const { question, position } = asked;
    const done = work.get(position) ?? noWork;
    if (done.handMark || isClosed(question, done, version)) return [];
    const newest = late
      .filter(({ entry }) => entry.field === fieldName(position) && entry.round === done.round)
      .reduce<LateAnswer | null>((last, one) => (isNewer(one.place, last?.place) ? one : last), null);
    if (!newest || !isNewer(newest.place, marks.get(position))) return [];
    const read = fieldsOf(formOf(newest.entry), newest.entry.field);
    const answer = givenAnswer(asked, read, content);
    return [{ attemptId: attempt.id, position, answer, ...newest.place, saidAt: newest.saidAt }];
  });
  const then = withSaid(work, said);
  const { points, maximumPoints } = attempt;
  const earned = { before: attemptScore(version, work, corrections), after: attemptScore(version, then, corrections) };
  return {
    attempt,
    said,
    before: points && maximumPoints && { points, maximumPoints },
    after: { ...scoreAfter(attempt, earned), unmarked: countUnmarked(version, then, corrections) },
    lateCount: late.length,
    reasons: new Map(
      lateReasons.map((reason) => [reason, late.filter((one) => one.reason === reason).length] as const),
    ),
    lastSaidAt: new Date(Math.max(...late.map(({ saidAt }) => saidAt.getTime()))),
    lastArrivedAt: new Date(Math.max(...late.map(({ arrivedAt }) => arrivedAt.getTime()))),
  };
}

function withSaid(work: Work, said: readonly SaidAnswer[]): Work {
  const changed = said.map(
    ({ position, answer }) => [position, { ...(work.get(position) ?? noWork), saved: answer }] as const,
  );
  return new Map([...work, ...changed]);
}

/** Tells one preview from another: exactly what a teacher saw is what is counted, and nothing that came since is settled with it. */
export function lateDigest({ attempt, said, before, after, lateCount }: LatePlan): string {
  const score = (of: ExactScore | null) => of && [of.points.toFraction(), of.maximumPoints.toFraction()];
  const places = said.map(({ position, number, sequence }) => [position, number, sequence]);
  const seen = JSON.stringify([attempt.id, lateCount, places, score(before), score(after)]);
  return createHash('sha256').update(seen).digest('base64url');
}
