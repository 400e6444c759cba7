// Tells one LMS one score, and finds out what it made of it.
import type { Database } from '../database/database.ts';
import { readResult, resultScope } from '../lti/results.ts';
import { postScore, scoreScope, type Score, type ScoreOutcome } from '../lti/scores.ts';
import { differencesOf } from '../platforms/lms/registry.ts';
import type { NoAccess, PlatformServices } from '../platforms/services.ts';
import { isSameShare } from './compare-grade.ts';
import type { ClaimedCell, DeliveryOutcome } from './gradebook-cell.store.ts';

/** What a delivery is done with. */
export interface PostingTools {
  db: Database;
  now: () => Date;
  services: PlatformServices;
}

/** What came of a try; `status` is null where no HTTP answer came, `detail` at most 300 characters. */
export interface PostedResult {
  outcome: DeliveryOutcome;
  status: number | null;
  detail: string;
  retryAfterSeconds: number | null;
}

/**
 * Posts the score of a claimed cell. No transaction may be open: this waits for another machine.
 *
 * A refused token is renewed once. A 409 means that the LMS has a score of this moment or a later one: if it is ours, from a try
 * whose answer was lost, the grade is delivered; if not, somebody there knows better and it stays (lti.md 103).
 */
export async function postCell(tools: PostingTools, cell: ClaimedCell): Promise<PostedResult> {
  const scopes = [scoreScope, resultScope].filter((scope) => cell.gradebookScopes.includes(scope));
  if (!scopes.includes(scoreScope)) {
    return {
      outcome: 'refused',
      status: null,
      detail: 'The platform does not grant us its scores',
      retryAfterSeconds: null,
    };
  }
  const { services } = tools;
  const posted = await services.call(cell, scopes, (token) =>
    postScore(services, { token, lineItemUrl: cell.lineItemUrl, score: scoreOf(cell) }),
  );
  return judge(tools, cell, scopes, posted);
}

async function judge(
  tools: PostingTools,
  cell: ClaimedCell,
  scopes: string[],
  posted: ScoreOutcome | NoAccess,
): Promise<PostedResult> {
  switch (posted.kind) {
    case 'no-access':
      // Whatever keeps us from a token, the next may be granted: a key not yet seen, a clock set right, a tool switched on.
      return { outcome: 'unavailable', ...withoutKind(posted), detail: `${posted.code}: ${posted.detail}` };
    case 'delivered':
      await tools.services.signs.note(cell.registrationId, 'score');
      return { outcome: 'delivered', status: posted.status, detail: '', retryAfterSeconds: null };
    case 'superseded': {
      const settled = { status: posted.status, detail: '', retryAfterSeconds: null };
      // Without the right to look, a second try of the very same score is the likeliest to have put it there.
      if (!scopes.includes(resultScope)) return { outcome: cell.isRetry ? 'delivered' : 'superseded', ...settled };
      const isOurs = await holdsOurScore(tools.services, cell, scopes);
      if (isOurs === null) return { outcome: 'unavailable', ...settled, detail: 'The result could not be read' };
      return { outcome: isOurs ? 'delivered' : 'superseded', ...settled };
    }
    case 'unauthorized':
    case 'unavailable':
      return { outcome: 'unavailable', ...withoutKind(posted) };
    case 'refused':
      return { outcome: 'refused', ...withoutKind(posted) };
  }
}

/** Whether the LMS has the very score we sent; null if it does not say just now. */
async function holdsOurScore(services: PlatformServices, cell: ClaimedCell, scopes: string[]) {
  const read = await services.call(cell, scopes, (token) =>
    readResult(services, { token, lineItemUrl: cell.lineItemUrl, userId: cell.subject }),
  );
  if (read.kind === 'unavailable' || read.kind === 'no-access') return null;
  if (read.kind !== 'read' || read.result?.resultScore == null) return false;
  const { resultScore, resultMaximum } = read.result;
  return isSameShare(
    { points: resultScore, maximumPoints: resultMaximum ?? cell.scoreMaximum },
    { points: cell.scoreGiven, maximumPoints: cell.scoreMaximum },
  );
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

function withoutKind({ status, detail, retryAfterSeconds }: Extract<ScoreOutcome | NoAccess, { detail: string }>) {
  return { status, detail, retryAfterSeconds };
}
