// A person marks an answer: the mark, the attempt's points and what the gradebook is owed become true together or not at all.
import { lockPlacementQuiz } from '../../courses/placement.store.ts';
import type { Database } from '../../database/database.ts';
import { isMarkedByHand } from '../../questions/behaviours/work.ts';
import { getVersion } from '../../quizzes/quiz.store.ts';
import { askedCorrections, askedVersion } from '../asked.ts';
import { attemptScore, countUnmarked, scoreAfter } from '../attempt.ts';
import { listWork } from '../checking/work.store.ts';
import { listCorrections } from '../correction.store.ts';
import { wantCountedScore } from '../want-counted-score.ts';
import { readMark, type MarkProblem, type TypedMark } from './hand-mark-form.ts';
import { insertMark, lockHandedIn, saveMarkedScore, type Place } from './mark.store.ts';

/** `changed`: somebody marked it since the form was shown. `no-such-answer`: nothing that a person marks was handed in there. */
export type MarkRefusal = MarkProblem | 'changed' | 'no-such-answer';

/**
 * Keeps a mark as the answer's last, and with it the attempt's score. While other answers of the attempt wait, the attempt does not
 * count yet (`countedScore`). A score that a regrade kept from becoming lower changes by what the mark changes.
 *
 * @param given.revision the number of the last mark that the form showed, 0 for none: who saw another overwrites nothing
 */
export async function markAnswer(
  { db, now }: { db: Database; now: () => Date },
  { placementId, ...place }: Place & { placementId: number },
  { typed, revision, markedBy }: { typed: TypedMark; revision: number; markedBy: number },
): Promise<{ ok: true } | { ok: false; code: MarkRefusal }> {
  return db.transaction(async (tx) => {
    // Before the attempt, as a regrade does; two who mark attempts of one learner decide one after the other what counts.
    await lockPlacementQuiz(tx, placementId);
    const attempt = await lockHandedIn(tx, placementId, place.attemptId);
    if (!attempt) return { ok: false, code: 'no-such-answer' };
    const before = await listWork(tx, attempt.id);
    const version = askedVersion(attempt, await getVersion(tx, attempt.quizVersionId), before);
    const question = version.questions.find(({ position }) => position === place.position)?.question;
    const done = before.get(place.position);
    if (!question || !done?.saved || !isMarkedByHand(question, version)) return { ok: false, code: 'no-such-answer' };
    const last = done.handMark?.number ?? 0;
    if (last !== revision) return { ok: false, code: 'changed' };
    const read = readMark(question, typed);
    if (!read.ok) return { ok: false, code: read.problem };

    await insertMark(tx, place, { ...read.mark, number: last + 1, markedBy, markedAt: now() });
    const after = await listWork(tx, attempt.id);
    const listed = await listCorrections(tx, placementId, version.id);
    const corrections = askedCorrections(attempt, version, after, listed);
    const scores = {
      before: attemptScore(version, before, corrections),
      after: attemptScore(version, after, corrections),
    };
    const unmarked = countUnmarked(version, after, corrections);
    await saveMarkedScore(tx, attempt.id, { ...scoreAfter(attempt, scores), unmarked });
    await wantCountedScore(tx, attempt, now());
    return { ok: true };
  });
}
