// What a platform lets us do in one of its courses once a token opens it: its gradebook and its list of people, in the terms of LTI
// Advantage, whatever the platform speaks itself. An address of a column or of a list is the platform's own, and opaque.
import type { registrations } from '../database/tables/platforms.ts';
import type { LineItem, LineItemIdentity } from '../lti/line-item.ts';
import {
  createLineItem,
  listLineItems,
  readLineItem,
  updateLineItem,
  type LineItemOutcome,
  type LineItemsOutcome,
  type NewLineItem,
} from '../lti/line-items.ts';
import { readResult, readResults, type ResultOutcome, type ResultsOutcome } from '../lti/results.ts';
import { readRoster, type RosterOutcome } from '../lti/roster.ts';
import { postScore, type Score, type ScoreOutcome } from '../lti/scores.ts';
import type { AccessTokenRefusal } from '../lti/token-answer.ts';
import type { Fetch } from '../outbound/platform-http.ts';

/** Which deployment is asked: our key of the registration, and the platform's own id of the deployment. */
export interface ServiceTarget {
  registrationId: number;
  deploymentId: string;
}

/** Which course is asked, and what its platform speaks; `courseId` is our key. */
export interface CourseTarget extends ServiceTarget {
  protocol: (typeof registrations.$inferSelect)['protocol'];
  courseId: number;
}

/** Why no service was asked at all: no token was to be had. */
export interface NoAccess {
  kind: 'no-access';
  /** `teacher-must-reconnect`: a platform that knows only people's rights, and nobody who teaches there lends us theirs any more. */
  code: AccessTokenRefusal['code'] | 'teacher-must-reconnect';
  /** HTTP status; null where nobody was asked. */
  status: number | null;
  /** At most 300 printable characters. */
  detail: string;
  retryAfterSeconds: number | null;
}

/** The way into the courses of one kind of platform. */
export interface CourseDoor<Target> {
  /**
   * @param scopes what is to be done there, in the terms of LTI Advantage
   * @returns a course whose `forget` drops the token that opened it, so that the next opening has another
   */
  open(
    target: Target,
    scopes: readonly string[],
  ): Promise<{ kind: 'granted'; course: CourseAccess; forget: () => void } | NoAccess>;
}

export interface CourseAccess {
  postScore(asked: { lineItemUrl: string; score: Score }): Promise<ScoreOutcome>;
  readResult(asked: { lineItemUrl: string; userId: string }): Promise<ResultOutcome>;
  readResults(asked: { lineItemUrl: string; totalTimeoutMs?: number }): Promise<ResultsOutcome>;
  readLineItem(asked: { lineItemUrl: string }): Promise<LineItemOutcome>;
  listLineItems(asked: { lineItemsUrl: string } & Partial<LineItemIdentity>): Promise<LineItemsOutcome>;
  createLineItem(asked: { lineItemsUrl: string } & NewLineItem): Promise<LineItemOutcome>;
  updateLineItem(asked: {
    item: LineItem;
    change: { label?: string; scoreMaximum?: number };
  }): Promise<LineItemOutcome>;
  readRoster(asked: { membershipsUrl: string }): Promise<RosterOutcome>;
}

/** A course of an LMS that speaks LTI Advantage, opened by an access token of its token endpoint. */
export function ltiCourseAccess(tools: { fetch: Fetch; now: () => Date }, token: string): CourseAccess {
  return {
    postScore: (asked) => postScore(tools, { token, ...asked }),
    readResult: (asked) => readResult(tools, { token, ...asked }),
    readResults: (asked) => readResults(tools, { token, ...asked }),
    readLineItem: (asked) => readLineItem(tools, { token, ...asked }),
    listLineItems: (asked) => listLineItems(tools, { token, ...asked }),
    createLineItem: (asked) => createLineItem(tools, { token, ...asked }),
    updateLineItem: (asked) => updateLineItem(tools, { token, ...asked }),
    readRoster: (asked) => readRoster(tools, { token, ...asked }),
  };
}
