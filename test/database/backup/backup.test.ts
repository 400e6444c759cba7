// A university is kept in a file and comes back whole on either engine; what is no whole backup, or would overwrite something, is refused.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { readBackup, writeBackup } from '../../../src/database/backup/backup-file.ts';
import { RefusedBackup } from '../../../src/database/backup/backup-lines.ts';
import { loadBackup } from '../../../src/database/backup/load-backup.ts';
import { takeBackup } from '../../../src/database/backup/take-backup.ts';
import { rowsOf, type Database, type OpenDatabase } from '../../../src/database/database.ts';
import { openEmbedded } from '../../../src/database/pglite.ts';
import { openPostgresAsItIs } from '../../../src/database/postgres.ts';
import { answers } from '../../../src/database/tables/attempts.ts';
import { people } from '../../../src/database/tables/courses.ts';
import { spentLogins } from '../../../src/database/tables/sessions.ts';
import { z } from 'zod';
import { everyRow, sums } from '../../support/every-row.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { fill } from '../../support/universities.ts';

let mustaqil: TestMustaqil;
let directory: string;
const opened: OpenDatabase[] = [];
const circumstances = { sealingKey: new Uint8Array(32), now: () => new Date(0) };
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  mustaqil = await startMustaqil();
  // Signs at which others end lines, or a value.
  await fill(mustaqil.db, mustaqil, 'Oʻsh 🎓 "\\N", \u2028 {}');
  await mustaqil.deliver();
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await mustaqil.stop();
  await rm(directory, { recursive: true, force: true });
});

/** A database without any table. */
async function newDatabase(): Promise<Database> {
  const database = await (globalThis.engine === 'pglite' ? openEmbedded(null, { asItIs: true }) : newPostgres());
  opened.push(database);
  return database.db;
}

async function newPostgres(): Promise<OpenDatabase> {
  const server = process.env.TEST_POSTGRES_URL ?? '';
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return openPostgresAsItIs(`${server}/${name}`);
}

const fileOf = (name: string) => join(directory, name);
const keep = (name: string) => takeBackup(mustaqil.db, circumstances, (lines) => writeBackup(fileOf(name), lines));
const tablesOf = async (db: Database) =>
  db.transaction((tx) =>
    rowsOf(
      tx,
      z.object({ name: z.string() }),
      sql`select tablename as name from pg_tables where schemaname = 'public'`,
    ),
  );

test('a university comes back from its backup with every row, balance, cell and answer, on this engine and from it into the embedded one', async () => {
  const counts = await keep('whole');
  const [before, seen] = [await everyRow(mustaqil.db), await sums(mustaqil.db)];
  expect(seen).toMatchObject({ entries: expect.any(Number), cells: expect.any(Number) });
  expect(before.credit_entries?.length).toBeGreaterThan(0);
  expect(before.gradebook_cells?.length).toBeGreaterThan(0);
  expect(before.answers?.length).toBeGreaterThan(0);
  const embedded = await openEmbedded(null, { asItIs: true });
  opened.push(embedded);
  for (const target of [await newDatabase(), embedded.db]) {
    expect(await loadBackup(target, readBackup(fileOf('whole')))).toMatchObject({ ok: true, rows: counts });
    expect(await everyRow(target)).toEqual(before);
    expect(await sums(target)).toEqual(seen);
  }
});

test('what was restored goes on: new people get new keys, and what never changes still does not', async () => {
  await keep('goes-on');
  const target = await newDatabase();
  await loadBackup(target, readBackup(fileOf('goes-on')));
  const [somebody] = await target.select().from(people);
  const { id, ...rest } = somebody ?? { id: 0, subject: '' };
  const [added] = await target
    .insert(people)
    .values({ ...(rest as typeof people.$inferInsert), subject: 'new' })
    .returning();
  expect(added?.id).toBeGreaterThan(id);
  const change = target.execute(sql`update credit_entries set balance_after = 0`);
  await expect(change).rejects.toMatchObject({ cause: { message: 'Rows of credit_entries are never changed' } });
});

test('the file is for its owner alone, and is never written over', async () => {
  await keep('alone');
  expect((await stat(fileOf('alone'))).mode & 0o777).toBe(0o600);
  const before = await readFile(fileOf('alone'));
  await expect(keep('alone')).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await readFile(fileOf('alone'))).toEqual(before);
});

test.each<[string, (file: Buffer) => Buffer]>([
  ['cut off', (file) => file.subarray(0, file.length - 100)],
  [
    'with a bit turned over',
    (file) => Buffer.from(file.map((byte, at) => (at === file.length >> 1 ? byte ^ 1 : byte))),
  ],
  ['with an answer changed', (file) => again(file, (text) => text.replace('Oʻsh', 'Olma'))],
  ['with a row left out', (file) => again(file, (text) => text.replace(/\n\[.*(?=\n\{"sequences)/, ''))],
  ['without its last line', (file) => again(file, (text) => text.replace(/[^\n]+\n$/, ''))],
  ['that is none', () => Buffer.from('name,points\n')],
  ['that is empty', () => Buffer.alloc(0)],
])('a backup %s is refused, and nothing of it is written', async (what, spoil) => {
  await keep(`${what} whole`);
  const spoiled = fileOf(what);
  await writeFile(spoiled, spoil(await readFile(fileOf(`${what} whole`))));
  const target = await newDatabase();
  expect(await loadBackup(target, readBackup(spoiled))).toEqual({ ok: false, code: 'damaged' });
  expect(await tablesOf(target)).toEqual([]);
});

function again(file: Buffer, change: (text: string) => string): Buffer {
  return gzipSync(change(gunzipSync(file).toString()));
}

test('a backup of a newer program is refused by that reason', async () => {
  await keep('newer');
  const newer = again(await readFile(fileOf('newer')), (text) =>
    text.replace(/"migration":\d+/, '"migration":9999999999999'),
  );
  await writeFile(fileOf('newer2'), newer);
  const target = await newDatabase();
  expect(await loadBackup(target, readBackup(fileOf('newer2')))).toEqual({ ok: false, code: 'newer-program' });
  expect(await tablesOf(target)).toEqual([]);
});

test('a database that has tables is never written over', async () => {
  await keep('over');
  const before = await everyRow(mustaqil.db);
  expect(await loadBackup(mustaqil.db, readBackup(fileOf('over')))).toEqual({ ok: false, code: 'not-empty' });
  expect(await everyRow(mustaqil.db)).toEqual(before);
});

test('taken while people save, a backup holds all that was acknowledged before, and one moment', async () => {
  const { db } = mustaqil;
  let isOver = false;
  let begun = 0;
  // Two rows in one transaction each time: a backup has both or none, whatever table it reads first.
  const save = async () => {
    for (let number = 1; !isOver; number += 1) {
      await db.transaction(async (tx) => {
        await tx.update(answers).set({ response: { text: String(number) } });
        await tx.insert(spentLogins).values({ loginId: `save ${number}`, expiresAt: new Date(0) });
      });
      begun = number;
    }
  };
  const saving = save();
  while (begun < 3) await new Promise(setImmediate);
  const acknowledged = begun;
  await keep('load');
  isOver = true;
  await saving;
  const target = await newDatabase();
  expect(await loadBackup(target, readBackup(fileOf('load')))).toMatchObject({ ok: true });
  const numbers = (await target.select().from(spentLogins))
    .map(({ loginId }) => Number(/^save (\d+)$/.exec(loginId)?.[1] ?? 0))
    .sort((one, other) => one - other);
  const newest = numbers.at(-1) ?? 0;
  expect(newest).toBeGreaterThanOrEqual(acknowledged);
  const texts = (await target.select().from(answers)).map(({ response }) => response);
  expect(new Set(texts.map((text) => JSON.stringify(text)))).toEqual(
    new Set([JSON.stringify({ text: String(newest) })]),
  );
});

test('a fault while a backup is read is no verdict on the backup', async () => {
  const failing = loadBackup(await newDatabase(), readBackup(fileOf('not there')));
  await expect(failing).rejects.not.toBeInstanceOf(RefusedBackup);
});
