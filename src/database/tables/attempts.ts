// Attempts at a quiz and the answers given in them.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { exactPoints, id, moment, reference } from './columns.ts';
import { people, placements } from './courses.ts';
import { quizVersions } from './quizzes.ts';

export const attempts = pgTable(
  'attempts',
  {
    id: id(),
    placementId: reference()
      .notNull()
      .references(() => placements.id),
    personId: reference()
      .notNull()
      .references(() => people.id),
    quizVersionId: reference()
      .notNull()
      .references(() => quizVersions.id),
    /** 1 for the learner's first at this placement. */
    number: integer().notNull(),
    /** What the order of questions and options follows from. */
    seed: text().notNull(),
    /** The positions that each draw of the version gave this attempt at its start, for ever; null where nothing is drawn. */
    drawn: jsonb().$type<readonly (readonly number[])[]>(),
    startedAt: moment().notNull(),
    /** Null while the attempt is open, and where it was abandoned. */
    submittedAt: moment(),
    /** When its time was over with nothing handed in, at a quiz that then takes nothing: it has no result, and never will. */
    abandonedAt: moment(),
    /** Whether it was handed in because its time was over, and not by its learner. */
    isTimedOut: boolean().notNull().default(false),
    points: exactPoints(),
    maximumPoints: exactPoints(),
    /** How many of its answers wait for a person's mark; until there is none, the points are those so far. */
    unmarked: integer().notNull().default(0),
    /** How many points its learner expected before handing in; null where they did not say. */
    guess: exactPoints(),
    /** When its answers were taken away for good: it is never marked again, its points stay, and if it had none it has no result. */
    erasedAt: moment(),
  },
  (table) => [
    unique().on(table.placementId, table.personId, table.number),
    uniqueIndex('attempts_one_open')
      .on(table.placementId, table.personId)
      .where(sql`${table.submittedAt} is null and ${table.abandonedAt} is null`),
    index().on(table.personId),
    check('attempts_abandoned', sql`${table.submittedAt} is null or ${table.abandonedAt} is null`),
    check('attempts_drawn', sql`jsonb_typeof(${table.drawn}) = 'array'`),
    check(
      'attempts_unmarked',
      sql`${table.unmarked} >= 0 and (${table.unmarked} = 0 or ${table.submittedAt} is not null)`,
    ),
    check(
      'attempts_submitted_with_points',
      sql`(${table.submittedAt} is null) = (${table.points} is null) and (${table.points} is null) = (${table.maximumPoints} is null)`,
    ),
  ],
);

export const answers = pgTable(
  'answers',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** Which question: its place in the quiz version, from 0, whatever order the learner saw. */
    position: integer().notNull(),
    /** As the question's type keeps it. */
    response: jsonb().$type<unknown>().notNull(),
    /** How sure the learner says to be, 1 to 3; null where nobody asked, or nothing was chosen. */
    certainty: integer(),
    savedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.position] }),
    check('answers_certainty', sql`${table.certainty} between 1 and 3`),
  ],
);

/** Answers that a learner had checked while the attempt was open. Rows are only ever added. */
export const answerChecks = pgTable(
  'answer_checks',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** As in `answers`. */
    position: integer().notNull(),
    /** 1 for the first check of that question in that attempt. */
    number: integer().notNull(),
    response: jsonb().$type<unknown>().notNull(),
    certainty: integer(),
    /** What the learner was told: the share that the answer was worth by the key of that moment, from 0 to 1. */
    fraction: exactPoints().notNull(),
    checkedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.position, table.number] }),
    check('answer_checks_number', sql`${table.number} > 0`),
    check('answer_checks_certainty', sql`${table.certainty} between 1 and 3`),
  ],
);

/** That a closed question was asked anew in the same attempt: what was done with it before counts no more. Rows are only ever added. */
export const questionRedos = pgTable(
  'question_redos',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** As in `answers`. */
    position: integer().notNull(),
    /** The number of the last check before it. */
    afterCheck: integer().notNull(),
    redoneAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.position, table.afterCheck] }),
    check('question_redos_after_check', sql`${table.afterCheck} > 0`),
  ],
);
