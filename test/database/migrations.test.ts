// Tables are brought up to date once, however often and by however many processes a database is opened.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { migrationsFolder, type Database, type OpenDatabase } from '../../src/database/database.ts';
import { openEmbedded } from '../../src/database/pglite.ts';
import { openPostgres } from '../../src/database/postgres.ts';
import { spentLogins } from '../../src/database/tables/sessions.ts';

const journal = JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
  entries: unknown[];
};
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function emptyPlace(): Promise<() => Promise<OpenDatabase>> {
  if (globalThis.engine === 'pglite') {
    const folder = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
    folders.push(folder);
    return () => openEmbedded(folder);
  }
  const server = process.env.TEST_POSTGRES_URL ?? '';
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return () => openPostgres(`${server}/${name}`);
}

async function migrationsIn(db: Database): Promise<unknown> {
  const [row] = await db.select({ number: sql`count(*)` }).from(sql`drizzle.__drizzle_migrations`);
  return row?.number;
}

test('opened a second time, a database still has its rows and no migration twice', async () => {
  const open = await emptyPlace();
  const first = await open();
  await first.db.insert(spentLogins).values({ loginId: 'one', expiresAt: new Date(0) });
  await first.close();
  const second = await open();
  expect(await second.db.select().from(spentLogins)).toEqual([{ loginId: 'one', expiresAt: new Date(0) }]);
  expect(await migrationsIn(second.db)).toBe(journal.entries.length);
  await second.close();
});

const onPostgres = globalThis.engine === 'postgres' ? describe : describe.skip;

onPostgres('several processes on one server', () => {
  test('start at the same moment on an empty database, and all of them can work', async () => {
    const open = await emptyPlace();
    const opened = await Promise.all([open(), open(), open(), open()]);
    for (const one of opened) expect(await migrationsIn(one.db)).toBe(journal.entries.length);
    await Promise.all(opened.map((one) => one.close()));
  });

  test('one whose migration fails says so, and leaves the way free for the others', async () => {
    const open = await emptyPlace();
    const good = await open();
    await good.db.execute(sql`delete from drizzle.__drizzle_migrations`);
    await expect(open()).rejects.toThrow('could not be opened or brought up to date');
    await expect(open()).rejects.toThrow('could not be opened or brought up to date');
    await good.close();
  });

  test('a server that is not there is said at once', async () => {
    await expect(openPostgres('postgres://nobody:x@127.0.0.1:1/nothing')).rejects.toMatchObject({
      message: 'The database could not be opened or brought up to date',
      cause: { code: 'ECONNREFUSED' },
    });
  });
});
