// A transaction is all or nothing, and nobody reaches past it to the database itself.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Database, OpenDatabase, Transaction } from '../../src/database/database.ts';
import { spentLogins } from '../../src/database/tables/sessions.ts';
import { openTestDatabase } from '../support/database.ts';

let open: OpenDatabase;
let db: Database;
beforeAll(async () => {
  open = await openTestDatabase();
  db = open.db;
});
beforeEach(async () => {
  await db.delete(spentLogins);
});
afterAll(() => open.close());

const spend = (on: Database | Transaction, loginId: string) =>
  on.insert(spentLogins).values({ loginId, expiresAt: new Date(0) });
const spent = async () => (await db.select().from(spentLogins)).map(({ loginId }) => loginId).sort();

test('what a transaction did before it failed never happened', async () => {
  const failing = db.transaction(async (tx) => {
    await spend(tx, 'one');
    throw new Error('later');
  });
  await expect(failing).rejects.toThrow('later');
  expect(await spent()).toEqual([]);
  await db.transaction((tx) => spend(tx, 'two'));
  expect(await spent()).toEqual(['two']);
});

test('a statement that the database refuses takes all the others along', async () => {
  const twice = db.transaction(async (tx) => {
    await spend(tx, 'same');
    await spend(tx, 'same');
  });
  await expect(twice).rejects.toThrow('Failed query');
  expect(await spent()).toEqual([]);
});

test('inside a transaction the root handle throws at once instead of waiting for ever, and all is rolled back', async () => {
  const uses: ((root: Database) => unknown)[] = [
    (root) => root.select().from(spentLogins),
    (root) => spend(root, 'past it'),
    (root) => root.transaction(() => Promise.resolve()),
    (root) => root.execute('select 1'),
  ];
  for (const use of uses) {
    const reaching = db.transaction(async (tx) => {
      await spend(tx, 'inside');
      await use(db);
    });
    await expect(reaching).rejects.toThrow('Inside a transaction use its own handle');
  }
  expect(await spent()).toEqual([]);
});

test('beside a transaction of somebody else the root handle works', async () => {
  const [inside] = await Promise.all([
    db.transaction((tx) => spend(tx, 'inside').returning()),
    spend(db, 'beside'),
    db.transaction((tx) => spend(tx, 'third')),
  ]);
  expect(inside).toHaveLength(1);
  expect(await spent()).toEqual(['beside', 'inside', 'third']);
});

test('a part of a transaction can fail by itself', async () => {
  await db.transaction(async (tx) => {
    await spend(tx, 'kept');
    const part = tx.transaction(async (inner) => {
      await spend(inner, 'dropped');
      throw new Error('this part only');
    });
    await expect(part).rejects.toThrow('this part only');
  });
  expect(await spent()).toEqual(['kept']);
});
