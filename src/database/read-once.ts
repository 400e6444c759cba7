// Rows that never change once they are there, kept in memory so that each is read once.
import { rootOf, type Database } from './database.ts';

/** What is kept of one database. */
interface Kept<Value> {
  /** In the order in which they were asked for, the one that nobody asked for the longest in front. */
  values: Map<number, Value>;
  size: number;
}

/**
 * @param most so much is kept of each database, whichever transaction reads it; beyond that, what nobody asked for the longest goes
 * @param find reads what a key stands for; null: there is none, and it is looked for again the next time
 * @param sizeOf how much of `most` a value takes
 */
export function readOnce<Value>(
  most: number,
  find: (db: Database, id: number) => Promise<Value | null>,
  sizeOf: (value: Value) => number = () => 1,
): (db: Database, id: number) => Promise<Value | null> {
  const keptOf = new WeakMap<Database, Kept<Value>>();
  return async (db, id) => {
    const root = rootOf(db);
    const kept: Kept<Value> = keptOf.get(root) ?? { values: new Map(), size: 0 };
    keptOf.set(root, kept);
    const value = kept.values.get(id) ?? (await find(db, id));
    if (value === null) return null;
    if (!kept.values.delete(id)) kept.size += sizeOf(value);
    kept.values.set(id, value);
    for (const [oldest, its] of kept.values) {
      if (kept.size <= most || oldest === id) break;
      kept.values.delete(oldest);
      kept.size -= sizeOf(its);
    }
    return value;
  };
}
