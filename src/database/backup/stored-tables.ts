// What there is to be kept, by the database's own catalogue: a new table or column needs no mention anywhere.
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf, type Transaction } from '../database.ts';

export interface StoredTable {
  name: string;
  /** In the order of the table, each with its type as PostgreSQL writes it. Computed columns are left out. */
  columns: { name: string; type: string }[];
}

/** A foreign key. */
export interface StoredReference {
  name: string;
  from: string;
  to: string;
}

const columnRow = z.object({ table: z.string(), column: z.string(), type: z.string() });
const referenceRow = z.object({ name: z.string(), from: z.string(), to: z.string() });

/** Every table of ours, those first to which others refer; and the references for which no order helps, as of a table to itself. */
export async function storedTables(tx: Transaction): Promise<{ tables: StoredTable[]; unordered: StoredReference[] }> {
  const columns = await rowsOf(
    tx,
    columnRow,
    sql`select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by c.relname, a.attnum`,
  );
  const references = await rowsOf(
    tx,
    referenceRow,
    sql`select k.conname as name, c.relname as "from", d.relname as "to"
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class d on d.oid = k.confrelid
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace
      order by k.conname`,
  );
  const tables = new Map<string, StoredTable>();
  for (const { table: name, column, type } of columns) {
    const table = tables.get(name) ?? { name, columns: [] };
    table.columns.push({ name: column, type });
    tables.set(name, table);
  }
  const order = inOrder([...tables.keys()], references);
  return {
    tables: order.flatMap((name) => tables.get(name) ?? []),
    unordered: references.filter(({ from, to }) => order.indexOf(to) >= order.indexOf(from)),
  };
}

/** Each name after all that it refers to; where names refer to each other in a ring, the ring begins anywhere. */
function inOrder(names: string[], references: StoredReference[]): string[] {
  const ordered = new Set<string>();
  for (let rest = names; rest.length > 0; rest = rest.filter((name) => !ordered.has(name))) {
    const isFree = (name: string) =>
      references.every(({ from, to }) => from !== name || to === name || ordered.has(to));
    const free = rest.filter(isFree);
    for (const name of free.length > 0 ? free : rest.slice(0, 1)) ordered.add(name);
  }
  return [...ordered];
}
