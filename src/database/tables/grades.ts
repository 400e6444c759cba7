// What the gradebooks of the LMSs should show, what they have confirmed, and every try to tell them.
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, numeric, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { attempts } from './attempts.ts';
import { exactPoints, id, moment, reference } from './columns.ts';
import { people, placements } from './courses.ts';
import { registrations } from './platforms.ts';
import { quizVersions } from './quizzes.ts';

/** To five decimals, as gradebooks keep them. */
const gradebookPoints = () => numeric({ precision: 12, scale: 5 });

/** What a try came to; `unavailable` alone is tried again by itself. */
const outcomes = ['delivered', 'superseded', 'overridden', 'unavailable', 'refused'] as const;
const anOutcome = sql.raw(outcomes.map((outcome) => `'${outcome}'`).join(', '));

const decisionKinds = ['regrade', 'zeros', 'zeros-taken-back', 'late-entries', 'reopened'] as const;
const aDecisionKind = sql.raw(decisionKinds.map((kind) => `'${kind}'`).join(', '));

/** One learner's place in one gradebook column. It is owed as long as `deliveredRevision < revision`. */
export const gradebookCells = pgTable(
  'gradebook_cells',
  {
    id: id(),
    placementId: reference()
      .notNull()
      .references(() => placements.id),
    personId: reference()
      .notNull()
      .references(() => people.id),
    /** Whose gradebook it is: that of the placement's deployment. Here too, so that what one LMS is owed is found at once. */
    registrationId: reference()
      .notNull()
      .references(() => registrations.id),
    /** What the score rests on: attempts; or a teacher's zero for nothing handed in; or that zero is taken back again; or what a course's plan counts in all. */
    basis: text({ enum: ['attempts', 'zero', 'taken-back', 'credits'] })
      .notNull()
      .default('attempts'),
    /** In points. Null: the gradebook should show none. */
    scoreGiven: gradebookPoints(),
    scoreMaximum: gradebookPoints().notNull(),
    /** When the attempt that counts was handed in, or the zero decided. */
    scoredAt: moment().notNull(),
    /** Plain text that the learner reads beside the grade. */
    comment: text().notNull(),
    /** Rises by one whenever the wanted score changes. */
    revision: integer().notNull(),
    /** The last revision about which the LMS has the final word. */
    deliveredRevision: integer().notNull().default(0),
    /** The revision that was last put on the wire, and the timestamp it bore: whole seconds, always rising. */
    sentRevision: integer().notNull().default(0),
    sentTimestamp: moment(),
    /** Tries since the revision was last settled. */
    tries: integer().notNull().default(0),
    nextTryAt: moment().notNull(),
    /** Since when the LMS has not had the final word; null while it has. */
    owedSince: moment(),
    /** Until then, some process has this cell in hand. */
    claimedUntil: moment(),
    /** A teacher wants ours in the place of what the gradebook shows; once. */
    mayOverwrite: boolean().notNull().default(false),
    /** The last score of ours that the LMS confirmed: what it shows otherwise, somebody there has changed. */
    confirmedGiven: gradebookPoints(),
    confirmedMaximum: gradebookPoints(),
    /** What was sent since, as points of so many, without our learning whether it arrived: it may be there, and is ours, too. */
    unconfirmed: jsonb().$type<{ points: number; maximumPoints: number }[]>().notNull().default([]),
    /** What the gradebook showed when it was last read back; no points: none. */
    thereGiven: gradebookPoints(),
    thereMaximum: gradebookPoints(),
    thereReadAt: moment(),
    lastOutcome: text({ enum: outcomes }),
    /** Why, where the outcome leaves that open: one of `deliveryCauses` (grades/delivery-cause.ts). */
    lastCause: text(),
    lastTriedAt: moment(),
  },
  (table) => [
    unique().on(table.placementId, table.personId),
    index('gradebook_cells_owed')
      .on(table.registrationId, table.nextTryAt)
      .where(sql`${table.deliveredRevision} < ${table.revision}`),
    index('gradebook_cells_claimed')
      .on(table.registrationId)
      .where(sql`${table.claimedUntil} is not null`),
    check('gradebook_cells_maximum', sql`${table.scoreMaximum} > 0`),
    check('gradebook_cells_given', sql`${table.scoreGiven} >= 0`),
    check('gradebook_cells_delivered', sql`${table.deliveredRevision} <= ${table.revision}`),
    check('gradebook_cells_outcome', sql`${table.lastOutcome} in (${anOutcome})`),
    check('gradebook_cells_basis', sql`${table.basis} in ('attempts', 'zero', 'taken-back', 'credits')`),
    check('gradebook_cells_taken_back', sql`(${table.basis} = 'taken-back') = (${table.scoreGiven} is null)`),
    check('gradebook_cells_confirmed', sql`(${table.confirmedGiven} is null) = (${table.confirmedMaximum} is null)`),
    check('gradebook_cells_there', sql`(${table.thereGiven} is null) = (${table.thereMaximum} is null)`),
  ],
);

/** Append-only: one row for each try. */
export const gradeDeliveries = pgTable(
  'grade_deliveries',
  {
    id: id(),
    cellId: reference()
      .notNull()
      .references(() => gradebookCells.id),
    revision: integer().notNull(),
    /** What was sent, or would have been; no points: that there are none. */
    scoreGiven: gradebookPoints(),
    scoreMaximum: gradebookPoints().notNull(),
    /** The moment the score bore. Null for tries before this was kept. */
    sentTimestamp: moment(),
    triedAt: moment().notNull(),
    outcome: text({ enum: outcomes }).notNull(),
    cause: text(),
    /** HTTP status of the answer; null where none came. */
    status: integer(),
    /** The first 300 characters of the answer. */
    detail: text().notNull(),
  },
  (table) => [index().on(table.cellId)],
);

/** How an LMS fares as a whole: while it does not answer, one score at a time is tried there instead of all. */
export const deliveryLanes = pgTable('delivery_lanes', {
  registrationId: reference()
    .primaryKey()
    .references(() => registrations.id),
  /** Failures in a row that speak of the LMS and not of one score. */
  failures: integer().notNull(),
  /** Nothing is sent there before. */
  pausedUntil: moment(),
});

/**
 * Append-only: what somebody decided about grades that are given already, at one placement. Who, when, and why stand here; what it
 * did to whom, in `score_changes`.
 */
export const gradeDecisions = pgTable(
  'grade_decisions',
  {
    id: id(),
    placementId: reference()
      .notNull()
      .references(() => placements.id),
    kind: text({ enum: decisionKinds }).notNull(),
    /** In the decider's words; empty where none were asked for. */
    reason: text().notNull(),
    /** Of a regrade: whether it lowers scores, too. */
    mayLower: boolean().notNull().default(false),
    decidedBy: reference()
      .notNull()
      .references(() => people.id),
    decidedAt: moment().notNull(),
  },
  (table) => [index().on(table.placementId), check('grade_decisions_kind', sql`${table.kind} in (${aDecisionKind})`)],
);

/** Append-only: one score before and after a decision. */
export const scoreChanges = pgTable(
  'score_changes',
  {
    id: id(),
    decisionId: reference()
      .notNull()
      .references(() => gradeDecisions.id),
    personId: reference()
      .notNull()
      .references(() => people.id),
    /** Null for a score that rests on no attempt. */
    attemptId: reference().references(() => attempts.id),
    /** No points: there was no score, or is none any more. */
    pointsBefore: exactPoints(),
    maximumBefore: exactPoints(),
    pointsAfter: exactPoints(),
    maximumAfter: exactPoints(),
  },
  (table) => [index().on(table.decisionId), index().on(table.attemptId)],
);

/**
 * Append-only: how one question of a published version is marked at one placement from a regrade on, whatever the version says.
 * The newest counts.
 */
export const questionCorrections = pgTable(
  'question_corrections',
  {
    id: id(),
    decisionId: reference()
      .notNull()
      .references(() => gradeDecisions.id),
    placementId: reference()
      .notNull()
      .references(() => placements.id),
    quizVersionId: reference()
      .notNull()
      .references(() => quizVersions.id),
    /** Which question: its place in the version, from 0. */
    position: integer().notNull(),
    /** By another key; its points for everybody; for nobody, and not in the maximum; as the version says after all. */
    kind: text({ enum: ['key', 'full-points', 'dropped', 'as-published'] }).notNull(),
    /** Of `key`: the `Question` with the right one, parsed when read. */
    question: jsonb().$type<unknown>(),
  },
  (table) => [
    index().on(table.placementId, table.quizVersionId),
    check('question_corrections_kind', sql`${table.kind} in ('key', 'full-points', 'dropped', 'as-published')`),
    check('question_corrections_key', sql`(${table.kind} = 'key') = (${table.question} is not null)`),
  ],
);

/**
 * The gradebook column of a placement, as far as it is ours to make and to keep right. It is owed as long as
 * `settledRevision < revision`; what it should be called and how many points it should have is read when it is settled.
 */
export const gradebookColumns = pgTable(
  'gradebook_columns',
  {
    placementId: reference()
      .primaryKey()
      .references(() => placements.id),
    /** Whether to make one where there is none: a teacher asked for it. */
    isWanted: boolean().notNull(),
    /** Rises by one whenever the quiz is published, or a column is asked for. */
    revision: integer().notNull(),
    settledRevision: integer().notNull().default(0),
    /** The column that we found or made; a launch that names another one knows better. */
    lineItemUrl: text(),
    tries: integer().notNull().default(0),
    nextTryAt: moment().notNull(),
    /** Until then, some process has this column in hand. */
    claimedUntil: moment(),
    lastOutcome: text({ enum: ['settled', 'unavailable', 'refused'] }),
    /** At most 300 characters of what the LMS said. */
    lastDetail: text(),
  },
  (table) => [
    index('gradebook_columns_owed')
      .on(table.nextTryAt)
      .where(sql`${table.settledRevision} < ${table.revision}`),
    check('gradebook_columns_settled', sql`${table.settledRevision} <= ${table.revision}`),
    check('gradebook_columns_outcome', sql`${table.lastOutcome} in ('settled', 'unavailable', 'refused')`),
  ],
);
