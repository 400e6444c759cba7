// Tells one LMS one score, unless somebody there has entered another, and finds out what it made of it.
import type { RosterRefresher } from '../courses/refresh-roster.ts';
import type { Database } from '../database/database.ts';
import { scoreScope, type Score } from '../lti/scores.ts';
import { isNotThere, type ServiceFailure } from '../outbound/service-failure.ts';
import { differencesOf } from '../platforms/lms/registry.ts';
import { accessTrouble, scoreTrouble } from '../platforms/service-trouble.ts';
import type { NoAccess } from '../platforms/course-access.ts';
import type { PlatformServices } from '../platforms/services.ts';
import { isShownAs, whoseGrade, type PointsOf } from './compare-grade.ts';
import { healsWithoutUs, type DeliveryCause } from './delivery-cause.ts';
import type { ClaimedCell, DeliveryResult } from './claimed-cell.store.ts';
import { isColumnGone, lookAtGrade, scoringScopes } from './look-at-gradebook.ts';

/** What a delivery is done with. */
export interface PostingTools {
  db: Database;
  now: () => Date;
  services: PlatformServices;
  /** Asked for a fresh list of the course when the LMS refuses one learner. */
  roster: Pick<RosterRefresher, 'refreshSoon'>;
}

/**
 * Posts the score of a claimed cell, and reads back what the gradebook then shows (lti.md 104). No transaction may be open: this waits
 * for another machine.
 *
 * What somebody there has entered is `overridden` before anything is sent, unless a teacher wants ours; so is a score that was taken
 * and does not show. Where the LMS lets us look, nothing is sent unseen. A refused token is renewed once.
 */
export async function postCell(tools: PostingTools, cell: ClaimedCell): Promise<DeliveryResult> {
  if (!cell.gradebookScopes.includes(scoreScope)) {
    const detail = 'The platform does not grant us its scores';
    return { ...answered(null), outcome: 'refused', cause: 'scope-not-granted', detail };
  }
  const before = await lookAtGrade(tools.services, cell);
  switch (before.kind) {
    case 'seen':
      return unsent(cell, before.there) ?? send(tools, cell, scoringScopes(cell));
    case 'unseen':
      return send(tools, cell, [scoreScope]);
    case 'no-access':
      return noAccess(before);
    case 'unauthorized':
    case 'unavailable':
    case 'refused':
      return { ...failed(before), outcome: 'unavailable', cause: scoreTrouble(before) };
  }
}

/** What comes of a try for which nothing has to be sent, given what is there; null where something has. */
function unsent(cell: ClaimedCell, there: PointsOf | null): DeliveryResult | null {
  const whose = whoseGrade(there, { ...cell, wanted: wantedOf(cell) });
  if (whose === 'theirs' && !cell.mayOverwrite) return { ...answered(null), outcome: 'overridden', there };
  const isTakenBack = cell.scoreGiven === null && whose === 'nobody';
  return isTakenBack ? { ...answered(null), outcome: 'delivered', there } : null;
}

async function send(tools: PostingTools, cell: ClaimedCell, scopes: string[]): Promise<DeliveryResult> {
  const { services } = tools;
  const posted = await services.call(cell, scopes, (course) => {
    // Whoever was stopped for so long that another may have taken over says nothing any more.
    if (tools.now() >= cell.claimedUntil) return Promise.resolve(tooLate);
    return course.postScore({ lineItemUrl: cell.lineItemUrl, score: scoreOf(cell) });
  });
  switch (posted.kind) {
    case 'delivered':
      await services.signs.note(cell.registrationId, 'score');
      return verified(services, cell, posted.status);
    case 'superseded':
      return superseded(services, cell, posted.status);
    case 'no-access':
      return noAccess(posted);
    case 'unauthorized':
    case 'unavailable':
    case 'refused':
      return notTaken(tools, cell, posted);
  }
}

const tooLate: ServiceFailure = {
  ...{ kind: 'unavailable', fault: 'timeout', status: null, retryAfterSeconds: null },
  detail: 'not sent: in hand for too long',
};

/** A success does not prove that the grade shows: a teacher's own may stand against it. */
async function verified(services: PlatformServices, cell: ClaimedCell, status: number): Promise<DeliveryResult> {
  const delivered = { ...answered(status), outcome: 'delivered' } as const;
  const wanted = wantedOf(cell);
  if (wanted === null) return delivered;
  const after = await lookAtGrade(services, cell);
  if (after.kind !== 'seen') return delivered;
  const { there } = after;
  return there === null || isShownAs(there, wanted)
    ? { ...delivered, there }
    : { ...answered(status), outcome: 'overridden', there };
}

/** So often may an LMS speak of a conflict where we see none; then it has its reasons. */
const mostConflicts = 5;

/**
 * The LMS has a score of this moment or a later one. If it shows ours, from a try whose answer was lost, the grade is delivered. If
 * it shows an older one of ours, or none, somebody has only touched it there, or the LMS was in trouble: it goes out again, with a
 * later moment. If it shows another, somebody there knows better and it stays (lti.md 103).
 */
async function superseded(
  services: PlatformServices,
  cell: ClaimedCell,
  status: number | null,
): Promise<DeliveryResult> {
  const after = await lookAtGrade(services, cell);
  switch (after.kind) {
    case 'seen': {
      const { there } = after;
      const wanted = wantedOf(cell);
      const isShown = there === null || wanted === null ? there === wanted : isShownAs(there, wanted);
      if (isShown) return { ...answered(status), outcome: 'delivered', there };
      const isFree = whoseGrade(there, { ...cell, wanted }) !== 'theirs' && cell.tries < mostConflicts;
      if (isFree) return { ...answered(status), outcome: 'unavailable', there, isTooEarly: true };
      return { ...answered(status), outcome: 'superseded', there };
    }
    case 'unseen':
      // Without the right to look, a second try of the very same score is the likeliest to have put it there.
      return { ...answered(status), outcome: cell.isRetry ? 'delivered' : 'superseded' };
    case 'no-access':
      return noAccess(after);
    case 'unauthorized':
    case 'unavailable':
    case 'refused':
      return { ...failed(after), outcome: 'unavailable', cause: scoreTrouble(after) };
  }
}

async function notTaken(tools: PostingTools, cell: ClaimedCell, failure: ServiceFailure): Promise<DeliveryResult> {
  const { status, detail } = failure;
  const said = differencesOf(cell.family).scoreTrouble({ status, said: detail, tries: cell.tries });
  if (said === 'superseded') return superseded(tools.services, cell, status);
  const cause = said ?? (await lookedInto(tools, cell, failure));
  if (cause === 'person-refused') tools.roster.refreshSoon(cell.courseId);
  const isRefused = failure.kind === 'refused' && !healsWithoutUs(cause);
  return { ...failed(failure), outcome: isRefused ? 'refused' : 'unavailable', cause };
}

async function lookedInto(
  { services }: PostingTools,
  cell: ClaimedCell,
  failure: ServiceFailure,
): Promise<DeliveryCause> {
  return isNotThere(failure) && (await isColumnGone(services, cell)) ? 'column-gone' : scoreTrouble(failure);
}

/** Whatever keeps us from a token, the next may be granted: a key not yet seen, a clock set right, a tool switched on. */
function noAccess({ code, status, detail, retryAfterSeconds }: NoAccess): DeliveryResult {
  const cause = accessTrouble({ code, status });
  return { outcome: 'unavailable', cause, status, detail: `${code}: ${detail}`.slice(0, 300), retryAfterSeconds };
}

function failed({ status, detail, retryAfterSeconds }: ServiceFailure) {
  return { status, detail, retryAfterSeconds };
}

function answered(status: number | null) {
  return { cause: null, status, detail: '', retryAfterSeconds: null };
}

function wantedOf({ scoreGiven, scoreMaximum }: ClaimedCell): PointsOf | null {
  return scoreGiven === null ? null : { points: scoreGiven, maximumPoints: scoreMaximum };
}

function scoreOf(cell: ClaimedCell): Score {
  return {
    userId: cell.subject,
    scoreGiven: cell.scoreGiven,
    scoreMaximum: cell.scoreMaximum,
    timestamp: cell.timestamp,
    comment: cell.comment,
    startedAt: null,
    submittedAt: cell.scoredAt,
    activityProgress: 'Completed',
    extras: differencesOf(cell.family).scoreExtras({ submittedAt: cell.scoredAt, isRetry: cell.isRetry }),
  };
}
