// Loads a backup into a new database of either engine: everything or nothing.
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf, type Database, type Transaction } from '../database.ts';
import { knownMigrations, migrateUpTo, migrationLock } from '../migrate-up-to.ts';
import {
  backupHead,
  isRow,
  readLine,
  RefusedBackup,
  sequencesLine,
  tableHead,
  type BackupHead,
  type BackupRefusal,
  type RowCounts,
} from './backup-lines.ts';
import { storedTables, type StoredReference, type StoredTable } from './stored-tables.ts';
import { writeValuesPlainly } from './take-backup.ts';

const batchCharacters = 1_000_000;
const mostRows = 2000;

export type LoadOutcome = { ok: true; head: BackupHead; rows: RowCounts } | { ok: false; code: BackupRefusal };

/**
 * One transaction: the tables as they were when the backup was taken, its rows, checked by every constraint and trigger, and then
 * all that the tables have learned since. A process that starts meanwhile waits.
 *
 * @param db nothing may stand in it yet, not even tables
 * @param lines those that `takeBackup` gives; what they throw ends the transaction
 */
export async function loadBackup(db: Database, lines: AsyncIterable<string>): Promise<LoadOutcome> {
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${migrationLock})`);
      if (await hasTables(tx)) throw new RefusedBackup('not-empty');
      await writeValuesPlainly(tx);
      return { ok: true as const, ...(await load(tx, lines)) };
    });
  } catch (error) {
    if (error instanceof RefusedBackup) return { ok: false, code: error.code };
    throw error;
  }
}

async function hasTables(tx: Transaction): Promise<boolean> {
  const [row] = await rowsOf(
    tx,
    z.object({ count: z.coerce.number() }),
    sql`select count(*) as count from pg_tables where schemaname in ('public', 'drizzle')`,
  );
  return row?.count !== 0;
}

async function load(tx: Transaction, lines: AsyncIterable<string>) {
  let head: BackupHead | null = null;
  let known: Awaited<ReturnType<typeof storedTables>> = { tables: [], unordered: [] };
  let table: StoredTable | null = null;
  let batch: string[] = [];
  let characters = 0;
  const rows: RowCounts = {};
  const flush = async () => {
    if (table && batch.length > 0) await insert(tx, table, batch);
    batch = [];
    characters = 0;
  };
  for await (const line of lines) {
    if (!head) {
      head = readLine(backupHead, line);
      if (!knownMigrations().includes(head.migration)) throw new RefusedBackup('newer-program');
      await migrateUpTo(tx, head.migration);
      known = await storedTables(tx);
      await putOff(tx, known.unordered);
    } else if (isRow(line)) {
      if (!table) throw new RefusedBackup('damaged');
      batch.push(line);
      characters += line.length;
      rows[table.name] = (rows[table.name] ?? 0) + 1;
      if (characters > batchCharacters || batch.length >= mostRows) await flush();
    } else {
      await flush();
      if (line.startsWith('{"table"')) {
        const said = readLine(tableHead, line);
        table = asSaid(known.tables, said);
        rows[table.name] = 0;
      } else await setSequences(tx, readLine(sequencesLine, line).sequences);
    }
  }
  if (!head) throw new RefusedBackup('damaged');
  await checkPutOff(tx, known.unordered);
  await migrateUpTo(tx);
  return { head, rows };
}

/** The table with the columns that the backup has, in its order. */
function asSaid(tables: StoredTable[], said: z.infer<typeof tableHead>): StoredTable {
  const table = tables.find(({ name }) => name === said.table);
  const columns = said.columns.map((name) => table?.columns.find((column) => column.name === name));
  if (!table || columns.length !== table.columns.length) throw new RefusedBackup('damaged');
  return {
    name: table.name,
    columns: columns.map((column) => {
      if (!column) throw new RefusedBackup('damaged');
      return column;
    }),
  };
}

async function insert(tx: Transaction, { name, columns }: StoredTable, lines: string[]) {
  const names = sql.join(
    columns.map((column) => sql.identifier(column.name)),
    sql`, `,
  );
  const values = columns.map(({ type }, index) => `(line ->> ${index})::${type}`).join(', ');
  await tx.execute(sql`insert into ${sql.identifier(name)} (${names}) overriding system value
    select ${sql.raw(values)} from jsonb_array_elements(${`[${lines.join(',')}]`}::text::jsonb) as given(line)`);
}

async function setSequences(tx: Transaction, sequences: Record<string, string>) {
  for (const [name, value] of Object.entries(sequences)) {
    await tx.execute(sql`select setval(format('public.%I', ${name}::text)::regclass, ${value}::text::bigint)`);
  }
}

/** A row may stand before the one that it refers to: these keys are looked at once all rows are there. */
async function putOff(tx: Transaction, references: StoredReference[]) {
  for (const { from, name } of references) {
    await tx.execute(
      sql`alter table ${sql.identifier(from)} alter constraint ${sql.identifier(name)} deferrable initially deferred`,
    );
  }
}

async function checkPutOff(tx: Transaction, references: StoredReference[]) {
  await tx.execute(sql`set constraints all immediate`);
  for (const { from, name } of references) {
    await tx.execute(sql`alter table ${sql.identifier(from)} alter constraint ${sql.identifier(name)} not deferrable`);
  }
}
