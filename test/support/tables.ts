// Every table there is, and all that stands in them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../src/database/database.ts';

const folder = join(import.meta.dirname, '../../src/database/tables');
const modules = await Promise.all(
  readdirSync(folder).map(async (file): Promise<unknown> => import(join(folder, file))),
);

/** Found by reading the folder, so that a new table needs no mention here. */
export const tables = modules
  .flatMap((module) => Object.values(Object(module) as Record<string, unknown>))
  .filter((value): value is PgTable => is(value, PgTable));

const notes = ['rate_limits', 'audit_entries', 'audit_outcomes'];

/**
 * Every row of the database, by table: equal before and after means that nothing was changed. How often somebody tried is no work of
 * anybody's, and that they did stands in the log, as it should.
 *
 * @param except tables that may change meanwhile
 */
export async function allRows(db: Database, except: string[] = []): Promise<Record<string, string[]>> {
  const rows: [string, string[]][] = [];
  for (const table of tables.filter((one) => ![...notes, ...except].includes(getTableName(one)))) {
    const found = await db.select().from(table);
    rows.push([getTableName(table), found.map(rowText).sort()]);
  }
  return Object.fromEntries(rows);
}

/** A row as text. Exact points are made of big integers, which JSON does not know. */
export function rowText(row: Record<string, unknown>): string {
  return JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
