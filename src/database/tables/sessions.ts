// Who is signed in, which logins were used, and what an LMS waits to be given.
import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment, reference } from './columns.ts';
import { courses, people } from './courses.ts';

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's value: who reads this table cannot sign in with it. */
    idHash: text().primaryKey(),
    personId: bigint({ mode: 'number' })
      .notNull()
      .references(() => people.id),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.expiresAt)],
);

/** A login is good for one launch. Only launches that verified get here, so nobody can fill this table from outside. */
export const spentLogins = pgTable(
  'spent_logins',
  {
    loginId: text().primaryKey(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.expiresAt)],
);

/** A teacher is choosing what to put into a course: what the LMS asked for, until it is answered or given up. */
export const contentRequests = pgTable(
  'content_requests',
  {
    id: id(),
    personId: reference()
      .notNull()
      .references(() => people.id),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    /** `DeepLinkingSettings`, parsed when read. The return address may hold a session key of the LMS: not for logs. */
    settings: jsonb().$type<unknown>().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.expiresAt)],
);

/** The one secret by which the administrator signs in; there is at most one row. */
export const adminSecrets = pgTable(
  'admin_secrets',
  {
    id: integer().primaryKey().default(1),
    /** scrypt, with its salt. */
    hash: text().notNull(),
    changedAt: moment().notNull(),
  },
  (table) => [check('admin_secrets_one', sql`${table.id} = 1`)],
);

export const adminSessions = pgTable(
  'admin_sessions',
  {
    /** SHA-256 of the cookie's value. */
    idHash: text().primaryKey(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.expiresAt)],
);
