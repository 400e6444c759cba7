// All that a database holds, as PostgreSQL writes it: equal on two databases means that nothing was lost, not a digit.
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf, type Database } from '../../src/database/database.ts';

/** Every row of every table as text, and where the sequences stand. */
export async function everyRow(db: Database): Promise<Record<string, string[]>> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local timezone to 'UTC'`);
    const names = await rowsOf(
      tx,
      z.object({ name: z.string() }),
      sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const rows: Record<string, string[]> = {};
    const texts = z.object({ row: z.string() });
    for (const { name } of names) {
      const found = await rowsOf(tx, texts, sql`select t::text as "row" from ${sql.identifier(name)} t order by 1`);
      rows[name] = found.map(({ row }) => row);
    }
    const standing = sql`select sequencename || ' ' || coalesce(last_value, 0) as "row" from pg_sequences
      where schemaname = 'public' order by 1`;
    rows.sequences = (await rowsOf(tx, texts, standing)).map(({ row }) => row);
    return rows;
  });
}

/** What people see of it, summed up: balances of the ledger, cells of gradebooks, answers; and answers whose attempt is not there. */
export async function sums(db: Database): Promise<unknown> {
  return db.transaction(async (tx) => {
    const number = z.coerce.number();
    const row = z.object({
      entries: number,
      balance: z.string(),
      cells: number,
      scores: z.string(),
      answers: z.string(),
    });
    const [found] = await rowsOf(
      tx,
      row,
      sql`select (select count(*) from credit_entries) as entries,
        (select coalesce(string_agg(person_id || ':' || component_key || ':' || balance_after, ' ' order by id), '')
          from credit_entries e where not exists (select from credit_entries f where f.follows_id = e.id)) as balance,
        (select count(*) from gradebook_cells) as cells,
        (select coalesce(sum(score_given), 0)::text from gradebook_cells) as scores,
        (select coalesce(md5(string_agg(attempt_id || ':' || position || ':' || response, ' ' order by attempt_id, position)), '')
          from answers) as answers`,
    );
    return found;
  });
}
