// What a connection to a server remembers of what it is asked. The embedded engine has nothing to do with it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq, inArray, sql } from 'drizzle-orm';
import pg from 'pg';
import type { Database, OpenDatabase } from '../../src/database/database.ts';
import { mostConnections, openPostgres } from '../../src/database/postgres.ts';
import { spentLogins } from '../../src/database/tables/sessions.ts';
import { newPostgresUrl } from '../support/database.ts';

const onPostgres = globalThis.engine === 'postgres' ? describe : describe.skip;

onPostgres('a connection', () => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await openPostgres(await newPostgresUrl());
  });
  afterAll(() => open.close());

  /** One question after another goes by the same connection. */
  async function remembered(words: string): Promise<number> {
    const { rows } = (await open.db.execute(sql`select statement from pg_prepared_statements`)) as {
      rows: { statement: string }[];
    };
    return rows.filter(({ statement }) => statement.includes(words)).length;
  }

  const find = (loginId: string) => open.db.select().from(spentLogins).where(eq(spentLogins.loginId, loginId));

  test('remembers what it is asked again, whatever the values', async () => {
    await open.db.insert(spentLogins).values({ loginId: 'two', expiresAt: new Date(0) });
    await find('one');
    expect(await remembered('from "spent_logins"')).toBe(0);
    expect(await find('two')).toHaveLength(1);
    expect(await find('three')).toEqual([]);
    expect(await remembered('from "spent_logins"')).toBe(1);
  });

  test('goes on when a newer version adds a column to a table beside it', async () => {
    await find('two');
    await find('two');
    await open.db.execute(sql`alter table spent_logins add column later_added text not null default 'x'`);
    expect(await find('two')).toEqual([{ loginId: 'two', expiresAt: new Date(0) }]);
    await open.db.insert(spentLogins).values({ loginId: 'four', expiresAt: new Date(0) });
    expect(await find('four')).toHaveLength(1);
  });

  test('keeps no place for long lists', async () => {
    const among = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (let times = 0; times < 3; times++)
      await open.db.delete(spentLogins).where(inArray(spentLogins.loginId, among));
    expect(await remembered('delete from "spent_logins"')).toBe(0);
  });

  test('asks as before what failed once, also in a transaction that ended by it', async () => {
    const insert = (db: Database) => db.insert(spentLogins).values({ loginId: 'twice', expiresAt: new Date(0) });
    await insert(open.db);
    for (let times = 0; times < 3; times++) await expect(open.db.transaction(insert)).rejects.toThrow();
    await open.db.delete(spentLogins).where(eq(spentLogins.loginId, 'twice'));
    await open.db.transaction(insert);
    expect(await find('twice')).toHaveLength(1);
  });

  test('on which nothing can begin is lost to nobody', async () => {
    const { prototype } = pg.Client;
    const query = Object.getOwnPropertyDescriptor(prototype, 'query') ?? {};
    const broken = () => Promise.reject(new Error('Connection terminated unexpectedly'));
    Object.defineProperty(prototype, 'query', { ...query, value: broken });
    try {
      for (let times = 0; times <= mostConnections; times++)
        await expect(open.db.transaction(() => Promise.resolve())).rejects.toThrow();
    } finally {
      Object.defineProperty(prototype, 'query', query);
    }
    expect(await find('nobody')).toEqual([]);
  });
});
