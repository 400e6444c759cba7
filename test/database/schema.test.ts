// The migrated database is the one that the tables in TypeScript speak of, and it holds what must never change.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asc, getTableName, sql } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { toSnakeCase } from 'drizzle-orm/casing';
import { bigint, boolean, getTableConfig, pgSchema, text } from 'drizzle-orm/pg-core';
import { gradeDeliveries } from '../../src/database/tables/grades.ts';
import { answerChecks, attempts, questionRedos } from '../../src/database/tables/attempts.ts';
import { quizVersions } from '../../src/database/tables/quizzes.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';
import { tables } from '../support/tables.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
  await takeQuiz(await openQuiz(mustaqil), { capital: 'Osh' });
  await mustaqil.deliver();
  const [attempt] = await mustaqil.db.select().from(attempts);
  const at = { attemptId: attempt?.id ?? 0, position: 0 };
  const checkedAt = new Date(0);
  await mustaqil.db.insert(answerChecks).values({
    ...{ ...at, number: 1, response: {}, fraction: new Fraction(1), checkedAt },
  });
  await mustaqil.db.insert(questionRedos).values({ ...at, afterCheck: 1, redoneAt: checkedAt });
});
afterAll(() => mustaqil.stop());

// PostgreSQL's own list of columns; information_schema would not tell the precision of every type.
const attribute = pgSchema('pg_catalog').table('pg_attribute', {
  attrelid: bigint({ mode: 'number' }).notNull(),
  attname: text().notNull(),
  attnum: bigint({ mode: 'number' }).notNull(),
  attnotnull: boolean().notNull(),
  attisdropped: boolean().notNull(),
});

async function columnsInDatabase(table: string) {
  const columns = await mustaqil.db
    .select({
      name: attribute.attname,
      type: sql<string>`format_type(atttypid, atttypmod)`,
      notNull: attribute.attnotnull,
    })
    .from(attribute)
    .where(sql`attrelid = ${table}::regclass and attnum > 0 and not attisdropped`)
    .orderBy(asc(attribute.attname));
  return columns.map((column) => ({ ...column, type: column.type.replaceAll(' ', '') }));
}

function columnsInCode(table: (typeof tables)[number]) {
  const { columns, primaryKeys } = getTableConfig(table);
  const keys = primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
  return columns
    .map((column) => ({
      name: toSnakeCase(column.name),
      type: column.getSQLType().replaceAll(' ', ''),
      notNull: column.notNull || keys.includes(column.name),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

test.each(tables.map((table) => [getTableName(table), table] as const))(
  'the columns of %s have the names, types and nulls that the code expects, and there are no others',
  async (name, table) => {
    expect(await columnsInDatabase(name)).toEqual(columnsInCode(table));
  },
);

describe('what was said is never said otherwise', () => {
  test.each([
    ['a published version', quizVersions],
    ['a delivery', gradeDeliveries],
    ['a check of an answer', answerChecks],
    ['that a question was asked anew', questionRedos],
  ])('%s cannot be changed', async (_, table) => {
    const { db } = mustaqil;
    const before = await db.select().from(table);
    expect(before.length).toBeGreaterThan(0);
    for (const column of columnsInCode(table).map(({ name }) => sql.identifier(name))) {
      await expect(db.execute(sql`update ${table} set ${column} = ${column}`)).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/Rows of \w+ are never changed|can only be updated to DEFAULT/) },
      });
    }
    expect(await db.select().from(table)).toEqual(before);
  });
});
