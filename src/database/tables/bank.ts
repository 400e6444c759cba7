// The bank of a course: questions beside any quiz, what they were before, what they teach, and with which courses they are shared.
import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, moment, reference } from './columns.ts';
import { courses, people } from './courses.ts';

/** A question by what it is now; its words are in its versions. */
export const bankQuestions = pgTable(
  'bank_questions',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    /** What our addresses call it. */
    key: uuid().notNull().unique().defaultRandom(),
    /** The number of its newest version. */
    version: integer().notNull(),
    /** Of the newest version, to find it by: its type, its tags as they are written, and all its words folded. */
    type: text().notNull(),
    tags: text().array().notNull(),
    words: text().notNull(),
    /** SHA-256 of what the newest version asks, so that the same is recognised. */
    asked: text().notNull(),
    /** Null: nobody has said. */
    difficulty: text({ enum: ['easy', 'medium', 'hard'] }),
    /** The code of the language it is written in. */
    language: text(),
    /** An archived question is kept and used where it is, and offered no more. */
    archivedAt: moment(),
    updatedAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.id, table.courseId),
    index().on(table.courseId, table.id),
    index().on(table.courseId, table.asked),
    check('bank_questions_version', sql`${table.version} > 0`),
    check('bank_questions_difficulty', sql`${table.difficulty} in ('easy', 'medium', 'hard')`),
  ],
);

/** What a bank question was and is. Rows are only ever added. */
export const bankQuestionVersions = pgTable(
  'bank_question_versions',
  {
    questionId: reference()
      .notNull()
      .references(() => bankQuestions.id),
    /** 1 for the first, then 2, 3 … */
    number: integer().notNull(),
    /** A `Question`, parsed when read. */
    question: jsonb().$type<unknown>().notNull(),
    /** Why, in the words of who made it. */
    note: text(),
    madeBy: reference()
      .notNull()
      .references(() => people.id),
    madeAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.questionId, table.number] }),
    check('bank_question_versions_number', sql`${table.number} > 0`),
  ],
);

/** What learners of a course are to be able to do in the end, each by a short code. */
export const learningOutcomes = pgTable(
  'learning_outcomes',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    code: text().notNull(),
    /** What it is, in words. */
    text: text().notNull(),
  },
  (table) => [unique().on(table.courseId, table.code), unique().on(table.id, table.courseId)],
);

/** Which outcomes a question is about: of its own course. */
export const bankQuestionOutcomes = pgTable(
  'bank_question_outcomes',
  {
    courseId: reference().notNull(),
    questionId: reference().notNull(),
    outcomeId: reference().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.questionId, table.outcomeId] }),
    index().on(table.outcomeId),
    foreignKey({
      name: 'bank_question_outcomes_question_fk',
      columns: [table.questionId, table.courseId],
      foreignColumns: [bankQuestions.id, bankQuestions.courseId],
    }),
    foreignKey({
      name: 'bank_question_outcomes_outcome_fk',
      columns: [table.outcomeId, table.courseId],
      foreignColumns: [learningOutcomes.id, learningOutcomes.courseId],
    }),
  ],
);

/** That a course lets another use a question of its bank, or all of them, by the word of one who teaches both. */
export const bankShares = pgTable(
  'bank_shares',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    /** Null: the whole bank. */
    questionId: reference(),
    withCourseId: reference()
      .notNull()
      .references(() => courses.id),
    /** It holds for as long as this person may edit both courses. */
    sharedBy: reference()
      .notNull()
      .references(() => people.id),
    sharedAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.courseId, table.questionId, table.withCourseId, table.sharedBy).nullsNotDistinct(),
    index().on(table.withCourseId),
    check('bank_shares_another_course', sql`${table.courseId} <> ${table.withCourseId}`),
    foreignKey({
      name: 'bank_shares_question_fk',
      columns: [table.questionId, table.courseId],
      foreignColumns: [bankQuestions.id, bankQuestions.courseId],
    }),
  ],
);
