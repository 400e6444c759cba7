// All that is kept of one person, as one document with a part for each table, and the files that they handed in.
import { and, getTableColumns, getTableName, eq, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import Fraction from 'fraction.js';
import type { Database } from '../database/database.ts';
import { people } from '../database/tables/courses.ts';
import { answerFiles } from '../database/tables/marking.ts';
import { attempts } from '../database/tables/attempts.ts';
import { writeZip, type ArchiveFile } from '../questions/formats/archive/write-zip.ts';
import { personalTables, whoColumns, workTables, type PersonalTable, type Whose } from './personal-tables.ts';

type Row = Record<string, unknown>;

/** By table, and in `work` how often somebody did what for others. */
export type PersonDocument = Record<string, unknown> & { work: { did: string; times: number }[] };

/**
 * Everything that is kept of a person. Others appear in it as "another person": who marked or decided, and nobody's work but their own.
 *
 * @returns null if there is no such person
 */
export async function gatherPerson(db: Database, personId: number): Promise<PersonDocument | null> {
  const [person] = await db.select().from(people).where(eq(people.id, personId));
  if (!person) return null;
  const whose = { personId, deploymentId: person.deploymentId, subject: person.subject };
  const document: Row = {};
  for (const one of personalTables) document[getTableName(one.table)] = await rowsOf(db, one, whose);
  return { ...document, work: await workOf(db, personId) };
}

/** The document and the files that they handed in, as a ZIP archive; null if there is no such person. */
export async function archivePerson(db: Database, personId: number): Promise<Uint8Array | null> {
  const document = await gatherPerson(db, personId);
  if (!document) return null;
  const json = Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
  return writeZip([{ name: 'person.json', bytes: json }, ...(await filesOf(db, personId))]);
}

async function rowsOf(
  db: Database,
  { table, rowsOf: where, withheld = [], besides = {} }: PersonalTable,
  whose: Whose,
) {
  const columns: Record<string, PgColumn | SQL.Aliased> = Object.fromEntries(
    Object.entries(getTableColumns(table)).filter(([key]) => !withheld.includes(key)),
  );
  const more = Object.fromEntries(Object.entries(besides).map(([key, value]) => [key, value.as(key)]));
  const rows: Row[] = await db
    .select({ ...columns, ...more })
    .from(table)
    .where(where(whose));
  const who = new Set(whoColumns(table));
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => {
        if (who.has(key)) return [key, calledFor(value, whose.personId)];
        // Whose mentor somebody is, is said of another person.
        if (key === 'subject') return [key, value === whose.subject ? value : 'another person'];
        return [key, value instanceof Fraction ? value.toFraction() : value];
      }),
    ),
  );
}

/** Nobody else is named, not even by a number of ours. */
function calledFor(value: unknown, personId: number): string | null {
  if (value === null) return null;
  return value === personId ? 'this person' : 'another person';
}

/** How often somebody marked, published, decided: that they did is theirs, what it was about is not. */
async function workOf(db: Database, personId: number): Promise<PersonDocument['work']> {
  const done = [];
  const own = new Set(['personId', 'mentorId']);
  for (const table of [...workTables, ...personalTables.map((one) => one.table)]) {
    for (const key of whoColumns(table).filter((one) => !own.has(one))) {
      const times = await countBy(db, table, key, personId);
      if (times > 0) done.push({ did: `${getTableName(table)}.${key}`, times });
    }
  }
  return done;
}

async function countBy(db: Database, table: PgTable, key: string, personId: number): Promise<number> {
  const column = getTableColumns(table)[key];
  return column ? db.$count(table, eq(column, personId)) : 0;
}

/** Each under the number of its attempt and of the question there, so that two of one name are two. */
async function filesOf(db: Database, personId: number): Promise<ArchiveFile[]> {
  const { attemptId, position, name, sha256, bytes } = answerFiles;
  const rows = await db
    .select({ attemptId, position, name, sha256, base64: sql<string>`encode(${bytes}, 'base64')` })
    .from(answerFiles)
    .innerJoin(attempts, and(eq(attempts.id, attemptId), eq(attempts.personId, personId)))
    .orderBy(attemptId, position, sha256);
  return rows.map((row) => ({
    name: `files/${row.attemptId}/${row.position}/${row.sha256.slice(0, 8)}-${plainName(row.name)}`,
    bytes: Buffer.from(row.base64, 'base64'),
  }));
}

/** A name that leads out of no folder. */
function plainName(name: string): string {
  return name.replace(/[/\\:\p{Cc}]/gu, '_').slice(-80);
}
