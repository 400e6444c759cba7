// Attempts of other courses, as many as a university has after years: by one statement for each table, so that a million take a minute.
import { sql } from 'drizzle-orm';
import type { Database } from '../src/database/database.ts';

/** Keys of what is filled in begin here. */
const base = 10_000_000;
const attemptsOfEach = 10;
/** Of one course. */
const classSize = 50;
const answersOfEach = 3;

/** What there is already, and what the courses share. */
export interface Shared {
  registrationId: number;
  deploymentId: number;
  quizId: number;
  versionId: number;
}

/**
 * Fills up from so many attempts to so many, multiples of 500: each of a class of fifty has handed in ten, with three answers each, and
 * the grade has arrived. Nothing of it is checked while it is written.
 */
export async function fillAttempts(
  db: Database,
  shared: Shared,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const { registrationId, deploymentId, quizId, versionId } = shared;
  const [firstPerson, lastPerson] = [from / attemptsOfEach, to / attemptsOfEach - 1];
  const [firstCourse, lastCourse] = [firstPerson / classSize, (lastPerson + 1) / classSize - 1];
  const courseOf = sql.raw(`${base} + i / ${classSize}`);
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`insert into people (id, deployment_id, subject, name, language, last_launch_at) overriding system value
      select ${base} + i, ${deploymentId}, 'filled-' || i, 'Talaba ' || i, 'uz', now() from generate_series(${firstPerson}::int, ${lastPerson}::int) i`);
    await tx.execute(sql`insert into courses (id, deployment_id, context_kind, context_id, title) overriding system value
      select ${base} + c, ${deploymentId}, 'context', 'filled-' || c, 'Fan ' || c from generate_series(${firstCourse}::int, ${lastCourse}::int) c`);
    await tx.execute(sql`insert into placements (id, course_id, resource_link_id, quiz_id, gradebook_scopes) overriding system value
      select ${base} + c, ${base} + c, 'filled-' || c, ${quizId}, '{}' from generate_series(${firstCourse}::int, ${lastCourse}::int) c`);
    await tx.execute(sql`insert into memberships (course_id, person_id, role, launched_at)
      select ${courseOf}, ${base} + i, 'learner', now() from generate_series(${firstPerson}::int, ${lastPerson}::int) i`);
    await tx.execute(sql`insert into attempts (id, placement_id, person_id, quiz_version_id, number, seed, started_at, submitted_at, points, maximum_points)
      overriding system value
      select ${base} + a, ${base} + a / ${classSize * attemptsOfEach}, ${base} + a / ${attemptsOfEach}, ${versionId}, a % ${attemptsOfEach} + 1,
        a, now(), now(), (a % 21)::text, '20' from generate_series(${from}::int, ${to - 1}::int) a`);
    await tx.execute(sql`insert into answers (attempt_id, position, response, saved_at)
      select ${base} + a, p, '{"text":"4"}', now() from generate_series(${from}::int, ${to - 1}::int) a, generate_series(0, ${answersOfEach - 1}::int) p`);
    await tx.execute(sql`insert into gradebook_cells (placement_id, person_id, registration_id, score_given, score_maximum, scored_at, comment,
        revision, delivered_revision, sent_revision, sent_timestamp, next_try_at, confirmed_given, confirmed_maximum)
      select ${courseOf}, ${base} + i, ${registrationId}, 20, 20, now(), '', 1, 1, 1, now(), now(), 20, 20
      from generate_series(${firstPerson}::int, ${lastPerson}::int) i`);
  });
  await db.execute(sql`vacuum analyze`);
}
