// A quiz: the draft its teacher works on, and the versions that were published from it, which never change.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { bankQuestionVersions } from './bank.ts';
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

const overduePolicies = ['hand-in', 'overtime', 'refuse'] as const;

const importStates = ['reading', 'read', 'cancelled', 'failed'] as const;
const duplicates = ['in-draft', 'twice'] as const;

/** How often and how long a learner may try, which try goes to the gradebook, and when and how a question is marked. */
const settings = {
  /** Null: as often as one likes. */
  attemptsAllowed: integer(),
  /** For one attempt; null: as long as one likes. */
  timeLimitMinutes: integer(),
  /** What becomes of an attempt that is open when its time is over: handed in as it is; answered on, for so long; not counted at all. */
  overdue: text({ enum: overduePolicies }).notNull().default('hand-in'),
  /** Of `overtime`: for how long. */
  overtimeMinutes: integer(),
  /** How long an answer that was given in time may take to reach us while its device has no network. */
  networkGraceSeconds: integer().notNull().default(120),
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

const isOverdue = sql`in ('hand-in', 'overtime', 'refuse')`;

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
    check('quizzes_overdue', sql`${table.overdue} ${isOverdue}`),
    check('quizzes_overtime', sql`(${table.overdue} = 'overtime') = (coalesce(${table.overtimeMinutes}, 0) > 0)`),
    check('quizzes_network_grace', sql`${table.networkGraceSeconds} between 15 and 86400`),
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
    /** The question of a bank that this one is a copy of, and the version it was taken from or last made; it may differ by now. */
    bankQuestionId: reference(),
    bankVersion: integer(),
  },
  (table) => [
    index().on(table.quizId, table.place),
    index().on(table.bankQuestionId),
    foreignKey({
      name: 'draft_questions_bank_version_fk',
      columns: [table.bankQuestionId, table.bankVersion],
      foreignColumns: [bankQuestionVersions.questionId, bankQuestionVersions.number],
    }),
    check(
      'draft_questions_bank_question_with_version',
      sql`(${table.bankQuestionId} is null) = (${table.bankVersion} is null)`,
    ),
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
    /** `reading` until all of it is kept; what was read by halves is never shown. */
    state: text({ enum: importStates }).notNull(),
    /** How far the reading is, of `total` steps as soon as their number is known. */
    done: integer().notNull().default(0),
    total: integer(),
    /** When the process that reads last said that it does. */
    heardAt: moment().notNull(),
    /** What is to be said of the whole, `ImportReport`, parsed when read; null unless the state is `read`. */
    read: jsonb().$type<unknown>(),
    createdAt: moment().notNull(),
    /** When the chosen ones came into the draft: once only. */
    addedAt: moment(),
  },
  (table) => [
    index().on(table.quizId),
    check('question_imports_state', sql`${table.state} in ('reading', 'read', 'cancelled', 'failed')`),
    check('question_imports_read', sql`(${table.state} = 'read') = (${table.read} is not null)`),
  ],
);

/** The questions of an import; they go with it. */
export const importedQuestions = pgTable(
  'imported_questions',
  {
    id: id(),
    importId: reference()
      .notNull()
      .references(() => questionImports.id, { onDelete: 'cascade' }),
    /** From 0, as they stand in the file. */
    place: integer().notNull(),
    /** Where it begins in the file, from 1. */
    line: integer().notNull(),
    /** A `Question`, parsed when read. */
    question: jsonb().$type<unknown>().notNull(),
    /** Whether the draft asked the same when it was read, or an earlier one of this import does. */
    duplicate: text({ enum: duplicates }),
    /** Whether its teacher wants it. */
    isTicked: boolean().notNull(),
  },
  (table) => [
    unique().on(table.importId, table.place),
    check('imported_questions_duplicate', sql`${table.duplicate} in ('in-draft', 'twice')`),
  ],
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
    check('quiz_versions_overdue', sql`${table.overdue} ${isOverdue}`),
    check('quiz_versions_overtime', sql`(${table.overdue} = 'overtime') = (coalesce(${table.overtimeMinutes}, 0) > 0)`),
    check('quiz_versions_network_grace', sql`${table.networkGraceSeconds} between 15 and 86400`),
    check('quiz_versions_counting_attempt', sql`${table.countingAttempt} in ('best', 'last', 'first', 'average')`),
    check('quiz_versions_behaviour', sql`${table.behaviour} ${isBehaviour}`),
  ],
);
