// A quiz: the draft its teacher works on, and the versions that were published from it, which never change.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { id, moment, reference } from './columns.ts';
import { courses, people } from './courses.ts';

const countingAttempts = ['best', 'last', 'first', 'average'] as const;

const behaviours = [
  'deferred',
  'immediate',
  'several-tries',
  'adaptive',
  'deferred-certainty',
  'immediate-certainty',
] as const;

/** How often and how long a learner may try, which try goes to the gradebook, and when and how a question is marked. */
const settings = {
  /** Null: as often as one likes. */
  attemptsAllowed: integer(),
  /** For one attempt; null: as long as one likes. */
  timeLimitMinutes: integer(),
  countingAttempt: text({ enum: countingAttempts }).notNull(),
  behaviour: text({ enum: behaviours }).notNull().default('deferred'),
  /** What a wrong try costs where the question does not say it, as an exact share of its points. */
  penalty: text().notNull().default('1/3'),
  /** Whether a question that its checks have closed may be asked anew in the same attempt. */
  mayRedo: boolean().notNull().default(false),
  /** `QuizStructure`, parsed when read: the sections, and which questions are drawn for each attempt. */
  structure: jsonb()
    .$type<unknown>()
    .notNull()
    .default(sql`'{"sections": [], "draws": []}'::jsonb`),
  /** Whether people mark what no machine can; without it, such answers count for nothing. */
  marksByHand: boolean().notNull().default(false),
};

const isBehaviour = sql`in ('deferred', 'immediate', 'several-tries', 'adaptive', 'deferred-certainty', 'immediate-certainty')`;

export const quizzes = pgTable(
  'quizzes',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    /** What an LMS calls it, in the links it makes and copies: unguessable, so that no other quiz is meant by mistake. */
    contentId: uuid().notNull().unique().defaultRandom(),
    /** The quiz that this one began as a copy of. */
    copiedFromId: reference().references((): AnyPgColumn => quizzes.id),
    title: text().notNull(),
    /** The questions as the teacher last wrote them in a text, to the letter. */
    source: text().notNull(),
    /** A question format, or `auto`. */
    sourceFormat: text().notNull(),
    /** The revision that the text speaks of; below `revision` once questions were changed one by one. */
    sourceRevision: integer().notNull().default(1),
    ...settings,
    /** `ReviewSettings`, parsed when read; null: learners see everything at once. Not frozen: a change counts at once. */
    review: jsonb().$type<unknown>(),
    /** `OverallFeedback`, parsed when read; it is not frozen either. */
    overallFeedback: jsonb()
      .$type<unknown>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    /** Rises with every change to the draft's questions, so that who worked from an older list is told. */
    revision: integer().notNull().default(1),
    updatedAt: moment().notNull(),
  },
  (table) => [
    check('quizzes_attempts_allowed', sql`${table.attemptsAllowed} > 0`),
    check('quizzes_time_limit', sql`${table.timeLimitMinutes} > 0`),
    check('quizzes_counting_attempt', sql`${table.countingAttempt} in ('best', 'last', 'first', 'average')`),
    check('quizzes_behaviour', sql`${table.behaviour} ${isBehaviour}`),
  ],
);

/** The questions of a draft, in the order of `place`, each with a key of its own for as long as it lives. */
export const draftQuestions = pgTable(
  'draft_questions',
  {
    id: id(),
    quizId: reference()
      .notNull()
      .references(() => quizzes.id),
    key: uuid().notNull().unique().defaultRandom(),
    /** Rises along the list; two of one place stand as they came. */
    place: integer().notNull(),
    /** A `Question`, parsed when read. */
    question: jsonb().$type<unknown>(),
    /** Instead of it: the form as it stands, while what is typed makes no question yet. */
    typed: jsonb().$type<unknown>(),
    /** Rises with every change, so that of two who edit one question the later is told. */
    revision: integer().notNull().default(1),
    updatedAt: moment().notNull(),
    /** A deleted question can be put back. */
    deletedAt: moment(),
  },
  (table) => [
    index().on(table.quizId, table.place),
    check('draft_questions_finished_or_not', sql`(${table.question} is null) <> (${table.typed} is null)`),
  ],
);

/** What was read of a text or a file and shown to its teacher, of which they choose what comes into the draft. */
export const questionImports = pgTable(
  'question_imports',
  {
    id: id(),
    quizId: reference()
      .notNull()
      .references(() => quizzes.id),
    /** Whose it is. */
    personId: reference()
      .notNull()
      .references(() => people.id),
    /** What was typed, to the letter; empty where a file was chosen. */
    source: text().notNull(),
    /** A question format, or `auto`. */
    sourceFormat: text().notNull(),
    /** Null: the text was typed. */
    fileName: text(),
    /** What a `QuestionsRead` says, parsed when read. */
    read: jsonb().$type<unknown>().notNull(),
    createdAt: moment().notNull(),
    /** When the chosen ones came into the draft: once only. */
    addedAt: moment(),
  },
  (table) => [index().on(table.quizId)],
);

export const quizVersions = pgTable(
  'quiz_versions',
  {
    id: id(),
    quizId: reference()
      .notNull()
      .references(() => quizzes.id),
    /** 1 for the first that was published, then 2, 3 … */
    number: integer().notNull(),
    title: text().notNull(),
    /** `Question[]`, parsed when read. */
    questions: jsonb().$type<unknown>().notNull(),
    ...settings,
    publishedAt: moment().notNull(),
    publishedBy: reference()
      .notNull()
      .references(() => people.id),
  },
  (table) => [
    unique().on(table.quizId, table.number),
    check('quiz_versions_time_limit', sql`${table.timeLimitMinutes} > 0`),
    check('quiz_versions_counting_attempt', sql`${table.countingAttempt} in ('best', 'last', 'first', 'average')`),
    check('quiz_versions_behaviour', sql`${table.behaviour} ${isBehaviour}`),
  ],
);
