// Which rows of the database belong to an LMS, found by following the foreign keys: a new table needs no mention here.
import { getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../src/database/database.ts';
import { registrations } from '../../src/database/tables/platforms.ts';
import { rowText, tables } from './tables.ts';

type Row = Record<string, unknown>;

interface Reference {
  to: string;
  /** Pairs of the row's own column and the one it points to. */
  columns: [own: string, theirs: string][];
}

/** Every row that hangs on a registration, however far down, by table: as `allRows` gives them. */
export async function rowsOfRegistration(db: Database, registrationId: number): Promise<Record<string, string[]>> {
  const rows = new Map<string, Row[]>();
  for (const table of tables) rows.set(getTableName(table), await db.select().from(table));
  const root: string = getTableName(registrations);
  const owned = new Map([[root, new Set((rows.get(root) ?? []).filter(({ id }) => id === registrationId))]]);
  const isOwned = (row: Row, { to, columns }: Reference) =>
    [...(owned.get(to) ?? [])].some((other) => columns.every(([own, theirs]) => row[own] === other[theirs]));
  for (let found = 1; found > 0;) {
    found = 0;
    for (const table of tables) {
      const name: string = getTableName(table);
      const have = owned.get(name) ?? new Set();
      const more = (rows.get(name) ?? []).filter(
        (row) => !have.has(row) && referencesOf(table).some((reference) => isOwned(row, reference)),
      );
      owned.set(name, new Set([...have, ...more]));
      found += more.length;
    }
  }
  return Object.fromEntries([...owned].map(([name, have]) => [name, [...have].map(rowText).sort()]));
}

/** The tables that no foreign key leads from to a registration: what is in them belongs to the installation. */
export function tablesOfNobody(): string[] {
  const reached = new Set<string>([getTableName(registrations)]);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const table of tables) {
      if (referencesOf(table).some(({ to }) => reached.has(to))) reached.add(getTableName(table));
    }
  }
  return tables.map((table): string => getTableName(table)).filter((name) => !reached.has(name));
}

function referencesOf(table: PgTable): Reference[] {
  return getTableConfig(table).foreignKeys.map((key) => {
    const { columns, foreignColumns, foreignTable } = key.reference();
    return {
      to: getTableName(foreignTable),
      columns: columns.map((column, index) => [column.name, foreignColumns[index]?.name ?? '']),
    };
  });
}
