// What reached us of an open attempt, from which device and in which order, and the time that was given back to it.
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { attempts } from './attempts.ts';
import { id, moment, reference } from './columns.ts';
import { people } from './courses.ts';
import { gradeDecisions } from './grades.ts';

const lateReasons = ['said-late', 'after-grace', 'after-hand-in'] as const;

const signalKinds = [
  'opened',
  'taken-over',
  'gap',
  'came-late',
  'handed-in-on-phone',
  'handed-in-elsewhere',
  'rescued',
  'not-as-shown',
] as const;
const aSignalKind = sql.raw(signalKinds.map((kind) => `'${kind}'`).join(', '));

/** The pages and devices at which an attempt was answered. Rows are only ever added. */
export const attemptClients = pgTable(
  'attempt_clients',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** Whose answer stands: that of the higher number. The highest is where the attempt goes on; what nobody had heard of is below 1. */
    number: integer().notNull(),
    /** What the page calls itself, unguessable; of `form`, one of our own. */
    clientId: text().notNull(),
    /** Whether a script keeps a journal there, or forms are sent from page to page. */
    kind: text({ enum: ['script', 'form'] }).notNull(),
    /** Of the browser's own cookie, if it came with what was sent. */
    browserHash: text(),
    openedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.number] }),
    uniqueIndex('attempt_clients_id').on(table.attemptId, table.clientId),
    check('attempt_clients_kind', sql`${table.kind} in ('script', 'form')`),
  ],
);

/** Which entry last set a question, also to no answer: an older one that arrives later changes nothing. */
export const answerMarks = pgTable(
  'answer_marks',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** As in `answers`. */
    position: integer().notNull(),
    clientNumber: integer().notNull(),
    /** Rises with every entry of that client. */
    sequence: integer().notNull(),
    /** When it was answered, as the device says, within what is possible. */
    saidAt: moment().notNull(),
    arrivedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.attemptId, table.position] })],
);

/** What happened around an attempt, for its teacher: where it was open, when it was cut off. Rows are only ever added. */
export const attemptSignals = pgTable(
  'attempt_signals',
  {
    id: id(),
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    clientNumber: integer().notNull(),
    /** The entry that it stands for; null where we noticed it. */
    sequence: integer(),
    kind: text({ enum: signalKinds }).notNull(),
    saidAt: moment().notNull(),
    /** Of a gap: when it ended. */
    until: moment(),
    arrivedAt: moment().notNull(),
    /** `SignalDetail`, parsed when read. */
    detail: jsonb().$type<unknown>(),
  },
  (table) => [
    uniqueIndex('attempt_signals_entry').on(table.attemptId, table.clientNumber, table.sequence),
    check('attempt_signals_kind', sql`${table.kind} in (${aSignalKind})`),
  ],
);

/** What arrived too late to count by itself. It is kept, and a teacher may count it. */
export const lateEntries = pgTable(
  'late_entries',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    clientId: text().notNull(),
    sequence: integer().notNull(),
    /** `JournalEntry`, parsed when read. */
    entry: jsonb().$type<unknown>().notNull(),
    reason: text({ enum: lateReasons }).notNull(),
    saidAt: moment().notNull(),
    arrivedAt: moment().notNull(),
    /** Who brought it in a rescue file; null where the page sent it. */
    broughtBy: reference().references(() => people.id),
    /** The decision that settled it: it counts by that, or was overtaken, or its question takes none; null: nobody has decided. */
    countedBy: reference().references(() => gradeDecisions.id),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.clientId, table.sequence] }),
    check('late_entries_reason', sql`${table.reason} in ('said-late', 'after-grace', 'after-hand-in')`),
  ],
);

/** Time given back to one attempt, beyond its limit. Rows are only ever added. */
export const timeGrants = pgTable(
  'time_grants',
  {
    attemptId: reference()
      .notNull()
      .references(() => attempts.id),
    /** 1 for the first of that attempt. */
    number: integer().notNull(),
    minutes: integer().notNull(),
    /** In the teacher's words. */
    reason: text().notNull(),
    grantedBy: reference()
      .notNull()
      .references(() => people.id),
    grantedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.number] }),
    index().on(table.grantedBy),
    check('time_grants_number', sql`${table.number} > 0`),
    check('time_grants_minutes', sql`${table.minutes} between 1 and 1440`),
  ],
);
