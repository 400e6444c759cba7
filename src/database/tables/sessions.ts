// Who is signed in, and which logins were used.
import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';
import { people } from './courses.ts';

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
