// What people marked, and the files that learners handed in to be marked.
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { attempts } from './attempts.ts';
import { binary, exactPoints, moment, reference } from './columns.ts';
import { people } from './courses.ts';

/** Marks that a person gave to an answer. Rows are only ever added: the last one of an answer counts. */
export const handMarks = pgTable(
  'hand_marks',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** As in `answers`. */
    position: integer().notNull(),
    /** 1 for the first mark of that answer. */
    number: integer().notNull(),
    points: exactPoints().notNull(),
    /** For each criterion of the question's rubric the place of the level that was picked, from 0; null without a rubric. */
    levels: jsonb().$type<number[]>(),
    /** What the learner is told, as it was typed; empty for nothing. */
    comment: text().notNull(),
    markedBy: reference()
      .notNull()
      .references(() => people.id),
    markedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.position, table.number] }),
    check('hand_marks_number', sql`${table.number} > 0`),
    index().on(table.markedBy),
  ],
);

/** Files of an answer, each with its bytes: they belong to that attempt and to nothing else. */
export const answerFiles = pgTable(
  'answer_files',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** As in `answers`. */
    position: integer().notNull(),
    /** Of the bytes, in lower-case hexadecimal digits. */
    sha256: text().notNull(),
    /** What its learner calls it. */
    name: text().notNull(),
    /** What the bytes are, whatever the file was called. */
    mediaType: text().notNull(),
    /** In pixels, as it is shown; null for what is no picture. */
    width: integer(),
    height: integer(),
    byteLength: integer().notNull(),
    bytes: binary().notNull(),
    keptAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.position, table.sha256] }),
    check('answer_files_sha256', sql`${table.sha256} = encode(sha256(${table.bytes}), 'hex')`),
    check('answer_files_byte_length', sql`${table.byteLength} = length(${table.bytes})`),
  ],
);
