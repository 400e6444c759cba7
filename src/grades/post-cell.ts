// Tells one LMS one score, and finds out what it made of it.
import type { Database } from '../database/database.ts';
import type { AccessTokens } from '../lti/access-token.ts';
import type { Fetch } from '../lti/platform-http.ts';
import { readResult } from '../lti/results.ts';
import { postScore, type ScoreOutcome } from '../lti/scores.ts';
import { getServiceClient } from '../platforms/service-client.ts';
import type { ClaimedCell, DeliveryOutcome } from './gradebook-cell.store.ts';

const scoreScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/score';
const resultScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly';

/** What a delivery is done with. */
export interface PostingTools {
  db: Database;
  fetch: Fetch;
  now: () => Date;
  tokens: AccessTokens;
  /** Opens our private keys; 32 bytes. */
  sealingKey: Uint8Array;
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
  const client = await getServiceClient(tools.db, cell, tools.sealingKey);
  for (const isLastTry of [false, true]) {
    const access = await tools.tokens.get(client, scopes);
    if (!access.ok) {
      const { status, detail, retryAfterSeconds } = access;
      // Whatever keeps us from a token, the next may be granted: a key not yet seen, a clock set right, a tool switched on.
      return { outcome: 'unavailable', status, detail: `${access.code}: ${detail}`, retryAfterSeconds };
    }
    const posted = await postScore(tools, { token: access.token, lineItemUrl: cell.lineItemUrl, score: scoreOf(cell) });
    if (posted.kind !== 'unauthorized' || isLastTry) return judge(tools, cell, access.token, scopes, posted);
    tools.tokens.forget(client, scopes);
  }
  throw new Error('unreachable');
}

async function judge(
  tools: PostingTools,
  cell: ClaimedCell,
  token: string,
  scopes: string[],
  posted: ScoreOutcome,
): Promise<PostedResult> {
  switch (posted.kind) {
    case 'delivered':
      return { outcome: 'delivered', status: posted.status, detail: '', retryAfterSeconds: null };
    case 'superseded': {
      const settled = { status: posted.status, detail: '', retryAfterSeconds: null };
      // Without the right to look, a second try of the very same score is the likeliest to have put it there.
      if (!scopes.includes(resultScope)) return { outcome: cell.isRetry ? 'delivered' : 'superseded', ...settled };
      const isOurs = await holdsOurScore(tools, cell, token);
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
async function holdsOurScore(tools: PostingTools, cell: ClaimedCell, token: string) {
  const read = await readResult(tools, { token, lineItemUrl: cell.lineItemUrl, userId: cell.subject });
  if (read.kind === 'unavailable') return null;
  if (read.kind !== 'read' || read.result?.resultScore == null) return false;
  const { resultScore, resultMaximum } = read.result;
  const there = resultScore / (resultMaximum ?? cell.scoreMaximum);
  // The LMS scales to its column's maximum and keeps five decimals.
  return Math.abs(there - cell.scoreGiven / cell.scoreMaximum) < 1e-4;
}

function scoreOf(cell: ClaimedCell) {
  return {
    userId: cell.subject,
    scoreGiven: cell.scoreGiven,
    scoreMaximum: cell.scoreMaximum,
    timestamp: cell.timestamp,
    comment: cell.comment,
    startedAt: null,
    submittedAt: cell.scoredAt,
    activityProgress: 'Completed' as const,
  };
}

function withoutKind({ status, detail, retryAfterSeconds }: Extract<ScoreOutcome, { detail: string }>) {
  return { status, detail, retryAfterSeconds };
}
