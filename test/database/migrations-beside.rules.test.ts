// While an installation is brought up to date, processes of the version before work on beside the new ones: what those read and write
// stays, and goes with a later version at the earliest.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { migrationsFolder } from '../../src/database/database.ts';

/** Migrations from before anybody's installation was brought up to date while it was in use. */
const firstHeld = 11;

/** What an older process would stumble over: something it names is gone, or something it does not know is demanded of it. */
const breaking: readonly [what: string, pattern: RegExp][] = [
  ['a table goes', /\bdrop table\b/i],
  ['a column goes', /\bdrop column\b/i],
  ['something has another name', /\brename\b/i],
  ['a column holds something else', /\balter column\b.*\bset data type\b/i],
  ['a column has to be filled that need not be', /\balter column\b.*\bset not null\b/i],
  ['a new column has to be filled', /\badd column (?!.*\bdefault\b).*\bnot null\b/i],
];

/** What the migration of a version may say where the version before has stopped using something: `-- Unused since 0012: …` */
const unusedSince = /^-- Unused since (\d{4}): /m;

const migrations = readdirSync(migrationsFolder)
  .filter((name) => /^\d{4}_.*\.sql$/.test(name) && Number(name.slice(0, 4)) >= firstHeld)
  .map((name) => ({ name, statements: statementsOf(readFileSync(join(migrationsFolder, name), 'utf8')) }));

function statementsOf(sql: string): string[] {
  return sql.split('--> statement-breakpoint').map((statement) => statement.trim());
}

function broken(statements: readonly string[]): string[] {
  return statements
    .filter((statement) => !unusedSince.test(statement))
    .flatMap((statement) => breaking.filter(([, pattern]) => pattern.test(statement)).map(([what]) => what));
}

test.each(migrations)('$name lets the version before work on', ({ statements }) => {
  expect(broken(statements)).toEqual([]);
});

test.each([
  ['DROP TABLE "sessions";', ['a table goes']],
  ['ALTER TABLE "people" DROP COLUMN "name";', ['a column goes']],
  ['ALTER TABLE "people" RENAME COLUMN "name" TO "called";', ['something has another name']],
  ['ALTER TABLE "people" ALTER COLUMN "name" SET DATA TYPE integer;', ['a column holds something else']],
  ['ALTER TABLE "people" ALTER COLUMN "name" SET NOT NULL;', ['a column has to be filled that need not be']],
  ['ALTER TABLE "people" ADD COLUMN "age" integer NOT NULL;', ['a new column has to be filled']],
  ['ALTER TABLE "people" ADD COLUMN "age" integer DEFAULT 0 NOT NULL;', []],
  ['ALTER TABLE "people" ADD COLUMN "age" integer;', []],
  ['-- Unused since 0012: nobody reads names any more.\nALTER TABLE "people" DROP COLUMN "name";', []],
])('it is noticed in %s', (statement, found) => {
  expect(broken([statement])).toEqual(found);
});
