// What people decided, and what became of it: two tables that only ever grow. An entry is written before the act and its outcome after
// it, so that a process that dies in between leaves "begun, and nobody knows", never nothing.
import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment, reference } from './columns.ts';
import { courses, people } from './courses.ts';

/** Acts that were begun. Append-only; ids and codes alone: names are looked up when the log is read. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: id(),
    begunAt: moment().notNull(),
    actor: text({ enum: ['person', 'administrator', 'command-line', 'stranger'] }).notNull(),
    /** The person; null for all others. */
    actorId: reference().references(() => people.id),
    /** `Act`, parsed when read. */
    act: text().notNull(),
    /** Null where it belongs to no course, or the person is not in that one: then it is no business of the course's. */
    courseId: reference().references(() => courses.id),
    /** What the request named, whether that is there or not: a refused act may name anything. */
    placementId: reference(),
    attemptId: reference(),
    /** Our keys of the people whom it was about. */
    subjectIds: bigint({ mode: 'number' }).array().notNull(),
    /** Whatever else was named, by its name: keys and codes, never words of people. */
    target: jsonb().$type<Record<string, string>>().notNull(),
    /** Null on the command line. */
    requestId: text(),
  },
  (table) => [
    check('audit_entries_actor', sql`(${table.actor} = 'person') = (${table.actorId} is not null)`),
    index().on(table.courseId, table.id),
    index().on(table.courseId, table.act, table.id),
    index().on(table.courseId, table.actorId, table.id),
    index().using('gin', table.subjectIds),
    index().on(table.begunAt),
    index('audit_entries_of_nobody_of_a_course')
      .on(table.id)
      .where(sql`${table.actor} <> 'person'`),
  ],
);

/** What became of them. Append-only, once for each. */
export const auditOutcomes = pgTable(
  'audit_outcomes',
  {
    entryId: bigint({ mode: 'number' })
      .primaryKey()
      .references(() => auditEntries.id),
    endedAt: moment().notNull(),
    outcome: text({ enum: ['done', 'refused', 'failed'] }).notNull(),
    /** Of HTTP; null on the command line. */
    status: integer(),
  },
  (table) => [check('audit_outcomes_outcome', sql`${table.outcome} in ('done', 'refused', 'failed')`)],
);
