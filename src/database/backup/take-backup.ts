// Takes a backup: everything that stands in the database at one moment, while people go on working with it.
import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf, type Database, type Transaction } from '../database.ts';
import { newestMigration } from '../migrate-up-to.ts';
import type { BackupHead } from './backup-lines.ts';
import { storedTables, type StoredTable } from './stored-tables.ts';

/** Of one batch, in characters: more rows are asked for while there are fewer, fewer as soon as there are more. */
const batchCharacters = 1_000_000;
const mostRows = 2000;

export interface BackupCircumstances {
  /** The key that closes what is sealed in the database; 32 bytes. */
  sealingKey: Uint8Array;
  now: () => Date;
}

/**
 * Gives the lines of a backup (backup-lines.ts, without its last one) to `use`, batch by batch, out of one transaction that sees one
 * moment. On a server everybody goes on meanwhile; on the embedded engine, which has one connection, everybody waits.
 *
 * @throws if the database has no tables of ours
 */
export async function takeBackup<Result>(
  db: Database,
  circumstances: BackupCircumstances,
  use: (lines: AsyncIterable<string>) => Promise<Result>,
): Promise<Result> {
  return db.transaction((tx) => use(linesOf(tx, circumstances)), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

/** The same for the same secret, and of no use for finding it. */
export function markOfSecret(sealingKey: Uint8Array): string {
  return createHmac('sha256', sealingKey).update('mustaqil backup').digest('hex').slice(0, 16);
}

/** How values are written must not depend on the settings of a server or of a role. */
export async function writeValuesPlainly(tx: Transaction): Promise<void> {
  for (const setting of [
    "datestyle to 'ISO'",
    "timezone to 'UTC'",
    "bytea_output to 'hex'",
    'extra_float_digits to 1',
  ]) {
    await tx.execute(sql.raw(`set local ${setting}`));
  }
}

async function* linesOf(tx: Transaction, { sealingKey, now }: BackupCircumstances): AsyncGenerator<string> {
  await writeValuesPlainly(tx);
  const takenAt = now().toISOString();
  const migration = await newestMigration(tx);
  if (migration === null) throw new Error('The database is empty: there is nothing to keep.');
  const secretMark = markOfSecret(sealingKey);
  yield JSON.stringify({ format: 'mustaqil-backup', version: 1, migration, takenAt, secretMark } satisfies BackupHead);
  for (const table of (await storedTables(tx)).tables) {
    yield JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) });
    yield* rowsOfTable(tx, table);
  }
  // Sequences stand outside of transactions: read last, they are past every row above.
  const standing = await rowsOf(
    tx,
    z.object({ name: z.string(), value: z.string() }),
    sql`select sequencename as name, last_value::text as value from pg_sequences
      where schemaname = 'public' and last_value is not null order by 1`,
  );
  yield JSON.stringify({ sequences: Object.fromEntries(standing.map(({ name, value }) => [name, value])) });
}

async function* rowsOfTable(tx: Transaction, { name, columns }: StoredTable): AsyncGenerator<string> {
  const texts = sql.join(
    columns.map((column) => sql`${sql.identifier(column.name)}::text`),
    sql`, `,
  );
  await tx.execute(sql`declare backup_rows no scroll cursor for
    select array_to_json(array[${texts}])::text as line from ${sql.identifier(name)}`);
  // Files are tens of megabytes each, and as many as come: one at a time.
  const isHeavy = columns.some(({ type }) => type === 'bytea');
  for (let count = 1; ;) {
    const rows = await rowsOf(tx, z.object({ line: z.string() }), sql.raw(`fetch ${count} from backup_rows`));
    for (const { line } of rows) yield line;
    if (rows.length < count) break;
    const characters = rows.reduce((sum, { line }) => sum + line.length, 0);
    if (isHeavy) continue;
    count = characters > batchCharacters ? Math.max(1, count >> 2) : Math.min(mostRows, count * 2);
  }
  await tx.execute(sql`close backup_rows`);
}
