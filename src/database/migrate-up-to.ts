// Bringing tables up to a migration inside of a transaction that has more to do: a backup is loaded into the tables of its own time.
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { z } from 'zod';
import { migrationsFolder, rowsOf, type Transaction } from './database.ts';

/** Any fixed number: processes that start at the same moment migrate one after the other. */
export const migrationLock = 1_297_437_521;

/** What this program can bring a database up to: each migration by its time, in milliseconds, the oldest first. */
export function knownMigrations(): number[] {
  return readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis);
}

/** The newest migration of a database, by its time in milliseconds; null for one that has none. */
export async function newestMigration(tx: Transaction): Promise<number | null> {
  const [there] = await rowsOf(
    tx,
    z.object({ journal: z.string().nullable() }),
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as journal`,
  );
  if (!there?.journal) return null;
  const newest = sql`select max(created_at) as at from drizzle.__drizzle_migrations`;
  const [row] = await rowsOf(tx, z.object({ at: z.coerce.number().nullable() }), newest);
  return row?.at ?? null;
}

/** Applies what is missing up to `newest`, and notes it as Drizzle does (0.45), which goes on from there. */
export async function migrateUpTo(tx: Transaction, newest = Infinity): Promise<void> {
  await tx.execute(sql`create schema if not exists drizzle`);
  await tx.execute(sql`create table if not exists drizzle.__drizzle_migrations
    (id serial primary key, hash text not null, created_at bigint)`);
  const before = (await newestMigration(tx)) ?? -Infinity;
  for (const { sql: statements, hash, folderMillis } of readMigrationFiles({ migrationsFolder })) {
    if (folderMillis <= before || folderMillis > newest) continue;
    for (const statement of statements) await tx.execute(sql.raw(statement));
    await tx.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`,
    );
  }
}
