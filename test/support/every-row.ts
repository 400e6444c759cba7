// All that a database holds, as PostgreSQL writes it: equal on two databases means that nothing was lost, not a digit.
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf, type Database } from '../../src/database/database.ts';

/** Every row of every table as text, and where the sequences stand; an empty object where there are no tables. */
export async function everyRow(db: Database): Promise<Record<string, string[]>> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local timezone to 'UTC'`);
    const texts = z.object({ row: z.string() });
    const names = sql`select tablename as "row" from pg_tables where schemaname = 'public' order by 1`;
    const rows: Record<string, string[]> = {};
    for (const { row: name } of await rowsOf(tx, texts, names)) {
      const found = await rowsOf(tx, texts, sql`select t::text as "row" from ${sql.identifier(name)} t order by 1`);
      rows[name] = found.map(({ row }) => row);
    }
    const standing = sql`select sequencename || ' ' || coalesce(last_value, 0) as "row" from pg_sequences
      where schemaname = 'public' order by 1`;
    const sequences = await rowsOf(tx, texts, standing);
    return { ...rows, ...(sequences.length > 0 && { sequences: sequences.map(({ row }) => row) }) };
  });
}
