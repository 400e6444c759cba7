// How often somebody tried what strangers may try a few times only: counted here for all processes together.
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

export const rateLimits = pgTable(
  'rate_limits',
  {
    /** SHA-256 of what is limited and of the client's address. */
    keyHash: text().primaryKey(),
    hits: integer().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.expiresAt)],
);
