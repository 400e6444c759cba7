// An empty, migrated database of the engine that this run of the tests is on.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { guardRootHandle, type Database, type OpenDatabase } from '../../src/database/database.ts';
import { openEmbedded } from '../../src/database/pglite.ts';
import { openPostgres } from '../../src/database/postgres.ts';

declare global {
  /** Set by the jest project: on which engine to run. */
  var engine: 'pglite' | 'postgres';
}

/** Each call gives another one; close it in the end. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  return globalThis.engine === 'postgres' ? openPostgres(await newPostgresUrl()) : openPglite();
}

/** Embedded databases of this process that are free again: to empty one takes a tenth of the time that it takes to open one. */
const free: OpenDatabase[] = [];

async function openPglite(): Promise<OpenDatabase> {
  const database = free.pop() ?? (await newPglite());
  // Whoever has closed it finds it gone, and nothing that was kept of it is taken for what the next one has.
  const { proxy, revoke } = Proxy.revocable(database.db, {});
  return {
    db: guardRootHandle(proxy),
    close: async () => {
      revoke();
      await emptyTables(database.db);
      free.push(database);
    },
  };
}

async function newPglite(): Promise<OpenDatabase> {
  return openEmbedded(null, { dump: new Blob([await readFile(process.env.TEST_PGLITE_DUMP ?? '')]) });
}

/** One that does not answer any more. */
export async function openDeadDatabase(): Promise<Database> {
  const database = await (globalThis.engine === 'postgres' ? openTestDatabase() : newPglite());
  await database.close();
  return database.db;
}

async function emptyTables(db: Database): Promise<void> {
  await db.execute(sql`
    do $$ begin
      execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity cascade'
        from pg_tables where schemaname = 'public');
    end $$`);
}

/** The address of a new database on the test server, a copy of the migrated one, or of another, as of PostgreSQL's own empty one. */
export async function newPostgresUrl(template: 'migrated' | 'template0' = 'migrated'): Promise<string> {
  const url = process.env.TEST_POSTGRES_URL ?? '';
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query(`create database ${name} template ${template}`);
  await client.end();
  return `${url}/${name}`;
}
