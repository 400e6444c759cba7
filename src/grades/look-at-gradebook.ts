// Looks at what a gradebook has of one learner, before and after a score is sent there.
import { lineItemScope } from '../lti/line-items.ts';
import { resultScope, type Result } from '../lti/results.ts';
import { scoreScope } from '../lti/scores.ts';
import { isNotThere, type ServiceFailure } from '../outbound/service-failure.ts';
import type { NoAccess } from '../platforms/course-access.ts';
import type { PlatformServices } from '../platforms/services.ts';
import type { ClaimedCell } from './claimed-cell.store.ts';
import type { PointsOf } from './compare-grade.ts';

/** `unseen`: the LMS does not let us look. */
export type Sight = { kind: 'seen'; there: PointsOf | null } | { kind: 'unseen' } | ServiceFailure | NoAccess;

/** What a score is sent and read back with: one token for both. */
export function scoringScopes({ gradebookScopes }: Pick<ClaimedCell, 'gradebookScopes'>): string[] {
  return [scoreScope, resultScope].filter((scope) => gradebookScopes.includes(scope));
}

/**
 * Reads what the learner of a claimed cell has in its column. No transaction may be open. An LMS that grants no reading, at the launch
 * or in the token, is not asked; a refusal counts the same, for some have no result for whom they have no grade. A failure is one that
 * may pass, or that no score would survive either.
 */
export async function lookAtGrade(services: PlatformServices, cell: ClaimedCell): Promise<Sight> {
  if (!cell.gradebookScopes.includes(resultScope)) return { kind: 'unseen' };
  const read = await services.call(cell, scoringScopes(cell), (course) =>
    course.readResult({ lineItemUrl: cell.lineItemUrl, userId: cell.subject }),
  );
  switch (read.kind) {
    case 'read':
      return { kind: 'seen', there: pointsOfResult(read.result) };
    case 'refused':
      // A conflict with a mere reading is an LMS in trouble: what it says of scores just then means as little.
      if (read.status === 409) return { ...read, kind: 'unavailable' };
      return read.fault === 'address-refused' ? read : { kind: 'unseen' };
    case 'no-access':
      return read.code === 'scope-not-granted' ? { kind: 'unseen' } : read;
    case 'unauthorized':
      // The token may do for scores alone. Whether it does for anything is not found out with each score at once.
      return cell.tries > 1 ? { kind: 'unseen' } : read;
    case 'unavailable':
      return isBroken(read) && cell.tries >= patientTries ? { kind: 'unseen' } : read;
  }
}

/** An LMS whose results break whenever they are asked for must not keep its scores from it for ever. */
const patientTries = 5;

function isBroken({ status }: ServiceFailure): boolean {
  return status !== null && status >= 500 && ![502, 503, 504].includes(status);
}

/**
 * Whether the column of a cell is gone, for all we are let to see: 404 is also how an LMS speaks of a learner it does not know. No
 * transaction may be open.
 */
export async function isColumnGone(services: PlatformServices, cell: ClaimedCell): Promise<boolean> {
  const { gradebookScopes, lineItemUrl } = cell;
  if (gradebookScopes.includes(lineItemScope)) {
    const read = await services.call(cell, [lineItemScope], (course) => course.readLineItem({ lineItemUrl }));
    return isNotThere(read);
  }
  if (!gradebookScopes.includes(resultScope)) return false;
  const read = await services.call(cell, scoringScopes(cell), (course) =>
    course.readResults({ lineItemUrl, totalTimeoutMs: 5_000 }),
  );
  return isNotThere(read);
}

/** Null where there is no result, or one without points. A result without a maximum is one of 1 (AGS 2.0 §3.3). */
export function pointsOfResult(result: Result | null): PointsOf | null {
  const maximumPoints = result?.resultMaximum ?? 1;
  const points = result?.resultScore ?? null;
  return points === null || maximumPoints <= 0 ? null : { points, maximumPoints };
}
