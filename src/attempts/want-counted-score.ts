// From a learner's attempts to what their gradebook cell should show: the one way, whatever changed an attempt's points.
import { getPerson } from '../courses/course.store.ts';
import { findPlacementFor } from '../courses/placement.store.ts';
import { mayDo } from '../courses/rights.ts';
import type { Transaction } from '../database/database.ts';
import { whatCounts } from '../quizzes/counting-attempt.ts';
import { takeBackScore, wantScore } from '../grades/gradebook-cell.store.ts';
import { resultsChanged } from '../grades/results-changed.ts';
import { translator } from '../i18n/i18n.ts';
import { listAttempts } from './attempt.store.ts';

/**
 * Sets the cell by the attempts as they are in this transaction, in the place of a zero for nothing handed in. Who is not graded
 * here, and whose attempts have no points to give, has none. Credits follow.
 */
export async function wantCountedScore(
  tx: Transaction,
  { placementId, personId }: { placementId: number; personId: number },
  now: Date,
): Promise<void> {
  const { counted, madeCount } = whatCounts(await listAttempts(tx, placementId, personId));
  const person = await getPerson(tx, personId);
  const placement = await findPlacementFor(tx, personId, placementId);
  if (!placement || !mayDo(placement.role, 'be-graded') || person.isTestUser) return;
  if (counted) {
    const comment = commentOn(counted.number, madeCount, person.language);
    await wantScore(tx, { placementId, personId }, { ...counted, comment }, { now, basis: 'attempts' });
  } else if (madeCount > 0) await takeBackScore(tx, { placementId, personId }, now);
  await resultsChanged(tx, { courseId: placement.courseId, personIds: [personId], actorId: null }, now);
}

/** What the learner reads beside the grade in the LMS. */
function commentOn(number: number | null, made: number, language: string) {
  const t = translator(language);
  return number === null ? t('grades.comment.average', { count: made }) : t('grades.comment.attempt', { number });
}
