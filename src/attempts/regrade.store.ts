// What a regrade reads and writes of a placement: each in a fixed number of queries, however many attempts there are.
import { count, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { findCurrentVersion, listVersions } from '../quizzes/quiz.store.ts';
import { thatCount } from '../quizzes/counting-attempt.ts';
import { listThatCountByPerson, type RuledAttempt } from './attempt.store.ts';
import { listWorkAt } from './checking/work.store.ts';
import { listAllCorrections } from './correction.store.ts';
import { versionsWithEarlierKey, type Marking } from './question-place.ts';
import type { AttemptChange } from './regrade.ts';
import type { Gradings } from './regrade-questions.ts';

interface PlacementOfQuiz {
  id: number;
  quizId: number | null;
}

/** Everything at a placement that scores follow from. */
export async function readGradings(db: Database, placement: PlacementOfQuiz): Promise<Gradings> {
  const { marking } = await readMarking(db, placement);
  // Without answers they would lose their points: those stay as they are.
  const isMarkable = ({ erasedAt }: RuledAttempt) => erasedAt === null;
  const made = [...(await listThatCountByPerson(db, placement.id)).values()].flat().filter(isMarkable);
  const isHandedIn = ({ submittedAt }: RuledAttempt) => submittedAt !== null;
  const attempts = thatCount(made.filter(isHandedIn));
  return {
    ...marking,
    attempts,
    heldAttempts: made.filter((attempt) => !isHandedIn(attempt)),
    work: await listWorkAt(db, placement.id),
  };
}

/** How many attempts at a placement were marked by a key that has been corrected in the quiz since. */
export async function countMarkedByEarlierKey(db: Database, placement: PlacementOfQuiz): Promise<number> {
  const { marking, handedIn } = await readMarking(db, placement);
  return [...versionsWithEarlierKey(marking)].reduce((sum, versionId) => sum + (handedIn.get(versionId) ?? 0), 0);
}

/** Gives attempts their new scores, or leaves them those that they keep; and says how many of their answers wait for marks. */
export async function saveScores(
  tx: Transaction,
  { changes, kept }: { changes: readonly AttemptChange[]; kept: readonly AttemptChange[] },
): Promise<void> {
  const scores = [
    ...changes.map((change) => ({ ...change, score: change.after })),
    ...kept.map((change) => ({ ...change, score: change.before })),
  ];
  if (scores.length === 0) return;
  const rows = scores.map(({ attempt: { id }, score, unmarked }) => ({
    id,
    points: score.points.toFraction(),
    maximum: score.maximumPoints.toFraction(),
    unmarked,
  }));
  await tx.execute(sql`
    update ${attempts} set points = changed.points, maximum_points = changed.maximum, unmarked = changed.unmarked
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as changed (id bigint, points text, maximum text, unmarked integer)
    where ${attempts.id} = changed.id`);
}

async function readMarking(
  db: Database,
  { id, quizId }: PlacementOfQuiz,
): Promise<{ marking: Marking; handedIn: Map<number, number> }> {
  const { quizVersionId, submittedAt, placementId } = attempts;
  const begun = await db
    .select({ quizVersionId, handedIn: count(submittedAt) })
    .from(attempts)
    .where(eq(placementId, id))
    .groupBy(quizVersionId);
  const current = quizId === null ? null : await findCurrentVersion(db, quizId);
  const ids = new Set([...begun.map((row) => row.quizVersionId), ...(current ? [current.id] : [])]);
  return {
    marking: {
      current,
      versions: await listVersions(db, [...ids]),
      corrections: await listAllCorrections(db, id),
    },
    handedIn: new Map(begun.map((row) => [row.quizVersionId, row.handedIn])),
  };
}
