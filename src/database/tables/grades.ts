// What the gradebooks of the LMSs should show, what they have confirmed, and every try to tell them.
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, numeric, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { id, moment, reference } from './columns.ts';
import { people, placements } from './courses.ts';

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
    /** In points, to five decimals as gradebooks keep them. */
    scoreGiven: numeric({ precision: 12, scale: 5 }).notNull(),
    scoreMaximum: numeric({ precision: 12, scale: 5 }).notNull(),
    /** When the attempt that counts was handed in. */
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
    /** Until then, some process has this cell in hand. */
    claimedUntil: moment(),
    lastOutcome: text({ enum: ['delivered', 'superseded', 'unavailable', 'refused'] }),
    lastTriedAt: moment(),
  },
  (table) => [
    unique().on(table.placementId, table.personId),
    index('gradebook_cells_owed')
      .on(table.nextTryAt)
      .where(sql`${table.deliveredRevision} < ${table.revision}`),
    check('gradebook_cells_maximum', sql`${table.scoreMaximum} > 0`),
    check('gradebook_cells_given', sql`${table.scoreGiven} >= 0`),
    check('gradebook_cells_delivered', sql`${table.deliveredRevision} <= ${table.revision}`),
    check(
      'gradebook_cells_outcome',
      sql`${table.lastOutcome} in ('delivered', 'superseded', 'unavailable', 'refused')`,
    ),
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
    scoreGiven: numeric({ precision: 12, scale: 5 }).notNull(),
    scoreMaximum: numeric({ precision: 12, scale: 5 }).notNull(),
    triedAt: moment().notNull(),
    outcome: text({ enum: ['delivered', 'superseded', 'unavailable', 'refused'] }).notNull(),
    /** HTTP status of the answer; null where none came. */
    status: integer(),
    /** The first 300 characters of the answer. */
    detail: text().notNull(),
  },
  (table) => [index().on(table.cellId)],
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
