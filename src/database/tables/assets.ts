// Pictures, sounds, films and files that questions show, or that prove a mark: kept once for each deployment, whatever refers to them.
import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { binary, moment, reference } from './columns.ts';
import { deployments } from './platforms.ts';

export const assets = pgTable(
  'assets',
  {
    deploymentId: reference()
      .notNull()
      .references(() => deployments.id),
    /** Of the bytes, in lower-case hexadecimal digits: what is changed is another asset. */
    sha256: text().notNull(),
    /** What the bytes are, whatever the file was called. */
    mediaType: text().notNull(),
    /** In pixels, as it is shown; null for what is no picture. */
    width: integer(),
    height: integer(),
    byteLength: integer().notNull(),
    bytes: binary().notNull(),
    /** Whether questions show it, to whoever is signed in; what is not is served by those alone who know whose it is. */
    isShown: boolean().notNull().default(true),
    keptAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deploymentId, table.sha256] }),
    check('assets_sha256', sql`${table.sha256} = encode(sha256(${table.bytes}), 'hex')`),
    check('assets_byte_length', sql`${table.byteLength} = length(${table.bytes})`),
  ],
);
