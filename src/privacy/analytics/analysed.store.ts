// Attempts as an export of analytics has them: read some at a time, marked as they count now.
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type Fraction from 'fraction.js';
import { askedCorrections, askedVersion } from '../../attempts/asked.ts';
import type { Attempt, Work } from '../../attempts/attempt.ts';
import { markCorrected, type Corrections } from '../../attempts/correction.ts';
import { listCorrections } from '../../attempts/correction.store.ts';
import { listWorkOf } from '../../attempts/checking/work.store.ts';
import type { Database } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { people } from '../../database/tables/courses.ts';
import { isCounted, type QuizVersion } from '../../quizzes/quiz.ts';
import { getVersion } from '../../quizzes/quiz.store.ts';
import type { AnalysedAnswer, AnalysedAttempt } from './statements.ts';

/** So many are read at a time. */
const batchSize = 100;

/** Every attempt in the order of our keys, but those of who was erased, and of an LMS's student previews. */
export async function* listAnalysed(db: Database): AsyncGenerator<AnalysedAttempt[]> {
  for (let after = 0; ;) {
    const rows = await db
      .select({ attempt: attempts })
      .from(attempts)
      .innerJoin(people, and(eq(people.id, attempts.personId), isNull(people.erasedAt), eq(people.isTestUser, false)))
      .where(gt(attempts.id, after))
      .orderBy(asc(attempts.id))
      .limit(batchSize);
    const ids = rows.map(({ attempt }) => attempt.id);
    const work = await listWorkOf(db, ids);
    const batch: AnalysedAttempt[] = [];
    for (const { attempt } of rows) {
      const version = await getVersion(db, attempt.quizVersionId);
      const corrections = await listCorrections(db, attempt.placementId, attempt.quizVersionId);
      batch.push(analysed(attempt, version, work.get(attempt.id) ?? new Map(), corrections));
    }
    yield batch;
    after = ids.at(-1) ?? after;
    if (rows.length < batchSize) return;
  }
}

function analysed(attempt: Attempt, version: QuizVersion, work: Work, corrections: Corrections): AnalysedAttempt {
  const { id, personId, placementId, quizVersionId, startedAt, submittedAt, points, maximumPoints, unmarked } = attempt;
  const isFirm = points !== null && maximumPoints !== null && unmarked === 0;
  return {
    ...{ id, personId, placementId, quizVersionId, startedAt, submittedAt, title: version.title },
    score: isFirm ? scoreOf(points, maximumPoints) : null,
    answers: submittedAt ? answersOf(attempt, version, work, corrections) : [],
  };
}

function answersOf(attempt: Attempt, version: QuizVersion, work: Work, inForce: Corrections): AnalysedAnswer[] {
  const asked = askedVersion(attempt, version, work);
  const corrections = askedCorrections(attempt, version, work, inForce);
  return asked.questions.flatMap(({ question, position }) => {
    const done = work.get(position);
    if (!done?.saved || !isCounted(question, version)) return [];
    const mark = markCorrected(question, corrections.get(position) ?? null, done, asked);
    const score = mark.state === 'waiting' ? null : scoreOf(mark.points, mark.maximum);
    return [{ position, name: question.name, score }];
  });
}

function scoreOf(points: Fraction, maximumPoints: Fraction) {
  return { points: points.valueOf(), maximumPoints: maximumPoints.valueOf() };
}
