// Marks that people gave. What was given stays: another mark is added, and the last one counts.
import { and, asc, count, eq, inArray, isNotNull, notExists, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { answers, attempts } from '../../database/tables/attempts.ts';
import { people } from '../../database/tables/courses.ts';
import { handMarks } from '../../database/tables/marking.ts';
import type { HandMark } from '../../questions/behaviours/work.ts';
import type { Attempt } from '../attempt.ts';

/** Which answer. */
export interface Place {
  attemptId: number;
  position: number;
}

/** Every mark of the attempts, those of one answer in the order in which they were given. */
export async function marksWhere(
  db: Database,
  where: SQL | undefined,
): Promise<{ place: Place; handMark: HandMark }[]> {
  const { attemptId, position, number, points, levels, comment, markedAt, markedBy } = handMarks;
  const rows = await db
    .select({ attemptId, position, number, points, levels, comment, markedAt, markedBy, markedByName: people.name })
    .from(handMarks)
    .innerJoin(attempts, eq(attempts.id, attemptId))
    .innerJoin(people, eq(people.id, markedBy))
    .where(where)
    .orderBy(asc(attemptId), asc(position), asc(number));
  return rows.map(({ attemptId: attempt, position: at, ...handMark }) => ({
    place: { attemptId: attempt, position: at },
    handMark,
  }));
}

/** The last marks of the answers to one question of a version at a placement, by our key of the attempt. */
export async function listLastMarks(
  db: Database,
  { placementId, quizVersionId, position }: { placementId: number; quizVersionId: number; position: number },
): Promise<Map<number, HandMark>> {
  const marks = await marksWhere(
    db,
    and(
      eq(attempts.placementId, placementId),
      eq(attempts.quizVersionId, quizVersionId),
      eq(handMarks.position, position),
    ),
  );
  // In order: the last one stays.
  return new Map(marks.map(({ place, handMark }) => [place.attemptId, handMark]));
}

/** Adds a mark. @throws if the answer has one of that number */
export async function insertMark(
  tx: Transaction,
  place: Place,
  { number, points, levels, comment, markedBy, markedAt }: Omit<HandMark, 'markedByName'>,
): Promise<void> {
  await tx.insert(handMarks).values({
    ...place,
    ...{ number, points, levels: levels && [...levels], comment },
    ...{ markedBy, markedAt },
  });
}

/** An attempt at a placement that was handed in, whoever's it is, held until the transaction ends. */
export async function lockHandedIn(tx: Transaction, placementId: number, attemptId: number): Promise<Attempt | null> {
  const isThat = and(eq(attempts.id, attemptId), eq(attempts.placementId, placementId));
  // Who hands in holds the attempt and waits for the placement, which a marker holds: so nobody waits here for an open one.
  const [found] = await tx.select({ submittedAt: attempts.submittedAt }).from(attempts).where(isThat);
  if (!found?.submittedAt) return null;
  const [attempt] = await tx.select().from(attempts).where(isThat).for('update');
  return attempt ?? null;
}

/** Gives an attempt the score that follows from its marks. */
export async function saveMarkedScore(
  tx: Transaction,
  attemptId: number,
  { points, maximumPoints, unmarked }: Pick<Attempt, 'points' | 'maximumPoints' | 'unmarked'>,
): Promise<void> {
  await tx.update(attempts).set({ points, maximumPoints, unmarked }).where(eq(attempts.id, attemptId));
}

/** How many answers at a placement wait for a mark. */
export async function countWaiting(db: Database, placementId: number): Promise<number> {
  const [row] = await db
    .select({ waiting: sql`coalesce(sum(${attempts.unmarked}), 0)`.mapWith(Number) })
    .from(attempts)
    .where(and(eq(attempts.placementId, placementId), isNotNull(attempts.submittedAt)));
  return row?.waiting ?? 0;
}

/** Which draw gave its attempt the question of an answer; -1: none, it is asked of everybody. */
const drawOfAnswer = sql`coalesce((
  select given.draw - 1 from jsonb_array_elements(${attempts.drawn}) with ordinality as given (positions, draw)
  where given.positions @> to_jsonb(${answers.position})), -1)`.mapWith(Number);

/** How many answers were handed in to each question of each version at a placement, by the draw that gave it (-1: none). */
export async function countAnswers(
  db: Database,
  placementId: number,
): Promise<{ quizVersionId: number; position: number; draw: number; handedIn: number; waiting: number }[]> {
  const hasMark = db
    .select({ one: sql`1` })
    .from(handMarks)
    .where(and(eq(handMarks.attemptId, answers.attemptId), eq(handMarks.position, answers.position)));
  return db
    .select({
      quizVersionId: attempts.quizVersionId,
      position: answers.position,
      draw: drawOfAnswer,
      handedIn: count(),
      waiting: sql`count(*) filter (where ${notExists(hasMark)})`.mapWith(Number),
    })
    .from(answers)
    .innerJoin(attempts, eq(attempts.id, answers.attemptId))
    .where(and(eq(attempts.placementId, placementId), isNotNull(attempts.submittedAt)))
    .groupBy(attempts.quizVersionId, answers.position, sql`3`)
    .orderBy(asc(attempts.quizVersionId), asc(answers.position));
}

/** An answer to be marked, with whose it is. */
export interface HandedInAnswer {
  attempt: Pick<Attempt, 'id' | 'number' | 'personId' | 'seed' | 'drawn'>;
  name: string | null;
  response: unknown;
}

/** A question of a version at a placement, given by one of some draws (`handMarkedDraws`). */
export interface QuestionToMark {
  placementId: number;
  quizVersionId: number;
  position: number;
  draws: readonly number[];
}

/**
 * Answers to one question of a version at a placement, in the order in which their attempts were begun.
 *
 * @param page.isWaiting only those without a mark
 * @param page.after our key of the attempt before the first
 */
export async function listAnswers(
  db: Database,
  { placementId, quizVersionId, position, draws }: QuestionToMark,
  page: { isWaiting: boolean; after: number; limit: number },
): Promise<HandedInAnswer[]> {
  const marks = db
    .select({ one: sql`1` })
    .from(handMarks)
    .where(and(eq(handMarks.attemptId, answers.attemptId), eq(handMarks.position, answers.position)));
  const { id, number, personId, seed, drawn } = attempts;
  return db
    .select({ attempt: { id, number, personId, seed, drawn }, name: people.name, response: answers.response })
    .from(answers)
    .innerJoin(attempts, eq(attempts.id, answers.attemptId))
    .innerJoin(people, eq(people.id, attempts.personId))
    .where(
      and(
        eq(attempts.placementId, placementId),
        eq(attempts.quizVersionId, quizVersionId),
        eq(answers.position, position),
        inArray(drawOfAnswer, [...draws]),
        isNotNull(attempts.submittedAt),
        sql`${attempts.id} > ${page.after}`,
        page.isWaiting ? notExists(marks) : undefined,
      ),
    )
    .orderBy(asc(attempts.id))
    .limit(page.limit);
}

/** One answer that was handed in at a placement; null if there is none. */
export async function findHandedIn(
  db: Database,
  { placementId, attemptId, position }: Place & { placementId: number },
): Promise<(HandedInAnswer & { quizVersionId: number }) | null> {
  const { id, number, personId, seed, drawn, quizVersionId } = attempts;
  const [row] = await db
    .select({
      attempt: { id, number, personId, seed, drawn },
      name: people.name,
      response: answers.response,
      quizVersionId,
    })
    .from(answers)
    .innerJoin(attempts, eq(attempts.id, answers.attemptId))
    .innerJoin(people, eq(people.id, attempts.personId))
    .where(
      and(
        eq(attempts.id, attemptId),
        eq(attempts.placementId, placementId),
        eq(answers.position, position),
        isNotNull(attempts.submittedAt),
      ),
    );
  return row ?? null;
}
