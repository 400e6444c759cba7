// What learners do for themselves after an attempt. Nothing of it is a grade, and nothing that counts reads it.
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { attempts } from './attempts.ts';
import { exactPoints, id, moment, reference } from './columns.ts';

/** What a learner thinks of an attempt of theirs. */
export const reflections = pgTable('reflections', {
  attemptId: reference()
    .primaryKey()
    .references(() => attempts.id),
  text: text().notNull(),
  /** Whether the course's teachers may read it. */
  isShared: boolean().notNull(),
  changedAt: moment().notNull(),
});

/** Questions of an attempt tried again, as often as one likes. */
export const practices = pgTable(
  'practices',
  {
    id: id(),
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** What the order of options and the variables of questions follow from. */
    seed: text().notNull(),
    /** Which questions, in order: their places in the attempt's quiz version, from 0. */
    positions: jsonb().$type<readonly number[]>().notNull(),
    startedAt: moment().notNull(),
    /** Null until each was right once, or its learner had enough. */
    finishedAt: moment(),
  },
  (table) => [
    index().on(table.attemptId),
    check('practices_positions', sql`jsonb_typeof(${table.positions}) = 'array'`),
  ],
);

/** Tries at the questions of a practice. Rows are only ever added. */
export const practiceAnswers = pgTable(
  'practice_answers',
  {
    practiceId: reference()
      .notNull()
      .references(() => practices.id),
    /** From 0, in `practices.positions`. */
    place: integer().notNull(),
    /** 1 for the first try at that question. */
    number: integer().notNull(),
    response: jsonb().$type<unknown>().notNull(),
    /** The share that it was worth, from 0 to 1. */
    fraction: exactPoints().notNull(),
    givenAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.practiceId, table.place, table.number] }),
    check('practice_answers_number', sql`${table.number} > 0`),
  ],
);
