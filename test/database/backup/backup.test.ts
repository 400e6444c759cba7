// A university is kept in a file and comes back whole on either engine; what is no whole backup, or would overwrite something, is refused.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { readBackup, writeBackup } from '../../../src/database/backup/backup-file.ts';
import { RefusedBackup } from '../../../src/database/backup/backup-lines.ts';
import { loadBackup } from '../../../src/database/backup/load-backup.ts';
import { takeBackup } from '../../../src/database/backup/take-backup.ts';
import type { Database } from '../../../src/database/database.ts';
import { people } from '../../../src/database/tables/courses.ts';
import { spentLogins } from '../../../src/database/tables/sessions.ts';
import { everyRow } from '../../support/every-row.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { enginesThere, newDatabases } from '../../support/new-databases.ts';
import { fill } from '../../support/universities.ts';

let mustaqil: TestMustaqil;
let directory: string;
/** The first backup of the university. */
let whole: Buffer;
/** Without any table, and it stays so. */
let empty: Database;
const databases = newDatabases();
const circumstances = { sealingKey: new Uint8Array(32), now: () => new Date(0) };
const fileOf = (name: string) => join(directory, name);
const keep = (name: string, db: Database = mustaqil.db) =>
  takeBackup(db, circumstances, (lines) => writeBackup(fileOf(name), lines));
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  mustaqil = await startMustaqil();
  await fill(mustaqil.db, mustaqil, 'Oʻsh 🎓');
  // Signs at which others end lines, or a value.
  await mustaqil.db.insert(spentLogins).values({ loginId: '\\N "{}[,]\u2028\r\n\t', expiresAt: new Date(1) });
  await mustaqil.deliver();
  await mustaqil.roster.settled();
  await keep('whole');
  whole = await readFile(fileOf('whole'));
  empty = (await databases.open()).db;
});
afterAll(async () => {
  await databases.close();
  await mustaqil.stop();
  await rm(directory, { recursive: true, force: true });
});

test('a university comes back from its backup with every row, balance, cell and answer, from each engine into each', async () => {
  const before = await everyRow(mustaqil.db);
  for (const table of ['credit_entries', 'gradebook_cells', 'answers', 'answer_files', 'sequences']) {
    expect(before[table]?.length ?? 0).toBeGreaterThan(0);
  }
  for (const between of enginesThere()) {
    const first = await databases.open(between);
    expect(await loadBackup(first.db, readBackup(fileOf('whole')))).toMatchObject({ ok: true });
    expect(await everyRow(first.db)).toEqual(before);
    // A backup of what was restored is as good as the first.
    await keep(`again ${between}`, first.db);
    const second = await databases.open();
    expect(await loadBackup(second.db, readBackup(fileOf(`again ${between}`)))).toMatchObject({ ok: true });
    expect(await everyRow(second.db)).toEqual(before);
  }
});

test('what was restored goes on: new people get new keys, and what never changes still does not', async () => {
  const { db } = await databases.open();
  await loadBackup(db, readBackup(fileOf('whole')));
  const all = await db.select().from(people);
  const newcomer = { deploymentId: all[0]?.deploymentId ?? 0, subject: 'new', name: 'New', language: 'en' };
  const [added] = await db.insert(people).values(newcomer).returning();
  expect(added?.id).toBeGreaterThan(Math.max(...all.map(({ id }) => id)));
  for (const [table, column] of [
    ['credit_entries', 'reason'],
    ['quiz_versions', 'title'],
  ] as const) {
    const change = db.execute(sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = 'other'`);
    await expect(change).rejects.toMatchObject({ cause: { message: `Rows of ${table} are never changed` } });
  }
});

test('the file is for its owner alone, and is never written over', async () => {
  expect((await stat(fileOf('whole'))).mode & 0o777).toBe(0o600);
  await expect(keep('whole')).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await readFile(fileOf('whole'))).toEqual(whole);
});

test('of a backup that fails halfway no file stays', async () => {
  const failing = takeBackup(mustaqil.db, circumstances, (lines) =>
    writeBackup(
      fileOf('half'),
      (async function* half() {
        for await (const line of lines) {
          yield line;
          if (line.startsWith('[')) throw new Error('The network is gone');
        }
      })(),
    ),
  );
  await expect(failing).rejects.toThrow('The network is gone');
  await expect(stat(fileOf('half'))).rejects.toMatchObject({ code: 'ENOENT' });
});

const again = (change: (text: string) => string) => gzipSync(change(gunzipSync(whole).toString()));

test.each<[string, () => Buffer]>([
  ['cut off', () => whole.subarray(0, whole.length - 100)],
  ['with a bit turned over', () => Buffer.from(whole.map((byte, at) => (at === whole.length >> 1 ? byte ^ 1 : byte)))],
  ['with an answer changed', () => again((text) => text.replace('Oʻsh', 'Olma'))],
  ['with a row left out', () => again((text) => text.replace(/\n\[.*(?=\n\{"table)/, ''))],
  ['without its last line', () => again((text) => text.replace(/[^\n]+\n$/, ''))],
  ['that is none', () => Buffer.from('name,points\n')],
  ['that is empty', () => Buffer.alloc(0)],
])('a backup %s is refused, and nothing of it is written', async (what, spoiled) => {
  const bytes = spoiled();
  expect(bytes.equals(whole)).toBe(false);
  await writeFile(fileOf(what), bytes);
  expect(await loadBackup(empty, readBackup(fileOf(what)))).toEqual({ ok: false, code: 'damaged' });
  expect(await everyRow(empty)).toEqual({});
});

test('a backup of a newer program is refused by that reason, and nothing of it is written', async () => {
  const lines = async function* newer() {
    for await (const line of readBackup(fileOf('whole'))) {
      yield line.replace(/"migration":\d+/, '"migration":9999999999999');
    }
  };
  expect(await loadBackup(empty, lines())).toEqual({ ok: false, code: 'newer-program' });
  expect(await everyRow(empty)).toEqual({});
});

test('a database that has tables is never written over', async () => {
  const before = await everyRow(mustaqil.db);
  expect(await loadBackup(mustaqil.db, readBackup(fileOf('whole')))).toEqual({ ok: false, code: 'not-empty' });
  expect(await everyRow(mustaqil.db)).toEqual(before);
});

test('a fault while a backup is read is no verdict on the backup', async () => {
  const failing = loadBackup(empty, readBackup(fileOf('not there')));
  await expect(failing).rejects.not.toBeInstanceOf(RefusedBackup);
});
