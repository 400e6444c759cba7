// Sending one learner's score to a gradebook column (AGS 2.0 score service).
import { belowLineItem } from './service-url.ts';
import type { Fetch, PlatformAnswer } from '../outbound/platform-http.ts';
import { requestPlatform } from '../outbound/platform-http.ts';
import type { ServiceFailure } from '../outbound/service-failure.ts';
import { classifyFailure } from '../outbound/service-failure.ts';

export const scoreScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/score';

export interface Score {
  /** The `subject` of a verified launch. */
  userId: string;
  /** Points, 0 or more; more than `scoreMaximum` is a bonus. Null takes back what was sent before: the learner has no grade. */
  scoreGiven: number | null;
  /** Points, more than 0. */
  scoreMaximum: number;
  timestamp: Date;
  /** Plain text for the learner. Sent again each time: a platform forgets the comment a score comes without. */
  comment: string | null;
  startedAt: Date | null;
  submittedAt: Date | null;
  activityProgress: 'InProgress' | 'Submitted' | 'Completed';
  /** What this platform wants besides, under the full URL of each extension; none unless given. */
  extras?: Record<string, unknown>;
}

/** `superseded`: the platform already holds a score with the same or a later timestamp (409). */
export type ScoreOutcome = { kind: 'delivered'; status: number } | { kind: 'superseded'; status: 409 } | ServiceFailure;

const mediaType = 'application/vnd.ims.lis.v1.score+json';

/** Where the scores of a line item are sent to. */
export function scoresUrl(lineItemUrl: string): string {
  return belowLineItem(lineItemUrl, 'scores');
}

/**
 * Posts one score and says what the platform made of it. One with points is always `FullyGraded`: a platform may take
 * anything else as the order to erase the grade it has (seen on a live one, November 2026). One without is that order: the
 * attempt starts anew (AGS 2.0 §4.5; `Initialized`, `NotReady`).
 * Throws a RangeError for points that are no score and for an extra whose name is no URL; never for a network fault or
 * an answer of the platform.
 *
 * @param lineItemUrl as received at a launch; its query is kept
 * @param score `timestamp` must be later by a whole second than that of any score sent before for this learner and
 *   column, unless it is the very same score again; never in the future
 * @returns `delivered` (2xx) | `superseded` (409) | `unauthorized` (401) | `unavailable` | `refused`
 * @see AGS 2.0 §3.4, https://www.imsglobal.org/spec/lti-ags/v2p0/
 */
export async function postScore(
  { fetch, now }: { fetch: Fetch; now: () => Date },
  { token, lineItemUrl, score }: { token: string; lineItemUrl: string; score: Score },
): Promise<ScoreOutcome> {
  const answer = await requestPlatform(fetch, {
    url: scoresUrl(lineItemUrl),
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': mediaType, accept: mediaType },
    body: JSON.stringify(scoreBody(score)),
  });
  if (hasArrived(answer)) return { kind: 'delivered', status: answer.status };
  if (answer.status === 409) return { kind: 'superseded', status: 409 };
  return classifyFailure(answer, [token], now());
}

/** A 2xx is a success whatever its body, even one too long to be read. */
function hasArrived(answer: PlatformAnswer): answer is PlatformAnswer & { status: number } {
  return answer.status !== null && answer.status >= 200 && answer.status < 300;
}

function scoreBody(score: Score): Record<string, unknown> {
  const { userId, scoreGiven, scoreMaximum, timestamp, comment, activityProgress, extras = {} } = score;
  if (scoreGiven === null) return clearingBody(score);
  if (!(Number.isFinite(scoreGiven) && scoreGiven >= 0)) throw new RangeError(`No score: ${scoreGiven} points`);
  if (!(Number.isFinite(scoreMaximum) && scoreMaximum > 0)) throw new RangeError(`No maximum: ${scoreMaximum} points`);
  const foreign = Object.keys(extras).find((name) => !URL.canParse(name));
  if (foreign !== undefined) throw new RangeError(`No extension of a score: ${foreign}`);
  const submission = submissionOf(score);
  return {
    ...extras,
    userId,
    scoreGiven,
    scoreMaximum,
    timestamp: timestamp.toISOString(),
    activityProgress,
    gradingProgress: 'FullyGraded',
    ...(comment !== null && { comment }),
    ...(submission !== null && { submission }),
  };
}

function clearingBody({ userId, timestamp }: Score): Record<string, unknown> {
  const progress = { activityProgress: 'Initialized', gradingProgress: 'NotReady' };
  return { userId, timestamp: timestamp.toISOString(), ...progress };
}

function submissionOf({ startedAt, submittedAt }: Score): Record<string, string> | null {
  if (startedAt === null && submittedAt === null) return null;
  return {
    ...(startedAt !== null && { startedAt: startedAt.toISOString() }),
    ...(submittedAt !== null && { submittedAt: submittedAt.toISOString() }),
  };
}
